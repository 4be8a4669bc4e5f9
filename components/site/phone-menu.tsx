'use client'

import { Menu } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { buttonStyle } from '#components/ui/button-style.ts'

const places = [
  { href: '/buy', name: 'Buy' },
  { href: '/rates', name: 'Rates' },
  { href: '/agents', name: 'Agents' },
  { href: '/activity', name: 'Activity' },
  { href: '/docs/api', name: 'API' },
] as const

/** The header's links where there is no room for them: opened and closed by the browser, and closed by going somewhere. */
export function PhoneMenu() {
  const path = usePathname()
  const list = useRef<HTMLElement>(null)
  useEffect(() => {
    if (path) list.current?.hidePopover()
  }, [path])
  return (
    <div className="ml-1 sm:hidden">
      <button type="button" popoverTarget="phone-menu" aria-label="Menu" className={buttonStyle('quiet', 'sm')}>
        <Menu aria-hidden="true" className="size-4" />
      </button>
      <nav
        ref={list}
        id="phone-menu"
        popover="auto"
        aria-label="Menu"
        className="fixed top-16 right-4 left-auto m-0 w-48 rounded-md border border-line bg-raised p-1.5 shadow-card"
      >
        {places.map(({ href, name }) => (
          <Link
            key={href}
            href={href as Route}
            prefetch={false}
            aria-current={path === href ? 'page' : undefined}
            onClick={() => list.current?.hidePopover()}
            className="block rounded-sm px-3 py-2.5 text-base text-ink-2 hover:bg-sunk hover:text-ink aria-[current=page]:font-medium aria-[current=page]:text-ink"
          >
            {name}
          </Link>
        ))}
      </nav>
    </div>
  )
}
