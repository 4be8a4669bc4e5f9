import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { parseInput } from '#lib/http/parse.ts'
import { requireOwn } from '#lib/rooms/require-own.ts'
import { ReportCallInput } from '#lib/rooms/schema.ts'

/** One of the two says what the other did. The call ends, and the two never meet again. Once a call; again is the same report. */
export async function reportCall(actor: Actor, id: string, request: ReportCallInput): Promise<void> {
  const person = requireOwn(actor, 'call', id)
  const { kind, words } = parseInput(ReportCallInput, request)
  await as(person)((sql) => sql`select app.report_call(${id}, ${kind}, ${words})`)
}
