'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { cx } from '#components/ui/cx.ts'

type Counts = {
  attention: number
  webhooks: number
  openTransfers: number
  unknownPayments: number
  failedJobs: number
  openAlerts: number
  openFindings: number
  unwell: number
  stalePairs: number
}

/** The desk's sections, each with how much of it waits for somebody; what only moves is counted without colour. */
export function DeskNav({ counts }: { counts: Counts }) {
  const path = usePathname()
  const bar = useRef<HTMLElement>(null)
  // On a phone the bar scrolls sideways: where one is, is in sight.
  useEffect(() => {
    if (path) bar.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [path])
  const toSee = Math.max(counts.openAlerts + counts.openFindings, counts.unwell)
  const sections = [
    { href: '/operate', also: '/operate/sessions', name: 'Sessions', count: counts.attention, of: 'to look at' },
    { href: '/operate/webhooks', name: 'Webhooks', count: counts.webhooks, of: 'failed' },
    { href: '/operate/transfers', name: 'Transfers', count: counts.openTransfers, of: 'on their way', calm: true },
    {
      href: '/operate/payments',
      also: '/operate/wallets',
      name: 'Payments',
      count: counts.unknownPayments,
      of: 'to look at',
    },
    { href: '/operate/jobs', name: 'Jobs', count: counts.failedJobs, of: 'failed for good' },
    { href: '/operate/treasury', name: 'Treasury' },
    { href: '/operate/rates', name: 'Rates', count: counts.stalePairs, of: 'without a fresh price' },
    { href: '/operate/health', name: 'Health', count: toSee, of: 'to look at' },
    { href: '/operate/ledger', name: 'Ledger' },
    { href: '/operate/audit', name: 'Audit' },
  ]
  return (
    <nav ref={bar} aria-label="Desk" className="relative -mx-4 flex min-w-0 overflow-x-auto px-4 sm:mx-0 sm:px-0">
      {sections.map(({ href, also, name, count = 0, of, calm }) => {
        const within = href === '/operate' ? path === href : path.startsWith(href)
        const here = within || (also !== undefined && path.startsWith(also))
        return (
          <Link
            key={href}
            href={href as Route}
            prefetch={false}
            aria-current={here ? 'page' : undefined}
            className="flex h-11 shrink-0 items-center gap-1.5 border-transparent border-b-2 px-2.5 text-sm text-ink-2 first:pl-0 hover:text-ink aria-[current=page]:border-tide aria-[current=page]:font-medium aria-[current=page]:text-ink"
          >
            {name}
            {count > 0 && (
              <span
                className={cx(
                  'rounded-sm px-1.5 text-xs font-medium tabular-nums',
                  calm ? 'bg-sunk text-ink-2' : 'bg-lamp-soft text-lamp',
                )}
              >
                {count} <span className="sr-only">{of}</span>
              </span>
            )}
          </Link>
        )
      })}
    </nav>
  )
}
