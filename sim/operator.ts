import { retryOnrampDelivery } from '#lib/onramp/retry-delivery.ts'
import { replayWebhookEvent } from '#lib/webhooks/replay.ts'
import { request, run, someFault } from '#sim/programs.ts'
import type { World } from '#sim/world.ts'

/** An operator handles any stored webhook again. */
export async function replay(world: World): Promise<void> {
  const { random, sql, people } = world
  const rows = await sql`select id from public.webhook_events order by received_at, event_id`
  if (rows.length === 0) return
  const { id } = random.pick(rows)
  const work = (): Promise<void> => replayWebhookEvent({ actor: people.olga, id })
  await run(world, request(world, `replay ${id}`, work, someFault(world, 0.1)))
}

/** An operator tries a delivery again: of a session that waits for attention, mostly, and of any other, which is refused. */
export async function retry(world: World): Promise<void> {
  const { random, sql, people } = world
  const rows = await sql`select id, status from public.onramp_sessions order by created_at, id`
  if (rows.length === 0) return
  const held = rows.filter(({ status }) => status === 'needs_attention')
  const { id } = random.pick(held.length > 0 && random.chance(0.8) ? held : rows)
  const actor = random.chance(0.9) ? people.olga : people.alice
  const work = async (): Promise<void> => {
    await retryOnrampDelivery({ actor, id })
    if (actor !== people.olga) world.wrong.push('a person without the role retried a delivery')
  }
  await run(world, request(world, `retry ${id}`, work, someFault(world, 0.1)))
}
