import { History } from 'lucide-react'
import type { Metadata, Route } from 'next'
import { orFromTheBeginning, readParams, type SearchParams } from '#app/(operator)/operate/params.ts'
import { requireOperator } from '#app/(operator)/operate/require-operator.ts'
import { Pager } from '#components/activity/pager.tsx'
import { ClearedAlerts } from '#components/operate/alert-rows.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { listClearedAlerts } from '#lib/operate/health.ts'

export const metadata: Metadata = { title: 'Cleared alerts' }

const path = '/operate/health/alerts'

export default async function ClearedAlertsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireOperator()
  const { cursor } = await readParams(searchParams, ['cursor'])
  const { items, nextCursor } = await orFromTheBeginning(path, () =>
    listClearedAlerts({ actor, ...(cursor ? { cursor } : {}) }),
  )
  return (
    <main id="main">
      <div className="mb-3 flex items-center justify-between gap-3">
        <h1 className="text-base">Cleared alerts</h1>
        <LinkButton href={'/operate/health' as Route} variant="quiet" size="sm">
          What is open
        </LinkButton>
      </div>
      {items.length === 0 ? (
        <Card>
          <EmptyState icon={History} title="None yet">
            An alert that was open once is kept here when it clears.
          </EmptyState>
        </Card>
      ) : (
        <ClearedAlerts alerts={items} />
      )}
      <Pager path={path} query={{}} first={!cursor} nextCursor={nextCursor} />
    </main>
  )
}
