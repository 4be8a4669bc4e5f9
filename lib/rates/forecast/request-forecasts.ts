import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'

/** Has the forecasts of every pair made now, by an operator; audited, and once a minute at most. */
export async function requestForecasts({ actor }: { actor: Actor }): Promise<void> {
  if (actor.role !== 'authenticated') throw notFound('forecast')
  await as(actor)((sql) => sql`select app.request_rate_forecasts()`)
}
