import { run } from 'graphile-worker'
import { closeConnection } from '#lib/db/connection.ts'
import { databaseUrl } from '#lib/db/url.ts'
import { signOfLife } from '#lib/jobs/alive.ts'
import { crontab } from '#lib/jobs/crontab.ts'
import { jobLogger } from '#lib/jobs/logger.ts'
import { observed } from '#lib/jobs/observed.ts'
import { scheduleStalledWork } from '#lib/jobs/schedule-stalled-work.ts'
import { taskList } from '#lib/jobs/tasks.ts'
import { log } from '#lib/log.ts'
import { checkOffers } from '#lib/onramp/check-offers.ts'
import { start } from '#lib/start.ts'
import { startRelay } from '#lib/stream/relay.ts'
import { stopTelemetry } from '#lib/telemetry/start.ts'

/**
 * The long-lived worker: checks its configuration and every token it may move on chain first, and then works the queue until it
 * is told to stop.
 */
start('causeway-worker')
await checkOffers()
// What a worker that was killed had begun goes on now, and not at the next full minute.
await scheduleStalledWork()
const alive = signOfLife()
const runner = await run({
  connectionString: databaseUrl(),
  concurrency: 8,
  pollInterval: 1000,
  noHandleSignals: false,
  logger: jobLogger,
  events: alive.events,
  taskList: observed(taskList),
  parsedCronItems: crontab,
})
const relay = startRelay()
log.info('worker is ready')
await runner.promise
await relay?.stop()
await alive.stop()
await closeConnection()
await stopTelemetry()
