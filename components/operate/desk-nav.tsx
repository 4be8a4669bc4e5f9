'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { usePathname } from 'next/navigation'

type DeskNavProps = { counts: { attention: number; failedWebhooks: number; openTransfers: number } }

/** The desk's sections, each with how much of it waits for somebody. */
export function DeskNav({ counts }: DeskNavProps) {
  const path = usePathname()
  const sections = [
    { href: '/operate', also: '/operate/sessions', name: 'Sessions', count: counts.attention, of: 'to look at' },
    { href: '/operate/webhooks', name: 'Webhooks', count: counts.failedWebhooks, of: 'failed' },
    { href: '/operate/transfers', name: 'Transfers', count: counts.openTransfers, of: 'on their way' },
    { href: '/operate/ledger', name: 'Ledger', count: 0, of: '' },
  ]
  return (
    <nav aria-label="Desk" className="-mx-4 flex overflow-x-auto px-4 sm:mx-0 sm:px-0">
      {sections.map(({ href, also, name, count, of }) => {
        const here = href === '/operate' ? path === href || path.startsWith(also ?? '') : path.startsWith(href)
        return (
          <Link
            key={href}
            href={href as Route}
            prefetch={false}
            aria-current={here ? 'page' : undefined}
            className="flex h-11 items-center gap-1.5 border-transparent border-b-2 px-3 text-sm text-ink-2 first:pl-0 hover:text-ink aria-[current=page]:border-tide aria-[current=page]:font-medium aria-[current=page]:text-ink"
          >
            {name}
            {count > 0 && (
              <span className="rounded-sm bg-lamp-soft px-1.5 text-xs font-medium text-lamp tabular-nums">
                {count} <span className="sr-only">{of}</span>
              </span>
            )}
          </Link>
        )
      })}
    </nav>
  )
}
