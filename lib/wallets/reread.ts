import { z } from 'zod'
import type { AgentActor, PersonActor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'

/** Has a wallet's balance read on chain now, without waiting for it. For others than its person and its agent there is none. */
export async function rereadWallet(actor: PersonActor | AgentActor, id: string): Promise<void> {
  if (!z.uuid().safeParse(id).success) throw notFound('wallet')
  await as(actor)((sql) => sql`select app.reread_wallet(${id})`)
}
