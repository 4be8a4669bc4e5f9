import { createHash, timingSafeEqual } from 'node:crypto'
import { reviewAlerts } from '#lib/alerts/review-alerts.ts'
import { env } from '#lib/env.ts'
import { checkHealth } from '#lib/health/check-health.ts'
import { notFound } from '#lib/http/problem.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { drainJobs } from '#lib/jobs/drain.ts'
import { scheduleStalledWork } from '#lib/jobs/schedule-stalled-work.ts'
import { scheduleRateAlerts } from '#lib/rates/alerts/schedule.ts'
import { backfillRates } from '#lib/rates/backfill.ts'
import { readRates } from '#lib/rates/feed.ts'
import { forecastRates } from '#lib/rates/forecast/forecast-rates.ts'
import { reconcile } from '#lib/reconciliation/reconcile.ts'
import { loadSanctions } from '#lib/sanctions/load.ts'
import { relayOnce } from '#lib/stream/relay.ts'
import { scheduleWatches } from '#lib/watched-transfers/schedule.ts'

export const maxDuration = 300

const hash = (text: string): Buffer => createHash('sha256').update(text).digest()

/** By the name in the address. Each leaves jobs behind, which are worked off before the answer. */
const tasks = new Map<string, readonly (() => Promise<void>)[]>([
  ['jobs', [scheduleStalledWork, scheduleWatches, scheduleRateAlerts, checkHealth, reviewAlerts, relayOnce]],
  ['reconcile', [() => reconcile()]],
  ['sanctions', [() => loadSanctions()]],
  ['rates', [async () => void (await readRates())]],
  ['rate-history', [async () => void (await backfillRates())]],
  ['rate-forecasts', [async () => void (await forecastRates())]],
])

/** One after the other; each runs where another failed. */
async function runAll(steps: readonly (() => Promise<void>)[]): Promise<void> {
  const errors: unknown[] = []
  for (const step of steps) await step().catch((error: unknown) => errors.push(error))
  if (errors.length > 0) throw errors[0]
}

/** The scheduler's door: whoever lacks its secret finds nothing here. */
export const GET = route(async (request, { params }: RouteContext<'/api/cron/[task]'>) => {
  const { task } = await params
  const secret = env().CRON_SECRET
  const given = request.headers.get('authorization') ?? ''
  const steps = tasks.get(task)
  if (!steps || !secret || !timingSafeEqual(hash(given), hash(`Bearer ${secret}`))) throw notFound('task')
  try {
    await runAll(steps)
  } finally {
    await drainJobs()
  }
  return jsonResponse({ status: 'ok' })
})
