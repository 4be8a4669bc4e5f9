import { runOnce } from 'graphile-worker'
import { databaseUrl } from '#lib/db/url.ts'
import { env } from '#lib/env.ts'
import { jobLogger } from '#lib/jobs/logger.ts'
import { observed } from '#lib/jobs/observed.ts'
import { taskList } from '#lib/jobs/tasks.ts'

/** Works off every job that is due now and returns. Pooler-safe, as it runs where requests do: no named prepares. */
export async function drainJobs(): Promise<void> {
  await runOnce({
    connectionString: databaseUrl(),
    concurrency: 4,
    noPreparedStatements: true,
    logger: jobLogger,
    taskList: observed(taskList),
  })
}

/** On Vercel nobody else works the queue: a request drains it after its answer. Elsewhere the worker has it already. */
export async function drainWithoutWorker(): Promise<void> {
  if (env().VERCEL) await drainJobs()
}
