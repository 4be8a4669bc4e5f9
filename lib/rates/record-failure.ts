import { as } from '#lib/db/as.ts'
import { log } from '#lib/log.ts'

/** Keeps that a source failed, and until when it wants to be left alone, if it said so. */
export async function recordFailure(source: string, failure: string, retryAt: Date | undefined): Promise<void> {
  log.warn('a source of prices failed', { source, failure, retryAt: retryAt?.toISOString() })
  await as({ role: 'worker' })((sql) => sql`select app.record_rate_failure(${source}, ${failure}, ${retryAt ?? null})`)
}
