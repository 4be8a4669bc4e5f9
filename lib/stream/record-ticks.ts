import { z } from 'zod'
import { inOneTrip } from '#lib/db/in-one-trip.ts'
import { log } from '#lib/log.ts'
import { readTick, type StreamMessage } from '#lib/stream/read-tick.ts'

const Recorded = z.object({ written: z.int(), known: z.int(), refused: z.int() })

/**
 * Writes the prices of some messages, in one transaction. A price that is there already is left as it is, so that messages may
 * come as often as they like. What holds no price is kept aside, and never holds up the others.
 */
export async function recordTicks(messages: readonly StreamMessage[]): Promise<z.infer<typeof Recorded>> {
  const read = messages.map(readTick)
  const ticks = read.flatMap((each) => ('tick' in each ? [each.tick] : []))
  const unreadable = read.flatMap((each) => ('unreadable' in each ? [each.unreadable] : []))
  const [row] = await inOneTrip(
    'worker',
    'app.record_streamed_ticks',
    (value) => `select app.record_streamed_ticks(${value} -> 'ticks', ${value} -> 'unreadable') as recorded`,
    { ticks, unreadable },
  )
  const recorded = Recorded.parse(row?.recorded)
  if (recorded.refused > 0) log.warn('messages of the stream were kept aside', { count: recorded.refused })
  return recorded
}
