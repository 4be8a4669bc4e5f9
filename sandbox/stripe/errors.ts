type Body = { type: string; message: string; code?: string; param?: string; decline_code?: string }

/** An answer of refusal in Stripe's form. */
export class StripeRefusal extends Error {
  override name = 'StripeRefusal'
  readonly status: number
  readonly body: Body

  constructor(status: number, body: Body) {
    super(body.message)
    this.status = status
    this.body = body
  }
}

export const invalid = (message: string, param?: string, code?: string) =>
  new StripeRefusal(400, {
    type: 'invalid_request_error',
    message,
    ...(param === undefined ? {} : { param }),
    ...(code === undefined ? {} : { code }),
  })

export const unknownParameter = (param: string) =>
  invalid(`Received unknown parameter: ${param}`, param, 'parameter_unknown')

export const missing = (what: string, id: string) =>
  new StripeRefusal(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${what}: '${id}'`,
    param: 'id',
  })

/** What Stripe answers when it is itself in trouble, or is made to look so by a fault. */
export function faultBody(status: number): Body {
  if (status === 429) return { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many requests.' }
  if (status >= 500) return { type: 'api_error', message: 'An unknown error occurred.' }
  return { type: 'invalid_request_error', message: `The sandbox was told to answer ${status}.` }
}
