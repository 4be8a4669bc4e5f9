import { Download, Snowflake } from 'lucide-react'
import type { Metadata, Route } from 'next'
import { requirePerson } from '#app/(account)/require-person.ts'
import { AccountPage } from '#components/account/account-page.tsx'
import { LiveRefresh } from '#components/activity/live-refresh.tsx'
import { BalanceCard } from '#components/dashboard/balance-card.tsx'
import { BudgetsCard } from '#components/dashboard/budgets-card.tsx'
import { FirstSteps } from '#components/dashboard/first-steps.tsx'
import { SuccessCard } from '#components/dashboard/success-card.tsx'
import { TodayCard } from '#components/dashboard/today-card.tsx'
import { TrendChart } from '#components/dashboard/trend-chart.tsx'
import { WaitingList } from '#components/dashboard/waiting-list.tsx'
import { IntentList } from '#components/intents/intent-list.tsx'
import { StandingApprovals } from '#components/intents/standing-approvals.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'
import { Card } from '#components/ui/card.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { getDashboard } from '#lib/dashboard/get.ts'
import type { Dashboard } from '#lib/dashboard/schema.ts'

export const metadata: Metadata = { title: 'Dashboard', referrer: 'same-origin', robots: { index: false } }

export default async function DashboardPage() {
  const actor = await requirePerson('/dashboard')
  const dashboard = await getDashboard(actor)
  const { agents, balances, budgets, days, outcomes, recent, standingApprovals, waiting, waitingCount } = dashboard
  const today = days.at(-1)
  return (
    <AccountPage title="Dashboard" lead="What needs you, what there is, and what was spent.">
      <LiveRefresh seconds={dashboard.moving > 0 ? 3 : 10} />
      <WaitingList waiting={waiting} count={waitingCount} />
      <Frozen agents={agents} />
      <FirstSteps dashboard={dashboard} />
      {agents.length > 0 && (
        <>
          <div className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-3">
            <BalanceCard balances={balances} agents={agents} />
            {today && <TodayCard today={today} budgets={budgets} />}
            <SuccessCard outcomes={outcomes} />
          </div>
          <div className="mt-4 grid grid-cols-1 items-start gap-4 lg:grid-cols-3">
            <Card className="p-5 lg:col-span-2">
              <TrendChart days={days} />
            </Card>
            <BudgetsCard budgets={budgets} agents={agents} />
          </div>
        </>
      )}
      <StandingApprovals approvals={standingApprovals} agents={agents} />
      {recent.length > 0 && (
        <section aria-labelledby="recent" className="mt-6">
          <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
            <h2 id="recent" className="text-base">
              Latest payments
            </h2>
            <div className="flex flex-wrap gap-2">
              <a
                href="/api/v1/intents?format=csv"
                download="causeway-payments.csv"
                className={buttonStyle('quiet', 'sm')}
              >
                <Download aria-hidden="true" className="size-4" /> Export CSV
              </a>
              <LinkButton href={'/intents' as Route} variant="secondary" size="sm">
                All, with filters
              </LinkButton>
            </div>
          </div>
          <IntentList intents={recent} />
        </section>
      )}
    </AccountPage>
  )
}

function Frozen({ agents }: Pick<Dashboard, 'agents'>) {
  const frozen = agents.filter((agent) => agent.frozen)
  if (frozen.length === 0) return null
  return (
    <Notice
      title={
        <>
          <Snowflake aria-hidden="true" className="mr-1.5 inline size-4" />
          {frozen.map(({ name }) => name).join(', ')} {frozen.length === 1 ? 'is' : 'are'} frozen and can pay nothing.
        </>
      }
      action={
        <LinkButton href={'/agents' as Route} variant="secondary" size="sm">
          Look at your agents
        </LinkButton>
      }
      className="mb-6"
    />
  )
}
