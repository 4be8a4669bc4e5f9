'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { LinkBadge } from '#components/links/link-badge.tsx'
import { networkName } from '#components/onramp/network-name.ts'
import { Amount } from '#components/ui/amount.tsx'
import { Card } from '#components/ui/card.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import type { OwnLink } from '#lib/links/schema.ts'

/** A person's links, each with where it stands, and its address to copy. */
export function LinkList({ links }: { links: OwnLink[] }) {
  return (
    <Card>
      <ul className="divide-y divide-line">
        {links.map((link) => (
          <li key={link.id} className="relative flex items-center gap-3 px-4 py-3.5 hover:bg-sunk/60 sm:px-5">
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-baseline gap-x-2.5">
                <Link
                  href={`/links/${link.id}` as Route}
                  prefetch={false}
                  className="font-medium after:absolute after:inset-0 after:content-['']"
                >
                  {link.amount === null ? (
                    `Any amount of ${link.asset}`
                  ) : (
                    <Amount value={link.amount} code={link.asset} />
                  )}
                </Link>
                {link.note && <span className="min-w-0 truncate text-ink-2">{link.note}</span>}
              </p>
              <p className="mt-0.5 flex flex-wrap gap-x-2 text-sm text-ink-3">
                <span>{networkName(link.network)}</span>
                <span aria-hidden="true" className="max-sm:hidden">
                  ·
                </span>
                <RelativeTime at={link.createdAt} />
                {Number(link.received) > 0 && link.status !== 'paid' && (
                  <>
                    <span aria-hidden="true" className="max-sm:hidden">
                      ·
                    </span>
                    <span>
                      <Amount value={link.received} code={link.asset} /> arrived
                    </span>
                  </>
                )}
              </p>
            </div>
            <LinkBadge link={link} />
            <CopyButton text={link.url} label="Copy the link" className="relative size-9" />
          </li>
        ))}
      </ul>
    </Card>
  )
}
