import { parseArgs } from 'node:util'
import { closeConnection } from '#lib/db/connection.ts'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import { start } from '#lib/start.ts'
import { startConsumer } from '#lib/stream/consumer.ts'
import { stopTelemetry } from '#lib/telemetry/start.ts'

// Takes prices from the stream into this database until it is told to stop: npm run stream:consume -- --group <name>

start('causeway-stream')
const { values } = parseArgs({ options: { group: { type: 'string', default: 'causeway' } } })
const { KAFKA_BROKERS: brokers } = env()
if (!brokers) {
  process.stderr.write('KAFKA_BROKERS is not set, so there is no stream to read.\n')
  process.exit(1)
}
const consumption = startConsumer({ brokers, group: values.group })
log.info('the stream is read', { group: values.group })
await new Promise<void>((told) => {
  process.once('SIGTERM', told)
  process.once('SIGINT', told)
})
await consumption.stop()
await closeConnection()
await stopTelemetry()
