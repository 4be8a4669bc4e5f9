import { type ParsedCronItem, parseCronItems } from 'graphile-worker'

/** What the worker does by the clock; on Vercel the crons of vercel.json call the same. What they missed they do not catch up on, but for the night: the next run finds it. */
export const crontab: ParsedCronItem[] = parseCronItems([
  { task: 'schedule_stalled_work', match: '* * * * *', options: { backfillPeriod: 0 } },
  { task: 'schedule_watches', match: '* * * * *', options: { backfillPeriod: 0 } },
  { task: 'schedule_rate_alerts', match: '* * * * *', options: { backfillPeriod: 0 } },
  { task: 'expire_passes', match: '* * * * *', options: { backfillPeriod: 0 } },
  { task: 'sweep_rooms', match: '* * * * *', options: { backfillPeriod: 0 } },
  // These are not tried again by themselves: the next run does the same, and takes the place of one that failed.
  { task: 'reconcile', match: '*/5 * * * *', options: { backfillPeriod: 0, maxAttempts: 1, jobKey: 'reconcile' } },
  // Twice in each ten minutes, so that a failure has a second chance: prices that are there already are not asked for again.
  {
    task: 'read_rates',
    match: '3,8,13,18,23,28,33,38,43,48,53,58 * * * *',
    options: { backfillPeriod: 0, maxAttempts: 1, jobKey: 'read_rates' },
  },
  {
    task: 'backfill_rates',
    match: '41 * * * *',
    options: { backfillPeriod: 0, maxAttempts: 1, jobKey: 'backfill_rates' },
  },
  // A night on which no worker ran is made up for when one starts: what it would have said is said from then.
  {
    task: 'forecast_rates',
    match: '0 22 * * *',
    options: { backfillPeriod: 22 * 3_600_000, maxAttempts: 5, jobKey: 'forecast_rates' },
  },
  { task: 'load_sanctions', match: '23 * * * *', options: { backfillPeriod: 0, jobKey: 'load_sanctions' } },
  { task: 'check_health', match: '* * * * *', options: { backfillPeriod: 0, maxAttempts: 1, jobKey: 'check_health' } },
  {
    task: 'review_alerts',
    match: '* * * * *',
    options: { backfillPeriod: 0, maxAttempts: 1, jobKey: 'review_alerts' },
  },
])
