import { as } from '#lib/db/as.ts'
import { deepHealth } from '#lib/health/deep-health.ts'
import { Problem } from '#lib/http/problem.ts'
import { jsonResponse, route } from '#lib/http/route.ts'

export const dynamic = 'force-dynamic'

/**
 * Healthy means that the app runs and reaches its database under a role of its own. With `?deep=1` every part is looked at,
 * at most once in ten seconds: 503 when nobody can buy or nothing moves.
 */
export const GET = route(async (request) => {
  if (new URL(request.url).searchParams.get('deep') === '1') {
    const report = await deepHealth()
    return jsonResponse(report, report.status === 'down' ? 503 : 200)
  }
  try {
    await as({ role: 'anon' })((sql) => sql`select 1`)
  } catch (cause) {
    throw new Problem(
      503,
      'database_unavailable',
      'The database does not answer',
      'Payments in progress are safe and continue as soon as it is back.',
      { retryAfterSeconds: 5, cause },
    )
  }
  return jsonResponse({ status: 'ok', at: new Date().toISOString() })
})
