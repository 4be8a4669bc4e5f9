import { as } from '#lib/db/as.ts'
import { closeConnection } from '#lib/db/connection.ts'
import { log } from '#lib/log.ts'
import { start } from '#lib/start.ts'

// Ends the stream: nothing is written down to be sent on any more, and what waits is dropped. Unset KAFKA_BROKERS first.

start('causeway-stream')
const [row] = await as({ role: 'worker' })((sql) => sql`select app.end_stream() as dropped`)
log.info('the stream has ended', { dropped: Number(row?.dropped) })
await closeConnection()
