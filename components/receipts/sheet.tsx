'use client'

import type { ReactNode } from 'react'
import { Mark } from '#components/site/mark.tsx'
import { formatExact } from '#components/ui/format-time.ts'
import { useLocale } from '#components/ui/use-locale.ts'

/** The top of a receipt: its number, when it was issued, and by whom. */
export function SheetHeader({
  number,
  issuedAt,
  heading: Heading,
}: {
  number: string
  issuedAt: string
  heading: 'h1' | 'h3'
}) {
  const locale = useLocale()
  return (
    <header className="flex flex-wrap items-start justify-between gap-4">
      <div>
        <Heading className="text-lg">Receipt</Heading>
        <p className="mt-0.5 font-mono text-ink-2">{number}</p>
      </div>
      <div className="text-right">
        <p className="flex items-center justify-end gap-2 font-semibold">
          <Mark className="size-5 text-tide" />
          Causeway
        </p>
        <p className="mt-0.5 text-ink-2">
          <time dateTime={issuedAt}>{formatExact(new Date(issuedAt), locale)}</time>
        </p>
      </div>
    </header>
  )
}

/** A line of a receipt: what it is, and how much. */
export function SheetRow({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-4">
      <dt className="shrink-0 text-ink-2">{label}</dt>
      <dd className="min-w-0 text-right break-words tabular-nums">{children}</dd>
    </div>
  )
}

type SheetHashProps = { label: string; aside?: ReactNode; href?: string | null; children: string }

/** An address, a hash or a reference, whole, for print. */
export function SheetHash({ label, aside, href, children }: SheetHashProps) {
  return (
    <div>
      <dt className="flex justify-between gap-4 text-ink-2">
        <span>{label}</span>
        {aside && <span className="shrink-0 text-ink">{aside}</span>}
      </dt>
      <dd className="mt-0.5 font-mono text-xs break-all sm:text-sm">
        {href ? (
          <a
            href={href}
            target="_blank"
            rel="noopener noreferrer"
            className="rounded-sm underline decoration-edge underline-offset-4 hover:decoration-ink"
          >
            {children}
            <span className="sr-only"> on the explorer, opens in a new tab</span>
          </a>
        ) : (
          children
        )}
      </dd>
    </div>
  )
}
