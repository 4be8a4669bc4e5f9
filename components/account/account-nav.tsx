'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'

const sections = [
  { href: '/dashboard', name: 'Dashboard' },
  { href: '/agents', name: 'Agents' },
  { href: '/intents', name: 'Payments' },
  { href: '/wallets', name: 'Wallets' },
  { href: '/contacts', name: 'Contacts' },
  { href: '/links', name: 'Links' },
  { href: '/alerts', name: 'Alerts' },
  { href: '/activity', name: 'Activity' },
  { href: '/settings', name: 'Settings' },
] as const

/** The sections of a person's account, beneath the header of each of its pages. */
export function AccountNav() {
  const path = usePathname()
  const bar = useRef<HTMLElement>(null)
  // On a phone the bar scrolls sideways: where one is, is in sight.
  useEffect(() => {
    if (path) bar.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [path])
  return (
    <div data-screen-only className="border-line border-b">
      <nav
        ref={bar}
        aria-label="Account"
        className="mx-auto flex w-full max-w-280 overflow-x-auto px-4 [scrollbar-width:none] sm:px-6"
      >
        {sections.map(({ href, name }) => {
          const within = path.startsWith(`${href}/`)
          return (
            <Link
              key={href}
              href={href as Route}
              prefetch={false}
              aria-current={path === href ? 'page' : within ? 'true' : undefined}
              className="flex h-11 shrink-0 items-center border-transparent border-b-2 px-3 text-sm text-ink-2 transition-colors -outline-offset-2 first:-ml-3 hover:text-ink aria-[current]:border-tide aria-[current]:font-medium aria-[current]:text-ink"
            >
              {name}
            </Link>
          )
        })}
      </nav>
    </div>
  )
}
