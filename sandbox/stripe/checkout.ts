import { type CardOutcome, chargeCard } from '#sandbox/stripe/cards.ts'
import { invalid } from '#sandbox/stripe/errors.ts'
import type { Emit } from '#sandbox/stripe/events.ts'
import type { FormFields, FormValue } from '#sandbox/stripe/form.ts'
import { type CheckoutSession, newId, nowInSeconds, type State } from '#sandbox/stripe/state.ts'

/** POST /v1/checkout/sessions: one-time payments by `price_data` lines. */
export function newCheckoutSession(fields: FormFields): CheckoutSession {
  if (fields.mode !== 'payment') throw invalid('The sandbox knows mode payment only.', 'mode')
  const lines = list(fields.line_items).map((line, index) => readLine(line, `line_items[${index}]`))
  const [first] = lines
  if (!first) throw invalid('Missing required param: line_items.', 'line_items', 'parameter_missing')
  if (lines.some((line) => line.currency !== first.currency)) {
    throw invalid('All line items must have the same currency.', 'line_items')
  }
  const uiMode = text(fields.ui_mode) ?? 'hosted_page'
  const successUrl = text(fields.success_url)
  if (uiMode === 'hosted_page' && !successUrl) {
    throw invalid('Missing required param: success_url.', 'success_url', 'parameter_missing')
  }
  const created = nowInSeconds()
  const expiresAt = fields.expires_at === undefined ? created + 86_400 : Number(fields.expires_at)
  if (!(expiresAt >= created + 1800 - 5 && expiresAt <= created + 86_400 + 5)) {
    throw invalid('The `expires_at` timestamp must be between 30 minutes and 24 hours from now.', 'expires_at')
  }
  const paymentData = fields.payment_intent_data
  return {
    id: newId('cs_test_a1', 24),
    pageHash: newId('p', 24).slice(2),
    created,
    expiresAt,
    status: 'open',
    paymentStatus: 'unpaid',
    amountTotal: lines.reduce((sum, line) => sum + line.amount * line.quantity, 0),
    currency: first.currency,
    lines: lines.map(({ name, quantity, amount }) => ({ name, quantity, amount })),
    successUrl,
    cancelUrl: text(fields.cancel_url),
    returnUrl: text(fields.return_url),
    uiMode,
    clientReferenceId: text(fields.client_reference_id),
    customerEmail: text(fields.customer_email),
    metadata: strings(fields.metadata),
    paymentMetadata: isHash(paymentData) ? strings(paymentData.metadata) : {},
    paymentIntent: null,
  }
}

export function checkoutWire(session: CheckoutSession, origin: string) {
  return {
    id: session.id,
    object: 'checkout.session' as const,
    amount_subtotal: session.amountTotal,
    amount_total: session.amountTotal,
    cancel_url: session.cancelUrl,
    client_reference_id: session.clientReferenceId,
    client_secret: session.uiMode === 'hosted_page' ? null : `${session.id}_secret_${session.pageHash}`,
    created: session.created,
    currency: session.currency,
    customer: null,
    customer_details: session.customerEmail === null ? null : { email: session.customerEmail },
    customer_email: session.customerEmail,
    expires_at: session.expiresAt,
    livemode: false,
    metadata: session.metadata,
    mode: 'payment',
    payment_intent: session.paymentIntent,
    payment_method_types: ['card'],
    payment_status: session.paymentStatus,
    return_url: session.returnUrl,
    status: session.status,
    success_url: session.successUrl,
    ui_mode: session.uiMode,
    url:
      session.status === 'open' && session.uiMode === 'hosted_page' ? `${origin}/checkout/${session.pageHash}` : null,
  }
}

export type CheckoutDesk = {
  pay: (session: CheckoutSession, card: string) => { session: CheckoutSession; outcome: CardOutcome }
  expire: (session: CheckoutSession) => CheckoutSession
  /** The session as it is now: one past its hour is expired first. */
  settle: (session: CheckoutSession) => CheckoutSession
}

/** Moves Checkout sessions, each move with Stripe's own events. */
export function createCheckoutDesk({
  state,
  emit,
  origin,
}: {
  state: State
  emit: Emit
  origin: () => string
}): CheckoutDesk {
  const move = (session: CheckoutSession, type: string) => {
    state.checkout.put(session.id, session)
    emit({ type, object: checkoutWire(session, origin()) })
    return session
  }
  const expire = (session: CheckoutSession) => {
    if (session.status !== 'open') {
      throw invalid(`Only Checkout Sessions with a status in ["open"] can be expired. This one is ${session.status}.`)
    }
    return state.store.batch(() => move({ ...session, status: 'expired' }, 'checkout.session.expired'))
  }
  const settle = (session: CheckoutSession) =>
    session.status === 'open' && session.expiresAt <= nowInSeconds() ? expire(session) : session

  return {
    expire,
    settle,
    pay: (given, card) => {
      const session = settle(given)
      if (session.status !== 'open') throw invalid(`This session is ${session.status} and takes no payment.`, 'id')
      const charged = chargeCard(card)
      const outcome: CardOutcome =
        charged.kind === 'rejected'
          ? { kind: 'declined', code: 'card_declined', declineCode: 'fraudulent', message: 'Your card was declined.' }
          : charged
      if (outcome.kind === 'declined') return { session, outcome }
      const paymentIntent = newId('pi_3', 16)
      const paid = state.store.batch(() => {
        emit({ type: 'payment_intent.succeeded', object: paymentIntentWire(paymentIntent, session) })
        const complete = { ...session, status: 'complete' as const, paymentStatus: 'paid' as const, paymentIntent }
        return move(complete, 'checkout.session.completed')
      })
      return { session: paid, outcome }
    },
  }
}

const paymentIntentWire = (id: string, session: CheckoutSession) => ({
  id,
  object: 'payment_intent',
  amount: session.amountTotal,
  amount_received: session.amountTotal,
  created: nowInSeconds(),
  currency: session.currency,
  livemode: false,
  metadata: session.paymentMetadata,
  status: 'succeeded',
})

function readLine(line: FormValue, name: string) {
  const price = isHash(line) ? line.price_data : undefined
  const product = isHash(price) ? price.product_data : undefined
  const amount = isHash(price) ? Number(price.unit_amount) : Number.NaN
  const quantity = isHash(line) ? Number(line.quantity ?? 1) : Number.NaN
  const currency = isHash(price) ? text(price.currency) : null
  if (!Number.isInteger(amount) || amount < 0) throw invalid('Invalid integer', `${name}[price_data][unit_amount]`)
  if (!Number.isInteger(quantity) || quantity < 1) throw invalid('Invalid integer', `${name}[quantity]`)
  if (!currency)
    throw invalid('Missing required param: currency.', `${name}[price_data][currency]`, 'parameter_missing')
  return { name: (isHash(product) ? text(product.name) : null) ?? 'Item', quantity, amount, currency }
}

const isHash = (value: FormValue | undefined): value is FormFields => typeof value === 'object' && !Array.isArray(value)
const list = (value: FormValue | undefined): FormValue[] => (Array.isArray(value) ? value : [])
const text = (value: FormValue | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null)
const strings = (value: FormValue | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(isHash(value) ? value : {}).map(([key, entry]) => [key, String(entry)]))
