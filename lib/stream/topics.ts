import { env } from '#lib/env.ts'

/** What leaves: prices as they are written, and changes of status. */
export const streamTopics = ['ticks', 'events'] as const
export type StreamTopic = (typeof streamTopics)[number]

/** A topic by its name at the brokers. */
export function topicName(topic: StreamTopic, prefix = env().KAFKA_TOPIC_PREFIX): string {
  return `${prefix}${topic}`
}
