'use client'

import { networkName } from '#components/onramp/network-name.ts'
import { Verification } from '#components/receipts/verification.tsx'
import { Mark } from '#components/site/mark.tsx'
import { Amount } from '#components/ui/amount.tsx'
import { Card } from '#components/ui/card.tsx'
import { formatExact } from '#components/ui/format-time.ts'
import { useLocale } from '#components/ui/use-locale.ts'
import type { LinkReceipt as Receipt } from '#lib/links/receipt.ts'

/** One page of paper: what was asked for, what arrived, in which transactions, and that each was read on chain just now. */
export function LinkReceipt({ receipt: { link, payments } }: { receipt: Receipt }) {
  const locale = useLocale()
  return (
    <Card className="p-5 text-sm sm:p-8 print:border-0 print:shadow-none">
      <header className="flex flex-wrap items-start justify-between gap-4">
        <div>
          <h1 className="text-lg">Receipt</h1>
          <p className="mt-0.5 font-mono text-xs break-all text-ink-2">{link.id}</p>
        </div>
        <p className="flex items-center gap-2 font-semibold">
          <Mark className="size-5 text-tide" />
          Causeway
        </p>
      </header>
      <dl className="mt-6 grid gap-4 border-line border-y py-5 sm:grid-cols-2">
        <div>
          <dt className="text-ink-2">Arrived</dt>
          <dd>
            <Amount value={link.received} code={link.asset} className="text-xl font-semibold tracking-tight" />
          </dd>
        </div>
        <div>
          <dt className="text-ink-2">Asked for</dt>
          <dd className="text-xl font-semibold tracking-tight">
            {link.amount === null ? 'Any amount' : <Amount value={link.amount} code={link.asset} />}
          </dd>
        </div>
        {link.note && (
          <div className="sm:col-span-2">
            <dt className="text-ink-2">For</dt>
            <dd className="break-words">{link.note}</dd>
          </div>
        )}
        <div className="sm:col-span-2">
          <dt className="text-ink-2">
            To{link.payee && ` @${link.payee}`}, on {networkName(link.network)}
          </dt>
          <dd className="mt-0.5 font-mono text-xs break-all sm:text-sm">{link.address}</dd>
        </div>
      </dl>
      <ul className="mt-5 space-y-6">
        {payments.map((payment) => (
          <li key={payment.id} className="space-y-2">
            <p className="flex flex-wrap justify-between gap-x-4">
              <Amount value={payment.amount} code={payment.asset} className="font-medium" />
              <time dateTime={payment.at} className="text-ink-2">
                {formatExact(new Date(payment.at), locale)}
              </time>
            </p>
            <dl className="space-y-2">
              <Long label="From">{payment.from}</Long>
              <Long label="Transaction" href={payment.explorerUrl}>
                {payment.hash}
              </Long>
            </dl>
            <Verification verification={payment.verification} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Long({ label, href, children }: { label: string; href?: string | null; children: string }) {
  return (
    <div>
      <dt className="text-ink-2">{label}</dt>
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
