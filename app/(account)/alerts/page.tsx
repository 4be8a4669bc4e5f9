import { BellRing, SearchX } from 'lucide-react'
import type { Metadata, Route } from 'next'
import { fromTheStart } from '#app/(account)/from-the-start.ts'
import { requirePerson } from '#app/(account)/require-person.ts'
import { AccountPage } from '#components/account/account-page.tsx'
import { LiveRefresh } from '#components/activity/live-refresh.tsx'
import { Pager } from '#components/activity/pager.tsx'
import { StatusFilter } from '#components/activity/status-filter.tsx'
import { AlertList } from '#components/rate-alerts/alert-list.tsx'
import { statusWords } from '#components/rate-alerts/alert-words.ts'
import { CreateAlert } from '#components/rate-alerts/create-alert.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { env } from '#lib/env.ts'
import { listRateAlerts } from '#lib/rates/alerts/list.ts'
import { rateAlertStatuses } from '#lib/rates/alerts/schema.ts'
import { rateAssetCodes, rateCurrencyCodes } from '#lib/rates/pairs.ts'

export const metadata: Metadata = { title: 'Price alerts', referrer: 'same-origin', robots: { index: false } }

const path = '/alerts'

type AlertsPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function AlertsPage({ searchParams }: AlertsPageProps) {
  const { status, cursor, base, quote } = await searchParams
  // Whoever comes from a price is led back to it after signing in.
  const asked = {
    base: rateAssetCodes.find((each) => each === base),
    quote: rateCurrencyCodes.find((each) => each === quote),
  }
  const here = asked.base && asked.quote ? `${path}?base=${asked.base}&quote=${asked.quote}` : path
  const actor = await requirePerson(here)
  const known = rateAlertStatuses.find((each) => each === status)
  const after = typeof cursor === 'string' ? cursor : undefined
  const { alerts, nextCursor } = await fromTheStart(
    path,
    listRateAlerts(actor, { status: known, ...(after ? { cursor: after } : {}) }),
  )
  const first = after === undefined
  const empty = alerts.length === 0 && !known && first
  return (
    <AccountPage
      title="Price alerts"
      lead="Be told once, when a price rises or falls to where you draw the line."
      // Always in this one place: a secret that it shows must not go because the first alert has come into the list.
      action={
        <CreateAlert
          key={here}
          pair={{ base: asked.base ?? 'BTC', quote: asked.quote ?? 'USD' }}
          email={actor.email || null}
          mail={env().SMTP_URL !== undefined}
          open={here !== path}
        />
      }
    >
      <LiveRefresh seconds={alerts.some(({ status: each }) => each === 'triggered') ? 5 : 15} />
      {!empty && (
        <div className="mb-4">
          <StatusFilter path={path} statuses={rateAlertStatuses} current={known} word={(each) => words[each] ?? each} />
        </div>
      )}
      {alerts.length > 0 && <AlertList alerts={alerts} />}
      {empty && (
        <Card>
          <EmptyState icon={BellRing} title="No price alerts yet">
            Name a price. When it is reached you get an email, or your server gets a webhook, once.
          </EmptyState>
        </Card>
      )}
      {alerts.length === 0 && !empty && (
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
            {known ? 'None of your alerts is in this state now.' : 'You have reached the end of the list.'}
          </EmptyState>
        </Card>
      )}
      <Pager path={path} query={{ status: known }} first={first} nextCursor={nextCursor} />
    </AccountPage>
  )
}

const words: Record<string, string> = statusWords
