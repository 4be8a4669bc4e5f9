import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Message, MessagesStream } from '@platformatic/kafka'
import { errorText, log } from '#lib/log.ts'
import { brokerOptions } from '#lib/stream/brokers.ts'
import { streamFailure } from '#lib/stream/producer.ts'
import { recordTicks } from '#lib/stream/record-ticks.ts'
import { topicName } from '#lib/stream/topics.ts'

export type Consumption = { stop: () => Promise<void> }

const mostAtOnce = 500
/** Whoever is not heard of for so long has left its group, and others take over its share. */
const membership = { sessionTimeout: 10_000, rebalanceTimeout: 10_000, heartbeatInterval: 3_000 }
/** Between two attempts, with brokers or a database that are away. */
const pauseMs = 2_000

/**
 * Takes prices from the stream into this database, for as long as this process lives. Members of one group share the work; every
 * database needs a group of its own. Where the group stands moves only after the prices are committed here.
 */
export function startConsumer({ brokers, group }: { brokers: string[]; group: string }): Consumption {
  const ending = new AbortController()
  const { signal } = ending
  const pause = (): Promise<void> => sleep(pauseMs, undefined, { signal }).catch(() => {})
  const ended = (async () => {
    while (!signal.aborted) {
      await consume({ brokers, group, signal, pause }).catch((error: unknown) => {
        if (!signal.aborted) log.warn('the stream cannot be read', { reason: streamFailure(error) })
      })
      await pause()
    }
  })()
  return {
    stop: async () => {
      ending.abort()
      await ended
    },
  }
}

type Consuming = { brokers: string[]; group: string; signal: AbortSignal; pause: () => Promise<void> }

async function consume({ brokers, group, signal, pause }: Consuming): Promise<void> {
  const { Consumer } = await import('@platformatic/kafka')
  const consumer = new Consumer({
    ...brokerOptions(brokers),
    ...membership,
    groupId: group,
    autocommit: false,
    maxWaitTime: 1_000,
  })
  try {
    const stream = await consumer.consume({
      topics: [topicName('ticks')],
      mode: 'committed',
      fallbackMode: 'earliest',
      highWaterMark: mostAtOnce,
    })
    for await (const batch of batches(stream, signal)) {
      await written(batch, signal, pause)
      if (signal.aborted) return
      await Promise.all(lastOfEach(batch).map((message) => message.commit()))
    }
  } finally {
    await consumer.close(true)
  }
}

/** Whatever has arrived, at most so much at once. Throws what the stream fails with. */
async function* batches(
  stream: MessagesStream<Buffer, Buffer, Buffer, Buffer>,
  signal: AbortSignal,
): AsyncGenerator<Message[]> {
  const over = new AbortController()
  stream.once('close', () => over.abort())
  while (!signal.aborted && !stream.destroyed) {
    const batch: Message[] = []
    while (batch.length < mostAtOnce) {
      const message: Message | null = stream.read()
      if (message === null) break
      batch.push(message)
    }
    if (batch.length > 0) yield batch
    else await once(stream, 'readable', { signal: AbortSignal.any([signal, over.signal]) })
  }
}

/** A database that is away is waited for: nothing is passed over, and the place in the topic stays. */
async function written(batch: Message[], signal: AbortSignal, pause: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    try {
      const { written, known, refused } = await recordTicks(batch)
      log.info('prices came by the stream', { written, known, refused })
      return
    } catch (error) {
      log.warn('prices of the stream could not be written', { error: errorText(error) })
      await pause()
    }
  }
}

/** The last message of each partition: the group's place is behind it. */
function lastOfEach(batch: readonly Message[]): Message[] {
  return [...new Map(batch.map((message) => [`${message.topic}/${message.partition}`, message])).values()]
}
