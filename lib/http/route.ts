import { Problem, problemResponse } from '#lib/http/problem.ts'
import { requestIdOf } from '#lib/http/request-id.ts'
import { routePattern } from '#lib/http/route-pattern.ts'
import { errorFields, log } from '#lib/log.ts'
import { withContext } from '#lib/telemetry/context.ts'

type Handler<Context> = (request: Request, context: Context) => Promise<Response>

/**
 * Wraps a route handler: a thrown Problem becomes its answer; anything else is answered as a 500 that tells nothing but the
 * request's id. Each request is one line in the log, and its id is in the answer's x-request-id.
 */
export function route<Context>(handler: Handler<Context>): Handler<Context> {
  return (request, context) => {
    const requestId = requestIdOf(request)
    return withContext({ requestId }, async () => {
      const start = performance.now()
      const { answer, fields } = await answerTo(handler, request, context, requestId)
      const line = {
        method: request.method,
        route: await routePattern(request, context),
        status: answer.status,
        ms: Math.round(performance.now() - start),
        ...fields,
      }
      if (answer.status < 500) log.info('request', line)
      else log.error('request', line)
      return withRequestId(answer, requestId)
    })
  }
}

type Answered = { answer: Response; fields?: Record<string, string> }

async function answerTo<Context>(
  handler: Handler<Context>,
  request: Request,
  context: Context,
  requestId: string,
): Promise<Answered> {
  try {
    return { answer: await handler(request, context) }
  } catch (error) {
    // What a refusal was caused by is worth a line only where we are at fault, or somebody whom we asked.
    if (error instanceof Problem) {
      const cause = error.status >= 500 && error.cause !== undefined ? errorFields(error.cause) : {}
      return { answer: problemResponse(error), fields: { code: error.code, ...cause } }
    }
    const problem = new Problem(
      500,
      'internal_error',
      'Something went wrong here',
      `Nothing was charged by this request. If it happens again, tell us this id: ${requestId}.`,
    )
    return { answer: problemResponse(problem), fields: { code: problem.code, ...errorFields(error) } }
  }
}

/** Some answers' own headers cannot be written to. */
function withRequestId(answer: Response, requestId: string): Response {
  const copy = new Response(answer.body, answer)
  copy.headers.set('x-request-id', requestId)
  return copy
}

/** A JSON answer that no cache keeps, unless the caller says otherwise. */
export function jsonResponse(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
  })
}

/** A file of CSV to be saved under that name, kept by no cache. */
export function csvResponse(csv: string, filename: string): Response {
  return new Response(csv, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${filename}"`,
      'cache-control': 'no-store',
    },
  })
}
