import { expect, test } from 'vitest'
import { parseEnvironment } from '#lib/env.ts'
import { brokerOptions } from '#lib/stream/brokers.ts'

const settings = (more: Record<string, string>) => parseEnvironment({ ...process.env, ...more })
const remote = ['kafka-1.test:9093']

test('brokers elsewhere are encrypted and have to prove their names, with whatever authority is given', () => {
  expect(brokerOptions(remote, settings({}))).toMatchObject({ bootstrapBrokers: remote, tls: {}, tlsServerName: true })
  const ca = '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----'
  expect(brokerOptions(remote, settings({ KAFKA_CA: ca.replaceAll('\n', '\\n') }))).toMatchObject({ tls: { ca } })
})

test.each([
  ['on this machine', ['127.0.0.1:9092', 'localhost:9093', '[::1]:9094'], {}],
  ['of a private network that is said to be one', remote, { KAFKA_TLS: 'off' }],
])('brokers %s are not', (_, brokers, more) => {
  expect(brokerOptions(brokers, settings(more))).not.toHaveProperty('tls')
})

test('one broker elsewhere is enough to encrypt', () => {
  expect(brokerOptions(['127.0.0.1:9092', ...remote], settings({}))).toHaveProperty('tls')
})

test('we sign in where we have a user, as the cluster asks', () => {
  expect(brokerOptions(remote, settings({}))).not.toHaveProperty('sasl')
  const user = { KAFKA_SASL_USERNAME: 'causeway', KAFKA_SASL_PASSWORD: 'secret' }
  expect(brokerOptions(remote, settings(user))).toMatchObject({
    sasl: { mechanism: 'SCRAM-SHA-512', username: 'causeway', password: 'secret' },
  })
  expect(brokerOptions(remote, settings({ ...user, KAFKA_SASL_MECHANISM: 'PLAIN' }))).toMatchObject({
    sasl: { mechanism: 'PLAIN' },
  })
})
