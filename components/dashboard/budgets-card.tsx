'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { dollars, millionths, percentOf } from '#components/dashboard/numbers.ts'
import { Card } from '#components/ui/card.tsx'
import { cx } from '#components/ui/cx.ts'
import { LinkButton } from '#components/ui/link-button.tsx'
import { useLocale } from '#components/ui/use-locale.ts'
import type { DashboardAgent, DashboardBudget } from '#lib/dashboard/schema.ts'

type BudgetsCardProps = { budgets: DashboardBudget[]; agents: DashboardAgent[] }

/** How much of each budget is gone, by the numbers that its guard judges by. */
export function BudgetsCard({ budgets, agents }: BudgetsCardProps) {
  return (
    <Card className="p-5">
      <h2 className="text-base">Budgets</h2>
      {budgets.length === 0 ? (
        <div className="mt-2 text-sm text-ink-2">
          <p>No budget is set. A guard can say how much may be spent an hour, a day or in all.</p>
          <LinkButton href={'/guards' as Route} variant="secondary" size="sm" className="mt-3" prefetch={false}>
            Set a budget
          </LinkButton>
        </div>
      ) : (
        <ul className="mt-3 space-y-4">
          {budgets.map((budget, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two guards may say the same, and they keep their order.
            <Budget key={index} budget={budget} agent={agents.find(({ id }) => id === budget.agentId)} />
          ))}
        </ul>
      )}
    </Card>
  )
}

const periods: Record<DashboardBudget['period'], [fixed: string, rolling: string]> = {
  hour: ['this hour', 'in 60 minutes'],
  day: ['today', 'in 24 hours'],
  week: ['this week', 'in 7 days'],
  month: ['this month', 'in 30 days'],
  total: ['in all', 'in all'],
}

function Budget({ budget, agent }: { budget: DashboardBudget; agent: DashboardAgent | undefined }) {
  const locale = useLocale()
  const gone = millionths(budget.used) + millionths(budget.reserved)
  const limit = millionths(budget.limit)
  const percent = percentOf(gone, limit)
  const name = agent?.name ?? 'All your wallets'
  const when = periods[budget.period][budget.window === 'rolling' ? 1 : 0]
  return (
    <li className="text-sm">
      <p className="flex flex-wrap justify-between gap-x-3">
        <Link
          href={(agent ? `/agents/${agent.id}/guards` : '/guards') as Route}
          prefetch={false}
          className="max-w-full truncate rounded-sm font-medium hover:underline"
        >
          {name}
        </Link>
        <span className="text-ink-2">{when}</span>
      </p>
      <meter
        min={0}
        max={100}
        value={percent}
        aria-label={`${name}, ${when}: ${percent} percent of ${dollars(budget.limit, locale)}`}
        className="sr-only"
      />
      <div aria-hidden="true" className="my-1.5 flex h-2 overflow-hidden rounded-full bg-sunk">
        <span
          className={cx('h-full', percent >= 100 ? 'bg-brick' : percent >= 80 ? 'bg-lamp' : 'bg-tide')}
          style={{ width: `${percentOf(millionths(budget.used), limit)}%` }}
        />
        <span
          className={cx('h-full opacity-45', percent >= 100 ? 'bg-brick' : percent >= 80 ? 'bg-lamp' : 'bg-tide')}
          style={{ width: `${percent - percentOf(millionths(budget.used), limit)}%` }}
        />
      </div>
      <p className="text-ink-2 tabular-nums">
        {dollars(budget.used, locale)} spent
        {millionths(budget.reserved) > 0n && <>, {dollars(budget.reserved, locale)} promised</>} of{' '}
        {dollars(budget.limit, locale)}; <span className="text-ink">{dollars(budget.remaining, locale)} left</span>
      </p>
    </li>
  )
}
