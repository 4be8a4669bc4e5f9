'use client'

import { dollars, millionths } from '#components/dashboard/numbers.ts'
import { Card } from '#components/ui/card.tsx'
import { useLocale } from '#components/ui/use-locale.ts'
import type { DashboardBudget, DashboardDay } from '#lib/dashboard/schema.ts'

type TodayCardProps = { today: DashboardDay; budgets: DashboardBudget[] }

/** What was spent today, against what all wallets together may spend a day where that is set. */
export function TodayCard({ today, budgets }: TodayCardProps) {
  const locale = useLocale()
  const whole = budgets.find(({ agentId, period }) => agentId === null && period === 'day')
  return (
    <Card className="p-5">
      <h2 className="text-sm text-ink-2">Spent today</h2>
      <p className="mt-1 text-xl font-semibold tracking-tight tabular-nums">{dollars(today.used, locale)}</p>
      <p className="text-sm text-ink-2 tabular-nums">
        {millionths(today.reserved) > 0n && <>{dollars(today.reserved, locale)} more promised. </>}
        {whole && <>{dollars(whole.remaining, locale)} left for all your wallets. </>}
        {today.payments === 0 ? 'No payments' : today.payments === 1 ? '1 payment' : `${today.payments} payments`} since
        midnight UTC.
      </p>
    </Card>
  )
}
