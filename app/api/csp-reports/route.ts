import { readBody } from '#lib/http/body.ts'
import { clientIp } from '#lib/http/client-ip.ts'
import { readCspReports } from '#lib/http/csp/report.ts'
import { limitRateHere } from '#lib/http/rate-limit/limit-rate-here.ts'
import { route } from '#lib/http/route.ts'
import { log } from '#lib/log.ts'

const maxBytes = 16_384

/** How many lines a minute a process writes for all the world: anyone may report, and a log is not theirs to fill. */
const linesPerMinute = 60
let minute = 0
let lines = 0

/** Takes browsers' reports of what a page's policy stopped. Each becomes one line in the log, and is kept nowhere else. */
export const POST = route(async (request) => {
  // Counted here: a write to the database for every report would make each one cost more than it is worth.
  await limitRateHere('reports', clientIp(request))
  const reports = readCspReports(await readBody(request, maxBytes))
  const now = Math.floor(Date.now() / 60_000)
  if (now !== minute) {
    minute = now
    lines = 0
  }
  for (const report of reports) {
    if (++lines > linesPerMinute) break
    log.warn('a page’s policy stopped something', report)
  }
  return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } })
})
