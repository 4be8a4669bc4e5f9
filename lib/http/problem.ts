type Extras = { field?: string; retryAfterSeconds?: number; cause?: unknown }

/**
 * A refusal that a caller can act on (RFC 9457). `code` is stable and has an entry in docs/error-codes.md,
 * `title` is a short sentence and `detail` says what happened and what to do. Everything in it is safe to show.
 */
export class Problem extends Error {
  override name = 'Problem'
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly field: string | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(status: number, code: string, title: string, detail: string, extras: Extras = {}) {
    super(`${code}: ${detail}`, { cause: extras.cause })
    this.status = status
    this.code = code
    this.title = title
    this.detail = detail
    this.field = extras.field
    this.retryAfterSeconds = extras.retryAfterSeconds
  }

  toJSON(): Record<string, unknown> {
    return {
      type: `https://github.com/causeway-pay/causeway/blob/main/docs/error-codes.md#${this.code}`,
      title: this.title,
      status: this.status,
      detail: this.detail,
      code: this.code,
      ...(this.field === undefined ? {} : { field: this.field }),
    }
  }
}

/** A resource that is absent, or that is not the caller's: the two are told apart by nobody. */
export function notFound(noun: string): Problem {
  return new Problem(404, 'not_found', 'Not found', `There is no such ${noun}, or it is not yours to see.`)
}

/** The problem as an answer, never cached. */
export function problemResponse(problem: Problem): Response {
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
  if (problem.status === 401) headers.set('www-authenticate', 'Bearer')
  if (problem.retryAfterSeconds !== undefined) headers.set('retry-after', String(problem.retryAfterSeconds))
  return new Response(JSON.stringify(problem), { status: problem.status, headers })
}
