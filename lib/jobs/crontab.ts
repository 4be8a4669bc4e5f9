import { type ParsedCronItem, parseCronItems } from 'graphile-worker'

/** What the worker does by the clock; on Vercel the crons of vercel.json call the same. Neither catches up on what it missed: the next run finds it. */
export const crontab: ParsedCronItem[] = parseCronItems([
  { task: 'schedule_stalled_work', match: '* * * * *', options: { backfillPeriod: 0 } },
  // It is not tried again by itself: the next run comes in five minutes and does the same.
  { task: 'reconcile', match: '*/5 * * * *', options: { backfillPeriod: 0, maxAttempts: 1 } },
])
