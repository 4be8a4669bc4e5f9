import postgres from 'postgres'
import { databaseUrl } from '#lib/db/url.ts'

let pool: postgres.Sql | undefined

/**
 * The process's pool, as the login role `causeway`, which owns nothing and by itself may do nothing.
 * Pooler-safe: no named prepares, no session state. Everything goes through `as(actor)`.
 */
export function connection(): postgres.Sql {
  pool ??= postgres(databaseUrl(), {
    prepare: false,
    max: 10,
    idle_timeout: 30,
    connect_timeout: 10,
    connection: { application_name: 'causeway' },
  })
  return pool
}

/** Closes the pool; a process that ends by itself has no need of it. */
export async function closeConnection(): Promise<void> {
  await pool?.end({ timeout: 5 })
  pool = undefined
}
