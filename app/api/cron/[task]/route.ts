import { createHash, timingSafeEqual } from 'node:crypto'
import { env } from '#lib/env.ts'
import { notFound } from '#lib/http/problem.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { drainJobs } from '#lib/jobs/drain.ts'
import { scheduleStalledWork } from '#lib/jobs/schedule-stalled-work.ts'

export const maxDuration = 300

const hash = (text: string): Buffer => createHash('sha256').update(text).digest()

/** The scheduler's door: whoever lacks its secret finds nothing here. */
export const GET = route(async (request, { params }: RouteContext<'/api/cron/[task]'>) => {
  const { task } = await params
  const secret = env().CRON_SECRET
  const given = request.headers.get('authorization') ?? ''
  if (task !== 'jobs' || !secret || !timingSafeEqual(hash(given), hash(`Bearer ${secret}`))) throw notFound('task')
  await scheduleStalledWork()
  await drainJobs()
  return jsonResponse({ status: 'ok' })
})
