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
}

const kindWords: Record<string, string> = {
  onramp_funding: 'Stripe’s payout to the treasury',
  onramp_delivery: 'Delivery to the buyer',
  treasury_adjustment: 'Balance read on chain',
}

/** Movements of the ledger: out of one account, into another, the same amount. */
export function LedgerLines({ lines }: { lines: Line[] }) {
  return (
    <DeskTable
      label="Movements"
      columns={['Movement', 'Status', 'When', 'Session', 'Out of', 'Into', { name: 'Amount', right: true }]}
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
                <DeskLink href={`/operate/sessions/${line.subject}`}>
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
