import { runOnce } from 'graphile-worker'
import { env } from '#lib/env.ts'
import { jobLogger } from '#lib/jobs/logger.ts'
import { taskList } from '#lib/jobs/tasks.ts'

/** Works off every job that is due now and returns. For places without a long-lived worker, such as Vercel. */
export async function drainJobs(): Promise<void> {
  await runOnce({ connectionString: env().DATABASE_URL, concurrency: 4, logger: jobLogger, taskList })
}
