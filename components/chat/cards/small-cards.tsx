'use client'

import { ChevronRight } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { ChatCard } from '#components/chat/cards/chat-card.tsx'
import { GuardResults } from '#components/intents/guard-results.tsx'
import { IntentBadge } from '#components/intents/intent-badge.tsx'
import { payeeName } from '#components/intents/payee.tsx'
import { Amount } from '#components/ui/amount.tsx'
import { CopyAddress } from '#components/ui/copy-address.tsx'
import { FullAddress } from '#components/ui/full-address.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { showAmount } from '#components/ui/show-amount.ts'
import { useLocale } from '#components/ui/use-locale.ts'
import { BalanceFigures } from '#components/wallets/balance-figures.tsx'
import type { ChatData } from '#lib/chat/schema.ts'

/** A payment that could not even be proposed, and why. */
export function RefusalCard({ data }: { data: ChatData['refusal'] }) {
  const locale = useLocale()
  return (
    <Notice
      tone="failed"
      title={`Not paid: ${showAmount(data.amount, data.asset, locale)} to ${data.recipient}`}
      className="w-full break-words"
    >
      {data.detail} Nothing moved, and nothing is held.
    </Notice>
  )
}

/** What would become of a payment. */
export function SimulationCard({ data }: { data: ChatData['simulation'] }) {
  const locale = useLocale()
  const title = `${showAmount(data.amount, data.asset, locale)} to ${payeeName(data)}`
  return (
    <ChatCard
      label={`Trial of ${title}`}
      title={<span className="break-words">Only a trial: {title}</span>}
      end={<IntentBadge status={data.status} />}
    >
      <div className="mb-4">
        <FullAddress value={data.recipientAddress} />
      </div>
      <GuardResults results={data.guardResults} />
    </ChatCard>
  )
}

export function WalletCard({ data }: { data: ChatData['wallet'] }) {
  return (
    <ChatCard label="Balance" title="It can spend">
      <BalanceFigures balances={data.balances} large />
      {data.address && (
        <p className="mt-3 flex items-center gap-2 text-sm text-ink-3">
          Its address <CopyAddress value={data.address} label="Wallet address" />
        </p>
      )}
    </ChatCard>
  )
}

export function PaymentsCard({ data }: { data: ChatData['payments'] }) {
  return (
    <ChatCard label="Payments" title="Payments">
      <ul className="-mx-2 divide-y divide-line">
        {data.intents.map((intent) => (
          <li key={intent.id}>
            <Link
              href={`/intents/${intent.id}` as Route}
              prefetch={false}
              className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-sm px-2 py-2.5 text-sm hover:bg-sunk"
            >
              <span className="min-w-0 flex-1 basis-40">
                <span className="block truncate font-medium">{payeeName(intent)}</span>
                <RelativeTime at={intent.createdAt} className="text-ink-3" />
              </span>
              <Amount value={intent.amount} code={intent.asset} />
              <IntentBadge status={intent.status} />
              <ChevronRight aria-hidden="true" className="size-4 text-ink-3 max-sm:hidden" />
            </Link>
          </li>
        ))}
      </ul>
      {data.more && <p className="mt-2 text-sm text-ink-3">There are more under Payments.</p>}
    </ChatCard>
  )
}

export function ContactsCard({ data }: { data: ChatData['contacts'] }) {
  return (
    <ChatCard label="Contacts" title="You can pay by name">
      <ul className="space-y-2 text-sm">
        {data.contacts.map(({ id, name, address }) => (
          <li key={id}>
            <span className="block font-medium break-words">{name}</span>
            <FullAddress value={address} />
          </li>
        ))}
      </ul>
    </ChatCard>
  )
}
