import { Download, SearchX } from 'lucide-react'
import type { Route } from 'next'
import { redirect } from 'next/navigation'
import { LiveRefresh } from '#components/activity/live-refresh.tsx'
import { NothingYet } from '#components/activity/nothing-yet.tsx'
import { Pager } from '#components/activity/pager.tsx'
import { SessionList } from '#components/activity/session-list.tsx'
import { StatusFilter } from '#components/activity/status-filter.tsx'
import { isMoving } from '#components/activity/types.ts'
import { AdoptOnVisit } from '#components/auth/adopt-on-visit.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import type { PersonActor } from '#lib/auth/actor.ts'
import { Problem } from '#lib/http/problem.ts'
import { listOnrampSessions } from '#lib/onramp/list.ts'
import { type SessionStatus, sessionStatuses } from '#lib/onramp/schema.ts'

const path = '/activity'
/** The statuses worth a filter of their own; the others pass within moments. */
const filters: SessionStatus[] = [
  'awaiting_payment',
  'delivering',
  'delivered',
  'needs_attention',
  'expired',
  'rejected',
]

type AccountActivityProps = { actor: PersonActor; status: string | undefined; cursor: string | undefined }

async function readPage({ actor, status, cursor }: AccountActivityProps) {
  const known = sessionStatuses.find((each) => each === status)
  try {
    const page = await listOnrampSessions({ actor, ...(known ? { status: known } : {}), ...(cursor ? { cursor } : {}) })
    return { ...page, known }
  } catch (error) {
    // An address from an old bookmark: the list begins at its beginning.
    if (error instanceof Problem && error.code === 'invalid_cursor') redirect(path as Route)
    throw error
  }
}

/** The account's purchases, a page at a time. */
export async function AccountActivity(props: AccountActivityProps) {
  const { items, nextCursor, known } = await readPage(props)
  const query = known ? `&status=${known}` : ''
  const first = props.cursor === undefined
  return (
    <>
      <AdoptOnVisit />
      {items.some(isMoving) && <LiveRefresh seconds={5} />}
      <div className="mb-4 flex flex-col justify-between gap-3 sm:flex-row sm:items-center">
        <StatusFilter path={path} statuses={filters} current={known} />
        <a
          href={`/api/v1/onramp/history?format=csv${query}`}
          download="causeway-activity.csv"
          className={buttonStyle('secondary', 'sm', 'self-start sm:self-auto')}
        >
          <Download aria-hidden="true" className="size-4" /> Export CSV
        </a>
      </div>
      {items.length > 0 && <SessionList items={items} hrefOf={({ id }) => `/pay/${id}`} />}
      {items.length === 0 && !known && first && (
        <NothingYet>
          What you buy while signed in shows up here at once, with every transfer and its receipt.
        </NothingYet>
      )}
      {items.length === 0 && (known || !first) && (
        <Card>
          <EmptyState
            icon={SearchX}
            title={known ? 'None with this status' : 'Nothing older'}
            action={
              <LinkButton href={path as Route} variant="secondary" size="sm">
                Show all
              </LinkButton>
            }
          >
            {known ? 'Nothing you bought is in this state now.' : 'You have reached the end of the list.'}
          </EmptyState>
        </Card>
      )}
      <Pager path={path} query={{ status: known }} first={first} nextCursor={nextCursor} />
    </>
  )
}
