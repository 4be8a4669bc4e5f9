import { type Check, fail, ok, skip } from '#scripts/doctor/check.ts'

/** Its clock ticks each minute; past two and a half it has stopped. */
const silentSeconds = 150

/** Whether a long-lived worker is alive: connected now, or heard of within the last minutes. */
export const worker: Check = {
  name: 'worker',
  needs: ['DATABASE_URL'],
  look: async ({ sql, values }) => {
    const [row] = await sql()`
      select (select count(*)::int from pg_stat_activity where application_name = 'causeway worker') as connected,
        (select extract(epoch from now() - coalesce(last_execution, known_since))::int
          from graphile_worker._private_known_crontabs where identifier = 'schedule_stalled_work') as seconds`
    const seconds: number | null = row?.seconds ?? null
    if (row?.connected > 0) return ok(`${row?.connected} connected`)
    if (seconds !== null && seconds < silentSeconds) return ok(`was heard of ${seconds} s ago`)
    if (values.VERCEL) return skip('there is none on Vercel: the scheduler works the queue')
    return fail(
      seconds === null ? 'none was ever started' : `none is connected; the last was heard of ${seconds} s ago`,
      'Start one that is started again when it ends: npm run worker, or the container of docs/deploy.md.',
    )
  },
}
