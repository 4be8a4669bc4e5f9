import type { Job, Task, TaskList } from 'graphile-worker'
import { z } from 'zod'
import { errorFields, errorText, log } from '#lib/log.ts'
import { originOf } from '#lib/telemetry/cause.ts'
import { withContext } from '#lib/telemetry/context.ts'
import { withSpan } from '#lib/telemetry/span.ts'

const id = z.uuid().optional().catch(undefined)
const Ids = z.object({ sessionId: id, transferId: id, intentId: id, walletId: id, webhookEventId: id }).catch({})

/** The same tasks, each run of which is a span under what queued it and one line in the log, with the ids of its payload. */
export function observed(tasks: TaskList): TaskList {
  return Object.fromEntries(
    Object.entries(tasks).flatMap(([name, task]) => (task ? [[name, observedTask(name, task)]] : [])),
  )
}

function observedTask(task: string, run: Task): Task {
  return (payload, helpers) => {
    const { job } = helpers
    const { parent, links, atHand, requestId } = originOf(payload)
    const about = { requestId, jobId: job.id, task, attempt: job.attempts, ...Ids.parse(payload) }
    return withContext(
      about,
      () =>
        withSpan(`job ${task}`, { kind: 'job', parent, links }, () =>
          logged(job, async () => await run(payload, helpers)),
        ),
      atHand,
    )
  }
}

async function logged<Result>(job: Job, run: () => Promise<Result>): Promise<Result> {
  const start = performance.now()
  const ms = (): number => Math.round(performance.now() - start)
  try {
    const result = await run()
    log.info('job', { outcome: 'done', ms: ms() })
    return result
  } catch (error) {
    log.error('job', { outcome: 'failed', ms: ms(), attempts: job.max_attempts, ...errorFields(error) })
    // The queue keeps what a job failed with, and operators read it there.
    throw new Error(errorText(error), { cause: error })
  }
}
