import { as } from '#lib/db/as.ts'
import { lookAt, type Part } from '#lib/health/part.ts'

/** A round trip takes milliseconds where the app and its database are in one region. */
const slowMs = 1_000

/** Whether the database answers a role of ours, and how fast. */
export async function lookAtDatabase(): Promise<Part> {
  return await lookAt('database', async () => {
    const since = performance.now()
    await as({ role: 'worker' })((sql) => sql`select 1`)
    const milliseconds = Math.round(performance.now() - since)
    return milliseconds > slowMs
      ? { status: 'degraded', summary: `A round trip takes ${milliseconds} ms`, detail: {} }
      : { status: 'ok', summary: `A round trip takes ${milliseconds} ms`, detail: {} }
  })
}
