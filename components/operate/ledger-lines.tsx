import { DeskLink } from '#components/operate/desk-link.tsx'
import { DeskCell, DeskRow, DeskTable } from '#components/operate/desk-table.tsx'
import { LedgerBadge } from '#components/operate/status-badges.tsx'
import { Amount } from '#components/ui/amount.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'

type Line = {
  id: string
  kind: string
  status: string
  subject: string | null
  createdAt: string
  entries: { account: string; network: string; asset: string; amount: string }[]
}

/** Whose balance a ledger account keeps. */
export const accountWords: Record<string, string> = {
  treasury: 'Treasury',
  exchange: 'Sold against',
  outside: 'Top-ups and withdrawals',
  wallet: 'Agents’ wallets',
  wallet_outside: 'Whom agents pay',
}

const kindWords: Record<string, string> = {
  onramp_funding: 'Stripe’s payout to the treasury',
  onramp_delivery: 'Delivery to the buyer',
  treasury_adjustment: 'Balance read on chain',
  wallet_adjustment: 'Wallet read on chain',
  intent_payment: 'Payment by an agent',
  intent_refund: 'Payment that came back',
}

/** Movements of the ledger: out of one account, into another, the same amount. */
export function LedgerLines({ lines }: { lines: Line[] }) {
  return (
    <DeskTable
      label="Movements"
      columns={['Movement', 'Status', 'When', 'For', 'Out of', 'Into', { name: 'Amount', right: true }]}
    >
      {lines.map((line) => {
        const from = line.entries.find(({ amount }) => amount.startsWith('-'))
        const to = line.entries.find(({ amount }) => !amount.startsWith('-'))
        return (
          <DeskRow key={line.id}>
            <DeskCell>{kindWords[line.kind] ?? line.kind}</DeskCell>
            <DeskCell>
              <LedgerBadge status={line.status} />
            </DeskCell>
            <DeskCell>
              <RelativeTime at={line.createdAt} />
            </DeskCell>
            <DeskCell>
              {line.subject ? (
                <DeskLink href={`/operate/${line.kind.startsWith('intent') ? 'payments' : 'sessions'}/${line.subject}`}>
                  <span className="font-mono">{line.subject.slice(0, 8)}</span>
                </DeskLink>
              ) : (
                '—'
              )}
            </DeskCell>
            <DeskCell>{from && (accountWords[from.account] ?? from.account)}</DeskCell>
            <DeskCell>{to && (accountWords[to.account] ?? to.account)}</DeskCell>
            <DeskCell right>{to && <Amount value={to.amount} code={to.asset} />}</DeskCell>
          </DeskRow>
        )
      })}
    </DeskTable>
  )
}
