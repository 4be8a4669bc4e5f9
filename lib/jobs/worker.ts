import { parseCronItems, run } from 'graphile-worker'
import { closeConnection } from '#lib/db/connection.ts'
import { env } from '#lib/env.ts'
import { jobLogger } from '#lib/jobs/logger.ts'
import { taskList } from '#lib/jobs/tasks.ts'
import { log } from '#lib/log.ts'
import { checkOffers } from '#lib/onramp/check-offers.ts'

/** The long-lived worker: checks every token it may move on chain first, and then works the queue until it is told to stop. */
await checkOffers()
const runner = await run({
  connectionString: env().DATABASE_URL,
  concurrency: 8,
  pollInterval: 1000,
  noHandleSignals: false,
  logger: jobLogger,
  taskList,
  parsedCronItems: parseCronItems([
    { task: 'schedule_stalled_work', match: '* * * * *', options: { backfillPeriod: 0 } },
  ]),
})
log.info('worker is ready')
await runner.promise
await closeConnection()
