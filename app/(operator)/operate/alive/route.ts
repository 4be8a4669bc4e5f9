import { isOperator } from '#lib/auth/operator.ts'
import { requestActor } from '#lib/auth/request-actor.ts'
import { notFound, Problem } from '#lib/http/problem.ts'
import { route } from '#lib/http/route.ts'

export const dynamic = 'force-dynamic'

/** Whether there is anything to draw the desk from: nothing to say when there is, and for an operator only. */
export const GET = route(async () => {
  const actor = await requestActor()
  const operator = await isOperator(actor).catch((cause: unknown) => {
    throw new Problem(
      503,
      'database_unavailable',
      'The database does not answer',
      'Payments in progress are safe and continue as soon as it is back.',
      { retryAfterSeconds: 5, cause },
    )
  })
  if (!operator) throw notFound('page')
  return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } })
})
