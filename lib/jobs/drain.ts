import { runOnce } from 'graphile-worker'
import { env } from '#lib/env.ts'
import { jobLogger } from '#lib/jobs/logger.ts'
import { taskList } from '#lib/jobs/tasks.ts'

/** Works off every job that is due now and returns. */
export async function drainJobs(): Promise<void> {
  await runOnce({ connectionString: env().DATABASE_URL, concurrency: 4, logger: jobLogger, taskList })
}

/** On Vercel nobody else works the queue: a request drains it after its answer. Elsewhere the worker has it already. */
export async function drainWithoutWorker(): Promise<void> {
  if (env().VERCEL) await drainJobs()
}
