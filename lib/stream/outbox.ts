import { z } from 'zod'
import { as } from '#lib/db/as.ts'
import { inOneTrip } from '#lib/db/in-one-trip.ts'
import { streamTopics } from '#lib/stream/topics.ts'

const OutboxMessage = z.object({
  id: z.string(),
  topic: z.enum(streamTopics),
  key: z.string(),
  eventId: z.string(),
  type: z.string(),
  at: z.string(),
  body: z.string(),
})
export type OutboxMessage = z.infer<typeof OutboxMessage>

const Turn = z.object({ holds: z.boolean(), messages: z.array(OutboxMessage) })

/** Of each topic. One broker takes a megabyte at once, and a message is a few hundred bytes. */
export const batchSize = 500

const worker = as({ role: 'worker' })

/** From now on what happens is written down to be sent on. */
export async function subscribe(): Promise<void> {
  await worker((sql) => sql`select app.subscribe_stream(${sql.array([...streamTopics])})`)
}

/**
 * Says which messages the broker took, and takes the next; none, and `holds` is false, while another relay has its turn. The
 * turn lasts for thirty seconds from here.
 */
export async function takeTurn(relay: string, sent: readonly string[]): Promise<z.infer<typeof Turn>> {
  const [row] = await inOneTrip(
    'worker',
    'app.relay_stream',
    (value) =>
      `select app.relay_stream((${value} ->> 'relay')::uuid, array(select jsonb_array_elements_text(${value} -> 'sent')::bigint), ${batchSize}) as turn`,
    { relay, sent },
  )
  return Turn.parse(row?.turn)
}

/** Gives the turn back; with the reason, as a code, where nothing gets through. */
export async function giveBack(relay: string, failure: string | null): Promise<void> {
  await worker((sql) => sql`select app.release_stream(${relay}, ${failure})`)
}
