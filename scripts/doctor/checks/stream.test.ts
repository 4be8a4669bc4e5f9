import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openProducer } from '#lib/stream/producer.ts'
import { freePort } from '#sandbox/ports.ts'
import { stream } from '#scripts/doctor/checks/stream.ts'
import { examine } from '#scripts/doctor/diagnose.ts'
import { admit } from '#scripts/doctor/patient.ts'
import { type Broker, startBroker } from '#supabase/tests/support/kafka.ts'

// Looked at on a real cluster of librdkafka's, and nothing is sent.

let broker: Broker
beforeAll(async () => {
  broker = await startBroker()
})
afterAll(() => broker.stop())

const look = async (variables: Record<string, string>) => (await examine(stream, admit(variables)))[0]

describe('the brokers', () => {
  test('whose topics are not there yet are a warning', async () => {
    expect(await look({ KAFKA_BROKERS: broker.address })).toEqual({
      state: 'warn',
      seen: 'has no causeway.ticks and no causeway.events yet',
      step: 'Make the topics, or let the brokers make them when something is first sent.',
    })
  })

  test('that answer and have the topics are well', async () => {
    const producer = await openProducer([broker.address])
    const message = { id: '1', key: 'k', eventId: 'e', type: 't', at: new Date().toISOString(), body: '{}' }
    await producer.send([
      { ...message, topic: 'ticks' },
      { ...message, topic: 'events' },
    ])
    await producer.close()
    expect(await look({ KAFKA_BROKERS: broker.address })).toEqual({
      state: 'ok',
      seen: `${broker.address} answers, and has causeway.ticks and causeway.events`,
    })
  })

  test('where nobody listens are a fault, and no password is told', async () => {
    const address = `127.0.0.1:${await freePort()}`
    const verdict = await look({
      KAFKA_BROKERS: address,
      KAFKA_SASL_USERNAME: 'causeway',
      KAFKA_SASL_PASSWORD: 'a-secret-password',
    })
    expect(verdict).toMatchObject({
      state: 'fail',
      seen: expect.stringContaining(`${address} cannot be asked (ECONNREFUSED`),
    })
    expect(JSON.stringify(verdict)).not.toContain('a-secret')
  })
})
