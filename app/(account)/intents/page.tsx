import { ReceiptText, SearchX } from 'lucide-react'
import type { Metadata, Route } from 'next'
import { fromTheStart } from '#app/(account)/from-the-start.ts'
import { csvPath, filterOf, paramsOf, readQuery } from '#app/(account)/intents/query.ts'
import { requirePerson } from '#app/(account)/require-person.ts'
import { AccountPage } from '#components/account/account-page.tsx'
import { LiveRefresh } from '#components/activity/live-refresh.tsx'
import { Pager } from '#components/activity/pager.tsx'
import { IntentFilters } from '#components/intents/intent-filters.tsx'
import { IntentList } from '#components/intents/intent-list.tsx'
import { isMoving } from '#components/intents/intent-words.ts'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { listAgents } from '#lib/agents/list.ts'
import { listIntents } from '#lib/intents/list.ts'

export const metadata: Metadata = { title: 'Payments', referrer: 'same-origin', robots: { index: false } }

type IntentsPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function IntentsPage({ searchParams }: IntentsPageProps) {
  const params = await searchParams
  const actor = await requirePerson('/intents')
  const query = readQuery(params)
  const after = typeof params.cursor === 'string' ? params.cursor : undefined
  const [{ intents, nextCursor }, { agents }] = await Promise.all([
    fromTheStart('/intents', listIntents(actor, { ...filterOf(query), ...(after ? { cursor: after } : {}) })),
    listAgents(actor, { limit: 100 }),
  ])
  const first = after === undefined
  const narrowed = Object.values(query).some(Boolean)
  return (
    <AccountPage title="Payments" lead="What you and your agents proposed to pay, and what became of it.">
      <LiveRefresh seconds={intents.some(isMoving) ? 3 : 15} />
      {(intents.length > 0 || narrowed || !first) && (
        <IntentFilters key={JSON.stringify(query)} query={query} agents={agents} csv={csvPath(query)} />
      )}
      {intents.length > 0 && <IntentList intents={intents} />}
      {intents.length === 0 && !narrowed && first && (
        <Card>
          <EmptyState
            icon={ReceiptText}
            title="No payments yet"
            action={<LinkButton href={'/agents' as Route}>Go to your agents</LinkButton>}
          >
            Ask one of your agents to pay somebody. Each payment shows up here, also when it was refused.
          </EmptyState>
        </Card>
      )}
      {intents.length === 0 && (narrowed || !first) && (
        <Card>
          <EmptyState
            icon={SearchX}
            title={narrowed ? 'None like that' : 'Nothing older'}
            action={
              <LinkButton href={'/intents' as Route} variant="secondary" size="sm">
                Show all
              </LinkButton>
            }
          >
            {narrowed ? 'No payment is what you are looking for.' : 'You have reached the end of the list.'}
          </EmptyState>
        </Card>
      )}
      <Pager path="/intents" query={paramsOf(query)} first={first} nextCursor={nextCursor} />
    </AccountPage>
  )
}
