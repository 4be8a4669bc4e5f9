type FailureDetails = { status: number; code: string; title: string; detail: string; field?: string | undefined }

/**
 * An answer that was no success, in words that can be shown. `status` 0 means that no answer came: what was asked may or
 * may not have happened.
 */
export class ApiFailure extends Error {
  override name = 'ApiFailure'
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly field: string | undefined

  constructor(details: FailureDetails) {
    super(details.detail)
    this.status = details.status
    this.code = details.code
    this.title = details.title
    this.detail = details.detail
    this.field = details.field
  }

  /** Whether the request may have been carried out although no clear answer came. */
  get unclear(): boolean {
    return this.status === 0 || this.status >= 500 || this.code === 'idempotency_in_progress'
  }
}

/** Calls the API and gives the response with its JSON. Throws ApiFailure, or the AbortError of a call that was given up. */
export async function call<Body>(path: string, init: RequestInit = {}): Promise<{ body: Body; response: Response }> {
  let response: Response
  try {
    response = await fetch(path, { ...init, headers: { accept: 'application/json', ...init.headers } })
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new ApiFailure({
      status: 0,
      code: 'unreachable',
      title: 'No connection',
      detail: 'Causeway could not be reached. Check your connection.',
    })
  }
  if (!response.ok && response.status !== 304) throw await failureFrom(response)
  const empty = response.status === 204 || response.status === 304
  return { body: (empty ? undefined : await response.json()) as Body, response }
}

/** A refused request, in the words of its problem. */
export async function failureFrom(response: Response): Promise<ApiFailure> {
  const problem = (await response.json().catch(() => ({}))) as Partial<FailureDetails>
  return new ApiFailure({
    status: response.status,
    code: problem.code ?? 'unreadable_answer',
    title: problem.title ?? 'Something went wrong on our side',
    detail: problem.detail ?? 'The answer could not be read. Trying again is safe.',
    field: problem.field,
  })
}

/** Any thrown value as a failure that can be shown. */
export function asFailure(error: unknown): ApiFailure {
  if (error instanceof ApiFailure) return error
  return new ApiFailure({
    status: 0,
    code: 'unexpected',
    title: 'Something went wrong in this page',
    detail: 'Reload the page and try again.',
  })
}
