import { BookOpen } from 'lucide-react'
import type { Metadata } from 'next'
import { orFromTheBeginning, readParams, type SearchParams } from '#app/(operator)/operate/params.ts'
import { requireOperator } from '#app/(operator)/operate/require-operator.ts'
import { Pager } from '#components/activity/pager.tsx'
import { DeskCell, DeskRow, DeskTable } from '#components/operate/desk-table.tsx'
import { accountWords, LedgerLines } from '#components/operate/ledger-lines.tsx'
import { Amount } from '#components/ui/amount.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { listLedgerAccounts, listLedgerLines } from '#lib/operate/ledger.ts'

export const metadata: Metadata = { title: 'Ledger' }

const path = '/operate/ledger'
const columns = [
  'Account',
  'Network',
  { name: 'Posted', right: true as const },
  { name: 'Held', right: true as const },
  { name: 'Available', right: true as const },
]

export default async function LedgerPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireOperator()
  const { cursor } = await readParams(searchParams, ['cursor'])
  const [accounts, { items, nextCursor }] = await Promise.all([
    listLedgerAccounts({ actor }),
    orFromTheBeginning(path, () => listLedgerLines({ actor, ...(cursor ? { cursor } : {}) })),
  ])
  if (accounts.length === 0) {
    return (
      <main id="main">
        <h1 className="sr-only">Ledger</h1>
        <Card>
          <EmptyState icon={BookOpen} title="Nothing booked yet">
            The first delivery from the treasury opens its accounts here.
          </EmptyState>
        </Card>
      </main>
    )
  }
  return (
    <main id="main" className="flex flex-col gap-6">
      <h1 className="sr-only">Ledger</h1>
      <section>
        <h2 className="mb-3 text-base">Balances</h2>
        <DeskTable label="Balances" columns={columns}>
          {accounts.map((account) => (
            <DeskRow key={account.id}>
              <DeskCell>{accountWords[account.kind] ?? account.kind}</DeskCell>
              <DeskCell>{account.network}</DeskCell>
              <DeskCell right>
                <Amount value={account.posted} code={account.asset} />
              </DeskCell>
              <DeskCell right>
                <Amount value={account.held} code={account.asset} />
              </DeskCell>
              <DeskCell right>
                <Amount value={account.available} code={account.asset} />
              </DeskCell>
            </DeskRow>
          ))}
        </DeskTable>
      </section>
      <section>
        <h2 className="mb-3 text-base">Movements</h2>
        <LedgerLines lines={items} />
        <Pager path={path} query={{}} first={!cursor} nextCursor={nextCursor} />
      </section>
    </main>
  )
}
