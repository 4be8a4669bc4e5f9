import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import { giveBack, type OutboxMessage, subscribe, takeTurn } from '#lib/stream/outbox.ts'
import { openProducer, type StreamProducer, streamFailure } from '#lib/stream/producer.ts'

export type Relay = { stop: () => Promise<void> }

/** How often to look when nothing waits, and when another relay has its turn. */
const idleMs = 1_000
const standbyMs = 5_000
/** The first and the longest pause after a failure. */
const pausesMs = [1_000, 30_000] as const
/** A function's time is bounded; the next minute goes on where it stopped. */
const onceMs = 30_000

/**
 * Sends on what was written down, for as long as this process lives. Any number may run: one at a time has its turn. Nothing
 * where no brokers are configured.
 */
export function startRelay(brokers = env().KAFKA_BROKERS): Relay | undefined {
  if (!brokers) return undefined
  const ending = new AbortController()
  const pause = (ms: number): Promise<void> => sleep(ms, undefined, { signal: ending.signal }).catch(() => {})
  const ended = (async () => {
    for (let failures = 0; !ending.signal.aborted; ) {
      const outcome = await withTurn(brokers, async (send) => {
        while (!ending.signal.aborted) {
          const sent = await send()
          if (sent > 0) failures = 0
          if (sent === 0) await pause(idleMs)
        }
      })
      if (outcome === 'standby') await pause(standbyMs)
      else if (outcome === 'failed') await pause(pauseAfter(failures++))
    }
  })()
  return {
    stop: async () => {
      ending.abort()
      await ended
    },
  }
}

/** Sends on what waits and ends: for where no process lives on. It never throws; what failed is tried again the next time. */
export async function relayOnce(brokers = env().KAFKA_BROKERS): Promise<void> {
  if (!brokers) return
  const until = Date.now() + onceMs
  await withTurn(brokers, async (send) => {
    while ((await send()) > 0 && Date.now() < until);
  })
}

/** Half of the pause is by chance, so that many do not come back at once. */
function pauseAfter(failures: number): number {
  const [first, longest] = pausesMs
  const pause = Math.min(first * 2 ** failures, longest)
  return pause / 2 + Math.random() * (pause / 2)
}

/**
 * Runs with a turn, which it gives back at the end. `send` sends one batch and tells how much was in it; the messages are
 * removed by the step after the one in which the broker took them, so that none is lost wherever this process dies.
 */
async function withTurn(
  brokers: string[],
  run: (send: () => Promise<number>) => Promise<void>,
): Promise<'done' | 'standby' | 'failed'> {
  const relay = randomUUID()
  let producer: StreamProducer | undefined
  let taken: readonly OutboxMessage[] = []
  let failure: string | null = null
  try {
    await subscribe()
    producer = await openProducer(brokers)
    const { send } = producer
    const next = async (): Promise<number> => {
      const turn = await takeTurn(
        relay,
        taken.map(({ id }) => id),
      )
      taken = []
      if (!turn.holds) throw new Standby()
      if (turn.messages.length > 0) await send(turn.messages)
      taken = turn.messages
      return taken.length
    }
    await run(next)
    if (taken.length > 0)
      await takeTurn(
        relay,
        taken.map(({ id }) => id),
      )
    return 'done'
  } catch (error) {
    if (error instanceof Standby) return 'standby'
    failure = streamFailure(error)
    log.warn('the stream does not get through', { reason: failure })
    return 'failed'
  } finally {
    await producer?.close().catch(() => {})
    await giveBack(relay, failure).catch(() => {})
  }
}

/** Another relay has its turn. */
class Standby extends Error {
  override name = 'Standby'
}
