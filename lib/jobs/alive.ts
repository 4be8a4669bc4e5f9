import { EventEmitter } from 'node:events'
import type { WorkerEvents } from 'graphile-worker'
import postgres from 'postgres'
import { databaseUrl } from '#lib/db/url.ts'
import { errorText, log } from '#lib/log.ts'

export type Alive = {
  /** For graphile-worker's runner: by them it tells the name of its pool. */
  events: WorkerEvents
  /** Ends the sign of life; the pool must have given its jobs back before. */
  stop: () => Promise<void>
}

/** How long to wait with a database that was away. */
const retryMs = 1000

/**
 * Holds an advisory lock in the name of this process's worker pool, on a connection of its own, for as long as the process
 * lives. However it dies, Postgres lets go of the lock, and app.schedule_stalled_work() frees the jobs that it had begun.
 * Behind a pooler that shares connections the lock may outlive us: then those jobs wait two minutes instead.
 */
export function signOfLife(): Alive {
  let pool: string | undefined
  let retry: NodeJS.Timeout | undefined
  let ended = false
  const again = () => {
    clearTimeout(retry)
    if (!ended && pool !== undefined) retry = setTimeout(hold, retryMs)
  }
  const connection = postgres(databaseUrl(), {
    prepare: false,
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connection: { application_name: 'causeway worker' },
    onclose: again,
  })
  const hold = () => {
    connection`select pg_advisory_lock(hashtextextended(${pool ?? null}, 0))`.catch((error: unknown) => {
      log.warn('the worker gives no sign of life', { error: errorText(error) })
      again()
    })
  }
  const events: WorkerEvents = new EventEmitter()
  events.on('pool:create', ({ workerPool }) => {
    pool = workerPool.id
    hold()
  })
  return {
    events,
    stop: async () => {
      ended = true
      clearTimeout(retry)
      await connection.end({ timeout: 5 })
    },
  }
}
