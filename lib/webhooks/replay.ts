import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'

/** Handles a stored event again, by an operator; audited. Safe at any time, as handlers re-read the object at its source. */
export async function replayWebhookEvent({ actor, id }: { actor: Actor; id: string }): Promise<void> {
  if (actor.role !== 'authenticated' || !z.uuid().safeParse(id).success) throw notFound('webhook')
  await as(actor)((sql) => sql`select app.replay_webhook_event(${id})`)
}
