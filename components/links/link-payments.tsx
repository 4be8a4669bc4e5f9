'use client'

import type { ReactNode } from 'react'
import { paymentWords } from '#components/links/link-words.ts'
import { Amount } from '#components/ui/amount.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { CopyAddress } from '#components/ui/copy-address.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import type { Link, LinkPayment } from '#lib/links/schema.ts'

/** What came for a link, each with what it is for it. */
export function LinkPayments({ link }: { link: Link }) {
  return (
    <ul className="divide-y divide-line">
      {link.payments.map((payment) => {
        const { word, tone } = paymentWords(payment, link)
        return (
          <PaymentRow key={payment.id} payment={payment}>
            <Badge tone={tone}>{word}</Badge>
          </PaymentRow>
        )
      })}
    </ul>
  )
}

/** One payment: how much, when, from whom and in which transaction. */
export function PaymentRow({ payment, children }: { payment: LinkPayment; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 py-3">
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <Amount value={payment.amount} code={payment.asset} className="font-medium" />
          <RelativeTime at={payment.at} className="text-sm text-ink-3" />
        </p>
        <p className="flex flex-wrap items-center gap-x-3 text-sm text-ink-3">
          <span className="inline-flex items-center gap-1">
            from <CopyAddress value={payment.from} label="Sender" />
          </span>
          <span className="inline-flex items-center gap-1">
            in <CopyAddress value={payment.hash} label="Transaction" href={payment.explorerUrl} />
          </span>
        </p>
      </div>
      {children}
    </li>
  )
}
