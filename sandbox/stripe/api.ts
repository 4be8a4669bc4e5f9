import { createHash } from 'node:crypto'
import { type Context, Hono } from 'hono'

import type { FaultBox } from '#sandbox/http/faults.ts'
import type { NodeEnvironment } from '#sandbox/http/serve.ts'

import { type CheckoutDesk, checkoutWire, newCheckoutSession } from '#sandbox/stripe/checkout.ts'
import { faultBody, missing, StripeRefusal } from '#sandbox/stripe/errors.ts'
import { apiVersion } from '#sandbox/stripe/events.ts'
import { type FormFields, parseForm } from '#sandbox/stripe/form.ts'
import { listPage } from '#sandbox/stripe/list.ts'
import { newOnrampSession } from '#sandbox/stripe/onramp-create.ts'
import { onrampWire } from '#sandbox/stripe/onramp-wire.ts'
import { quotesFor } from '#sandbox/stripe/quotes.ts'
import { newId, type State } from '#sandbox/stripe/state.ts'

type ApiContext = Context<NodeEnvironment>

/** Everything under /v1, as the real SDK speaks to it. */
export function createApi(options: {
  state: State
  faults: FaultBox
  checkout: CheckoutDesk
  origin: () => string
  /** The one key that is accepted; without it, any test key. */
  secretKey?: string | undefined
}): Hono<NodeEnvironment> {
  const { state, faults, checkout, origin, secretKey } = options
  const api = new Hono<NodeEnvironment>()

  api.use(async (c, next) => {
    authenticate(c.req.header('authorization'), secretKey)
    await next()
  })
  api.use(faults.middleware((status) => answerError(new StripeRefusal(status, faultBody(status)))))

  api.post('/crypto/onramp_sessions', (c) =>
    once(c, state, (fields) => {
      const session = newOnrampSession(fields)
      state.onramp.put(session.id, session)
      return onrampWire(session, origin())
    }),
  )
  api.get('/crypto/onramp_sessions', (c) => {
    const query = queryOf(c)
    const sessions = state.onramp
      .all()
      .filter(
        (session) =>
          matches(query.status, session.status) &&
          matches(query.destination_currency, session.destinationCurrency) &&
          matches(query.destination_network, session.destinationNetwork),
      )
    const found = listPage(sessions, query, '/v1/crypto/onramp_sessions')
    return answer(c, { ...found, data: found.data.map((session) => onrampWire(session, origin())) })
  })
  api.get('/crypto/onramp_sessions/:id', (c) =>
    answer(c, onrampWire(find(state.onramp, c.req.param('id'), 'onramp session'), origin())),
  )
  api.get('/crypto/onramp/quotes', (c) => answer(c, quotesFor(queryOf(c))))

  api.post('/checkout/sessions', (c) =>
    once(c, state, (fields) => {
      const session = newCheckoutSession(fields)
      state.checkout.put(session.id, session)
      return checkoutWire(session, origin())
    }),
  )
  const findCheckout = (c: ApiContext) =>
    checkout.settle(find(state.checkout, c.req.param('id') ?? '', 'checkout.session'))
  api.get('/checkout/sessions/:id', (c) => answer(c, checkoutWire(findCheckout(c), origin())))
  api.post('/checkout/sessions/:id/expire', (c) =>
    once(c, state, () => checkoutWire(checkout.expire(findCheckout(c)), origin())),
  )

  api.get('/events', (c) => {
    const query = queryOf(c)
    const types = Array.isArray(query.types) ? query.types : query.type === undefined ? null : [query.type]
    const events = state.events.all().filter((event) => types === null || types.includes(event.type))
    return answer(c, listPage(events, query, '/v1/events'))
  })
  api.get('/events/:id', (c) => answer(c, find(state.events, c.req.param('id'), 'event')))
  api.get('/webhook_endpoints', (c) => {
    const url = state.settings.get('webhook')?.url
    const endpoint = {
      id: 'we_sandbox',
      object: 'webhook_endpoint',
      created: 0,
      enabled_events: ['*'],
      livemode: false,
    }
    const data = url ? [{ ...endpoint, api_version: null, metadata: {}, status: 'enabled', url }] : []
    return answer(c, { object: 'list', url: '/v1/webhook_endpoints', has_more: false, data })
  })
  api.get('/balance', (c) => answer(c, { object: 'balance', available: [], pending: [], livemode: false }))

  api.all('*', (c) => {
    throw new StripeRefusal(404, {
      type: 'invalid_request_error',
      message: `Unrecognized request URL (${c.req.method}: ${c.req.path}).`,
    })
  })
  api.onError((error) => {
    if (error instanceof StripeRefusal) return answerError(error)
    throw error
  })
  return api
}

/** Does the work once for each Idempotency-Key and answers the same ever after; another request with it is refused. */
async function once(c: ApiContext, state: State, work: (fields: FormFields) => { id: string }): Promise<Response> {
  const body = await c.req.text()
  const key = c.req.header('idempotency-key')
  const fingerprint = createHash('sha256').update(`${c.req.method} ${c.req.path}\n${body}`).digest('hex')
  const stored = key === undefined ? undefined : state.answers.get(key)
  if (stored && stored.fingerprint !== fingerprint) {
    throw new StripeRefusal(400, {
      type: 'idempotency_error',
      message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    })
  }
  if (stored) return answer(c, JSON.parse(stored.body), { 'idempotent-replayed': 'true' })
  return state.store.batch(() => {
    const result = work(parseForm(body))
    if (key !== undefined) state.answers.put(key, { fingerprint, body: JSON.stringify(result) })
    return answer(c, result)
  })
}

function authenticate(header: string | undefined, secretKey: string | undefined): void {
  const key = keyOf(header)
  if (secretKey === undefined ? key.startsWith('sk_test_') : key === secretKey) return
  throw new StripeRefusal(401, {
    type: 'invalid_request_error',
    message: key === '' ? 'You did not provide an API key.' : `Invalid API Key provided: ${key.slice(0, 8)}********`,
  })
}

/** Bearer, or Basic with the key as its user. */
function keyOf(header = ''): string {
  const [scheme, value = ''] = header.split(' ')
  return scheme === 'Basic' ? (Buffer.from(value, 'base64').toString().split(':')[0] ?? '') : value
}

function find<Item>(collection: { get: (id: string) => Item | undefined }, id: string, what: string): Item {
  const item = collection.get(id)
  if (item === undefined) throw missing(what, id)
  return item
}

const queryOf = (c: ApiContext) => parseForm(new URL(c.req.url).search.slice(1))
const matches = (wanted: FormFields[string] | undefined, value: string | null) =>
  wanted === undefined || wanted === value

const headers = () => ({ 'request-id': newId('req', 10), 'stripe-version': apiVersion })

function answer(c: ApiContext, body: object, more: Record<string, string> = {}): Response {
  const key = c.req.header('idempotency-key')
  return Response.json(body, {
    headers: { ...headers(), ...more, ...(key === undefined ? {} : { 'idempotency-key': key }) },
  })
}

function answerError(error: StripeRefusal): Response {
  return Response.json({ error: error.body }, { status: error.status, headers: headers() })
}
