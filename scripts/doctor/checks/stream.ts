import { brokerOptions } from '#lib/stream/brokers.ts'
import { streamFailure } from '#lib/stream/producer.ts'
import { streamTopics, topicName } from '#lib/stream/topics.ts'
import { type Check, fail, ok, warn } from '#scripts/doctor/check.ts'

/** The brokers answer, let us in, and have the topics. Whether we may write to them shows when something is sent. */
export const stream: Check = {
  name: 'brokers',
  needs: ['KAFKA_BROKERS'],
  look: async ({ need, values }) => {
    const brokers = need('KAFKA_BROKERS')
    const topics = streamTopics.map((topic) => topicName(topic, values.KAFKA_TOPIC_PREFIX))
    const { Admin } = await import('@platformatic/kafka')
    const admin = new Admin({ ...brokerOptions(brokers, values), retries: false })
    try {
      // Asked for all it has, it makes none.
      const there = await admin.listTopics()
      const missing = topics.filter((topic) => !there.includes(topic))
      return missing.length === 0
        ? ok(`${brokers.join(', ')} answers, and has ${topics.join(' and ')}`)
        : warn(
            `has no ${missing.join(' and no ')} yet`,
            'Make the topics, or let the brokers make them when something is first sent.',
          )
    } catch (error) {
      const reason = streamFailure(error)
      return fail(
        `${brokers.join(', ')} cannot be asked (${reason})`,
        'Compare KAFKA_BROKERS, KAFKA_TLS and the user with what your cluster shows for clients.',
      )
    } finally {
      await admin.close().catch(() => {})
    }
  },
}
