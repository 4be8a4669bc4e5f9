import type postgres from 'postgres'
import type { Machine } from '#sim/machine.ts'

export type Job = { id: string; task: string; payload: unknown; pool: string }

export type Queue = {
  /** Every job that is due, in the order in which the queue would hand them out. */
  due: () => Promise<string[]>
  /** Takes a job in the name of a worker's pool, as graphile-worker does. */
  take: (id: string, pool: string) => Promise<Job | undefined>
  complete: (job: Job) => Promise<void>
  fail: (job: Job, message: string) => Promise<void>
  /** The worker gives its sign of life (lib/jobs/alive.ts), or does no longer. */
  alive: (pool: string) => Promise<void>
  gone: (pool: string) => Promise<void>
}

/**
 * graphile-worker's queue, worked by its own statements. Which of the due jobs is taken is the run's choice and not the queue's:
 * several workers may take them in any order.
 */
export function createQueue(options: { sql: postgres.Sql; lifeline: postgres.Sql; machine: Machine }): Queue {
  const { sql, lifeline, machine } = options
  const tell = (name: string, query: () => PromiseLike<unknown>): Promise<void> =>
    machine.call(
      name,
      async () => void (await query()),
      () => Object.assign(new Error('write CONNECTION_CLOSED'), { code: 'CONNECTION_CLOSED' }),
    )
  return {
    due: async () => {
      const rows = await sql`
        select id::text from graphile_worker._private_jobs where is_available and run_at <= now() order by priority, run_at, id`
      return rows.map(({ id }) => id)
    },
    take: async (id, pool) => {
      const [row] = await sql`
        with j as (select id from graphile_worker._private_jobs where id = ${id} and is_available and run_at <= now() for update skip locked)
        update graphile_worker._private_jobs as jobs set attempts = jobs.attempts + 1, locked_by = ${pool}, locked_at = now()
        from j where jobs.id = j.id
        returning jobs.id::text, jobs.payload, (select t.identifier from graphile_worker._private_tasks t where t.id = jobs.task_id) as task`
      return row && { id: row.id, task: row.task, payload: row.payload, pool }
    },
    complete: ({ id }) => tell('complete_job', () => sql`delete from graphile_worker._private_jobs where id = ${id}`),
    fail: ({ id, pool }, message) =>
      tell(
        'fail_job',
        () => sql`update graphile_worker._private_jobs set last_error = ${message}, locked_by = null, locked_at = null,
          run_at = greatest(now(), run_at) + (exp(least(attempts, 10)) * interval '1 second') where id = ${id} and locked_by = ${pool}`,
      ),
    alive: async (pool) => void (await lifeline`select pg_advisory_lock(hashtextextended(${pool}, 0))`),
    gone: async (pool) => void (await lifeline`select pg_advisory_unlock(hashtextextended(${pool}, 0))`),
  }
}
