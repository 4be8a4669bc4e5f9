import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'
import type { OnrampSession } from '#lib/onramp/schema.ts'
import { sessionColumns, toSession } from '#lib/onramp/session.ts'
import { note } from '#lib/telemetry/context.ts'

/** One session, for its owner, an operator, or a guest with its secret. For everyone else it does not exist. */
export async function getOnrampSession({ actor, id }: { actor: Actor; id: string }): Promise<OnrampSession> {
  if (!z.uuid().safeParse(id).success) throw notFound('session')
  const [row] = await as(actor)(
    (sql) => sql`select ${sessionColumns(sql)} from public.onramp_sessions s where s.id = ${id}`,
  )
  if (!row) throw notFound('session')
  note({ sessionId: id })
  return toSession(row, actor.role === 'anon' ? actor.sessionKey : undefined)
}
