import { type Check, fail, ok, type Verdict, warn } from '#scripts/doctor/check.ts'

/** Whether the queue moves: nothing that is due waits longer than a minute, and nothing was given up. */
export const queue: Check = {
  name: 'queue',
  needs: ['DATABASE_URL'],
  look: async ({ sql, values }): Promise<Verdict> => {
    const [row] = await sql()`
      select count(*) filter (where waiting)::int as waiting, count(*) filter (where given_up)::int as given_up, count(*)::int as jobs,
        extract(epoch from now() - min(run_at) filter (where waiting))::int as seconds,
        string_agg(distinct task_identifier, ', ') filter (where given_up) as tasks
      from (select run_at, task_identifier, attempts >= max_attempts as given_up,
        attempts < max_attempts and locked_at is null and run_at < now() - interval '1 minute' as waiting from graphile_worker.jobs) as j`
    if (row?.waiting > 0) {
      return fail(
        `${row?.waiting} jobs are due and not worked, the oldest for ${row?.seconds} s`,
        values.VERCEL
          ? "Look at the runs of /api/cron/jobs in Vercel's dashboard: 404 means that CRON_SECRET differs there."
          : 'Start the worker, and read its log: npm run worker.',
      )
    }
    if (row?.given_up > 0) {
      return warn(
        `${row?.given_up} jobs were given up after their last attempt: ${row?.tasks}`,
        'Read why in graphile_worker.jobs.last_error; docs/runbook.md, "A job was given up", says how to go on.',
      )
    }
    return ok(`${row?.jobs} jobs, none overdue`)
  },
}
