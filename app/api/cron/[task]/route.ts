import { createHash, timingSafeEqual } from 'node:crypto'
import { env } from '#lib/env.ts'
import { notFound } from '#lib/http/problem.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { drainJobs } from '#lib/jobs/drain.ts'
import { scheduleStalledWork } from '#lib/jobs/schedule-stalled-work.ts'
import { reconcile } from '#lib/reconciliation/reconcile.ts'

export const maxDuration = 300

const hash = (text: string): Buffer => createHash('sha256').update(text).digest()

/** By the name in the address. Each leaves jobs behind, which are worked off before the answer. */
const tasks = new Map<string, () => Promise<void>>([
  ['jobs', scheduleStalledWork],
  ['reconcile', () => reconcile()],
])

/** The scheduler's door: whoever lacks its secret finds nothing here. */
export const GET = route(async (request, { params }: RouteContext<'/api/cron/[task]'>) => {
  const { task } = await params
  const secret = env().CRON_SECRET
  const given = request.headers.get('authorization') ?? ''
  const run = tasks.get(task)
  if (!run || !secret || !timingSafeEqual(hash(given), hash(`Bearer ${secret}`))) throw notFound('task')
  try {
    await run()
  } finally {
    await drainJobs()
  }
  return jsonResponse({ status: 'ok' })
})
