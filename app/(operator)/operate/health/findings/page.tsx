import { History } from 'lucide-react'
import type { Metadata, Route } from 'next'
import { orFromTheBeginning, readParams, type SearchParams } from '#app/(operator)/operate/params.ts'
import { requireOperator } from '#app/(operator)/operate/require-operator.ts'
import { Pager } from '#components/activity/pager.tsx'
import { FindingRows } from '#components/operate/finding-rows.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { listClearedFindings } from '#lib/operate/health.ts'

export const metadata: Metadata = { title: 'Cleared findings' }

const path = '/operate/health/findings'

export default async function ClearedFindingsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireOperator()
  const { cursor } = await readParams(searchParams, ['cursor'])
  const { items, nextCursor } = await orFromTheBeginning(path, () =>
    listClearedFindings({ actor, ...(cursor ? { cursor } : {}) }),
  )
  return (
    <main id="main">
      <div className="mb-3 flex items-center justify-between gap-3">
        <h1 className="text-base">Cleared findings</h1>
        <LinkButton href={'/operate/health' as Route} variant="quiet" size="sm">
          What is open
        </LinkButton>
      </div>
      {items.length === 0 ? (
        <Card>
          <EmptyState icon={History} title="None yet">
            What once did not add up is kept here when it is gone.
          </EmptyState>
        </Card>
      ) : (
        <FindingRows label="Cleared findings" findings={items} />
      )}
      <Pager path={path} query={{}} first={!cursor} nextCursor={nextCursor} />
    </main>
  )
}
