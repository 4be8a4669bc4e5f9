import { env } from '#lib/env.ts'
import { brokerOptions } from '#lib/stream/brokers.ts'
import type { OutboxMessage } from '#lib/stream/outbox.ts'
import { topicName } from '#lib/stream/topics.ts'

export type StreamProducer = {
  /** Resolves once every replica in step has all of them, and throws else. Then some may have been taken all the same. */
  send: (messages: readonly OutboxMessage[]) => Promise<void>
  /** Cuts every connection: what was not sent by now never will be. */
  close: () => Promise<void>
}

/** A turn lasts for thirty seconds; well before its end nothing is on its way any more. */
const deadlineMs = 20_000

/** Connects when it first sends. Loaded where it is needed only: most installations have no brokers. */
export async function openProducer(brokers: string[]): Promise<StreamProducer> {
  const { Producer, stringSerializers } = await import('@platformatic/kafka')
  const producer = new Producer({
    ...brokerOptions(brokers),
    serializers: stringSerializers,
    acks: -1,
    autocreateTopics: true,
    retries: 1,
    retryDelay: 500,
  })
  return {
    send: async (messages) => {
      const late = Promise.withResolvers<never>()
      const timer = setTimeout(() => late.reject(new Error('PLT_KFK_TIMEOUT')), deadlineMs)
      try {
        await Promise.race([producer.send({ messages: messages.map(toRecord) }), late.promise])
      } finally {
        clearTimeout(timer)
      }
    },
    close: async () => producer.close(true),
  }
}

/** As the Kafka binding of CloudEvents 1.0 has it, in binary mode: what it is about stands in the headers, and the value is the data. */
function toRecord({ topic, key, eventId, type, at, body }: OutboxMessage) {
  return {
    topic: topicName(topic),
    key,
    value: body,
    headers: {
      ce_specversion: '1.0',
      ce_id: eventId,
      ce_source: env().APP_URL,
      ce_type: type,
      ce_time: at,
      'content-type': 'application/json',
    },
  }
}

/** What may be stored of a failure: the client's or the system's code, as sentences name hosts. */
export function streamFailure(error: unknown): string {
  const codes = [...codesOf(error)].filter((code) => /^[A-Z][A-Z0-9_]{2,60}$/.test(code))
  return [...new Set(codes)].slice(0, 3).join(' ') || 'UNKNOWN'
}

/** The client wraps errors into errors; the innermost say most. */
function* codesOf(error: unknown): Generator<string> {
  if (!(error instanceof Error)) return
  if (error instanceof AggregateError) for (const each of error.errors) yield* codesOf(each)
  yield* codesOf(error.cause)
  if ('apiId' in error) yield String(error.apiId)
  if ('code' in error) yield String(error.code)
  yield error.message
}
