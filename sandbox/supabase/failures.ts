/** A refusal as Supabase Auth words it: a status, a stable code and a sentence. */
export class AuthFailure extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** A refused grant: Supabase Auth answers it in OAuth's own form, without an error code. */
export class GrantFailure extends Error {}

const NEW_FORM = '2024-01-01'

/** Answers a failure in the form the caller's X-Supabase-Api-Version asks for. Anything unforeseen is a 500 without detail. */
export function failureResponse(error: unknown, request: Request): Response {
  if (error instanceof GrantFailure) {
    return Response.json({ error: 'invalid_grant', error_description: error.message }, { status: 400, headers: open })
  }
  const { status, code, message } =
    error instanceof AuthFailure ? error : new AuthFailure(500, 'unexpected_failure', 'Internal Server Error')
  const version = request.headers.get('x-supabase-api-version') ?? ''
  return version >= NEW_FORM
    ? Response.json({ code, message }, { status, headers: { ...open, 'x-supabase-api-version': NEW_FORM } })
    : Response.json({ code: status, error_code: code, msg: message }, { status, headers: open })
}

const open = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'x-supabase-api-version' }
