import { as } from '#lib/db/as.ts'
import { env } from '#lib/env.ts'
import { lookAt, type Part, type Status } from '#lib/health/part.ts'

/** A worker's clock ticks each minute; past two and a half it has stopped. */
const silentSeconds = 150
const lateSeconds = 120
const stuckSeconds = 300

/** Whether somebody works the queue, how much waits in it and for how long, and what was given up. */
export async function lookAtQueue(): Promise<Part> {
  return await lookAt('queue', async () => {
    const [row] = await as({ role: 'worker' })((sql) => sql`select * from app.measure_queue()`)
    const { waiting, failed, lag_seconds: lagSeconds, workers, silent_seconds: silent } = row ?? {}
    // On Vercel the scheduler works the queue, and shows no other sign of life than that nothing is late.
    const worked = Boolean(env().VERCEL) || workers > 0 || (silent !== null && silent < silentSeconds)
    const [status, summary] = judge({ waiting, failed, lagSeconds, worked })
    return { status, summary, detail: { waiting, failed, lagSeconds, workers } }
  })
}

type Queue = { waiting: number; failed: number; lagSeconds: number; worked: boolean }

function judge({ waiting, failed, lagSeconds, worked }: Queue): [Status, string] {
  const late = waiting === 0 ? 'no job is due' : `${waiting} jobs are due, the oldest for ${lagSeconds} s`
  if (!worked) return ['down', `No worker is alive; ${late}`]
  if (lagSeconds > stuckSeconds) return ['down', late]
  if (lagSeconds > lateSeconds) return ['degraded', late]
  if (failed > 0) return ['degraded', `${failed} jobs were given up`]
  return ['ok', late]
}
