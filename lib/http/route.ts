import { Problem, problemResponse } from '#lib/http/problem.ts'
import { errorText, log } from '#lib/log.ts'

/**
 * Wraps a route handler: a thrown Problem becomes its answer; anything else is logged under a request id and answered
 * as a 500 that tells nothing but the id.
 */
export function route<Context>(
  handler: (request: Request, context: Context) => Promise<Response>,
): (request: Request, context: Context) => Promise<Response> {
  return async (request, context) => {
    try {
      return await handler(request, context)
    } catch (error) {
      if (error instanceof Problem) return problemResponse(error)
      const requestId = crypto.randomUUID()
      log.error('request failed', {
        requestId,
        method: request.method,
        path: new URL(request.url).pathname,
        error: errorText(error),
      })
      return problemResponse(
        new Problem(
          500,
          'internal_error',
          'Something went wrong here',
          `Nothing was charged by this request. If it happens again, tell us this id: ${requestId}.`,
        ),
      )
    }
  }
}

/** A JSON answer that no cache keeps, unless the caller says otherwise. */
export function jsonResponse(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
  })
}
