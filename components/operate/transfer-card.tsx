import { AsideLink } from '#components/operate/desk-link.tsx'
import { TransferBadge } from '#components/operate/status-badges.tsx'
import { Amount } from '#components/ui/amount.tsx'
import { CopyAddress } from '#components/ui/copy-address.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'

export const transferKinds = {
  stripe_payout: 'Stripe’s payout',
  treasury_delivery: 'Our delivery',
  nonce_fill: 'Fills a nonce',
} as const

type Attempt = { attempt: number; hash: string; explorerUrl: string; signedAt: string }

type TransferLineProps = {
  transfer: {
    id: string
    kind: keyof typeof transferKinds
    status: string
    network: string
    amount: string | null
    asset: string | null
    hash: string | null
    explorerUrl: string | null
    confirmations: number
    required: number
    attempts: Attempt[]
  }
}

/** A transfer on one line, and beneath it every attempt, if it was signed more than once. */
export function TransferLine({ transfer }: TransferLineProps) {
  return (
    <div className="px-5 py-3 text-sm">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-1">
        <TransferBadge status={transfer.status} />
        <span className="min-w-40 flex-1">
          <AsideLink href={`/operate/transfers/${transfer.id}`}>{transferKinds[transfer.kind]}</AsideLink> on{' '}
          {transfer.network}
        </span>
        {transfer.amount && transfer.asset && <Amount value={transfer.amount} code={transfer.asset} />}
        {transfer.hash && <CopyAddress value={transfer.hash} label="Transaction" href={transfer.explorerUrl} />}
        <span className="text-ink-3 tabular-nums">
          {transfer.confirmations} of {transfer.required} blocks
        </span>
      </div>
      {transfer.attempts.length > 1 && (
        <div className="mt-2 border-line border-l pl-4">
          <Attempts attempts={transfer.attempts} now={transfer.hash} />
        </div>
      )}
    </div>
  )
}

/** Every hash a transfer was signed under. At most one of them is ever mined. */
export function Attempts({ attempts, now }: { attempts: Attempt[]; now: string | null }) {
  return (
    <ol className="text-sm">
      {attempts.map(({ attempt, hash, explorerUrl, signedAt }) => (
        <li key={attempt} className="flex flex-wrap items-center gap-x-4 text-ink-2">
          <span className="w-20 tabular-nums">Attempt {attempt}</span>
          <CopyAddress value={hash} label={`Attempt ${attempt}`} href={explorerUrl} />
          <RelativeTime at={signedAt} className="text-ink-3" />
          {hash === now && <span className="text-xs text-ink-3">followed now</span>}
        </li>
      ))}
    </ol>
  )
}
