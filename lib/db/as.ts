import { createHash } from 'node:crypto'
import type postgres from 'postgres'
import type { Actor } from '#lib/auth/actor.ts'
import { connection } from '#lib/db/connection.ts'
import { refusalOf } from '#lib/db/errors.ts'
import { literal } from '#lib/db/literal.ts'
import { cause } from '#lib/telemetry/cause.ts'
import { note } from '#lib/telemetry/context.ts'
import { withSpan } from '#lib/telemetry/span.ts'

/** The claims that row-level security reads: Supabase's own form for a person, and the hash of the link's secret for a guest. */
function claimsOf(actor: Actor): Record<string, unknown> {
  switch (actor.role) {
    case 'authenticated':
      return { role: 'authenticated', sub: actor.userId, is_anonymous: actor.isAnonymous }
    case 'anon':
      if (actor.sessionKey === undefined) return { role: 'anon' }
      return { role: 'anon', session_secret_hash: createHash('sha256').update(actor.sessionKey).digest('hex') }
    case 'agent':
      return { role: 'agent', api_key_hash: createHash('sha256').update(actor.apiKey).digest('hex') }
    default:
      return { role: actor.role }
  }
}

type Query = (sql: postgres.TransactionSql) => postgres.PendingQuery<postgres.Row[]>

/**
 * Runs one query as the actor: a transaction that takes the actor's role and claims, and nothing else. The same statement says
 * what caused it, which jobs that the query adds take along.
 * It costs four network round trips, or three without parameters (decision 0015). Refusals of the database come back as Problems.
 */
export function as(actor: Actor): (query: Query) => Promise<postgres.Row[]> {
  const settings = {
    role: actor.role,
    'request.jwt.claims': JSON.stringify(claimsOf(actor)),
    'request.jwt.claim.sub': actor.role === 'authenticated' ? actor.userId : '',
  }
  return async (query) => {
    if (actor.role !== 'worker') note({ role: actor.role })
    return await withSpan(
      'database',
      { kind: 'client', attributes: { 'db.system.name': 'postgresql' } },
      async (span) => {
        const { traceparent, since, requestId } = cause()
        const taking = taken({ ...settings, 'causeway.cause': `${traceparent} ${since} ${requestId}` })
        try {
          const [, rows] = await connection().begin((sql) => {
            const take = sql.unsafe(taking)
            const asked = query(sql)
            if (span.isRecording()) span.updateName(nameOf(asked))
            return [take, asked]
          })
          return rows ?? []
        } catch (error) {
          throw refusalOf(error)
        }
      },
    )
  }
}

/** The statement that takes on a role and its settings, for this transaction only. */
function taken(settings: Record<string, string>): string {
  const each = Object.entries(settings).map(([name, value]) => `set_config('${name}', ${literal(value)}, true)`)
  return `select ${each.join(', ')}`
}

/** The command that a query calls, or the table that it reads first; never a value, as those are not in its text. */
function nameOf(query: object): string {
  const strings: unknown = 'strings' in query ? query.strings : undefined
  const text = Array.isArray(strings) ? strings.join('?') : ''
  return (
    /\bapp\.\w+/.exec(text)?.[0] ?? /\bfrom\s+((?:public|private|graphile_worker)\.\w+)/.exec(text)?.[1] ?? 'database'
  )
}
