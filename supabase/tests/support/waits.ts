import postgres from 'postgres'
import type { Actor } from '#lib/auth/actor.ts'

export type Held = {
  /** Runs one more statement in the open transaction. */
  run: (query: Query) => Promise<void>
  commit: () => Promise<void>
}

type Query = (sql: postgres.Sql) => PromiseLike<unknown>

/**
 * Runs a statement as the actor on a connection of its own, and keeps its transaction open: whatever it has locked, others
 * wait for until `commit`.
 */
export async function hold(url: string, actor: Actor, query: Query): Promise<Held> {
  const subject = actor.role === 'authenticated' ? actor.userId : ''
  const held = await begin(url)
  await held.run(
    (sql) => sql`select set_config('role', ${actor.role}, true), set_config('request.jwt.claim.sub', ${subject}, true)`,
  )
  await held.run(query)
  return held
}

/** As `hold`, by the database's owner. */
export async function holdAsOwner(adminUrl: string, query: Query): Promise<Held> {
  const held = await begin(adminUrl)
  await held.run(query)
  return held
}

async function begin(url: string): Promise<Held> {
  const sql = postgres(url, { max: 1, prepare: false })
  const held = await sql.reserve()
  await held`begin`
  return {
    run: async (query) => {
      await query(held)
    },
    commit: async () => {
      await held`commit`
      held.release()
      await sql.end()
    },
  }
}

/** Resolves as soon as so many connections to this database wait for a lock that another one holds. */
export async function connectionsWaitForALock(sql: postgres.Sql, count = 1): Promise<void> {
  for (;;) {
    const waiting = await sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    if (waiting.length >= count) return
  }
}

/** Time passes for a transfer: it was made, and signed, so much earlier. The rows' own triggers would not allow it. */
export async function ageTransfer(sql: postgres.Sql, id: string, interval: string): Promise<void> {
  await sql.begin((tx) => [
    tx`set local session_replication_role = replica`,
    tx`update public.transfers set created_at = created_at - ${interval}::interval where id = ${id}`,
    tx`update private.signed_transactions set signed_at = signed_at - ${interval}::interval where transfer_id = ${id}`,
  ])
}
