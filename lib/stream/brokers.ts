import { areLoopback, type Environment, env } from '#lib/env.ts'

/** How long one request to a broker may take, and reaching it. A batch may take several; lib/stream/producer.ts bounds it. */
const timeouts = { connectTimeout: 5_000, requestTimeout: 10_000, timeout: 10_000 }

/** Whether anything leaves at all. */
export function hasStream(): boolean {
  return env().KAFKA_BROKERS !== undefined
}

/** How the brokers are reached. Encrypted, unless they are on this machine or the configuration says that they cannot. */
export function brokerOptions(brokers: string[], settings: Partial<Environment> = env()) {
  const { KAFKA_TLS, KAFKA_CA: ca, KAFKA_SASL_MECHANISM: mechanism = 'SCRAM-SHA-512' } = settings
  const { KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = settings
  const plain = KAFKA_TLS === 'off' || areLoopback(brokers)
  return {
    clientId: 'causeway',
    bootstrapBrokers: brokers,
    ...timeouts,
    ...(plain ? {} : { tls: ca === undefined ? {} : { ca }, tlsServerName: true }),
    ...(username === undefined || password === undefined ? {} : { sasl: { mechanism, username, password } }),
  }
}
