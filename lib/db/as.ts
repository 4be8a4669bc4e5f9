import { createHash } from 'node:crypto'
import type postgres from 'postgres'
import type { Actor } from '#lib/auth/actor.ts'
import { connection } from '#lib/db/connection.ts'
import { refusalOf } from '#lib/db/errors.ts'

/** The claims that row-level security reads: Supabase's own form for a person, and the hash of the link's secret for a guest. */
function claimsOf(actor: Actor): Record<string, unknown> {
  switch (actor.role) {
    case 'authenticated':
      return { role: 'authenticated', sub: actor.userId, is_anonymous: actor.isAnonymous }
    case 'anon':
      if (actor.sessionKey === undefined) return { role: 'anon' }
      return { role: 'anon', session_secret_hash: createHash('sha256').update(actor.sessionKey).digest('hex') }
    default:
      return { role: actor.role }
  }
}

type Query = (sql: postgres.TransactionSql) => postgres.PendingQuery<postgres.Row[]>

/**
 * Runs one query as the actor: a transaction that takes the actor's role and claims, and nothing else.
 * The statements are pipelined, so it costs two network round trips. Refusals of the database come back as Problems.
 */
export function as(actor: Actor): (query: Query) => Promise<postgres.Row[]> {
  const claims = JSON.stringify(claimsOf(actor))
  const subject = actor.role === 'authenticated' ? actor.userId : ''
  return async (query) => {
    try {
      const [, rows] = await connection().begin((sql) => [
        sql`select set_config('role', ${actor.role}, true), set_config('request.jwt.claims', ${claims}, true), set_config('request.jwt.claim.sub', ${subject}, true)`,
        query(sql),
      ])
      return rows ?? []
    } catch (error) {
      throw refusalOf(error)
    }
  }
}
