import { type Context, Hono } from 'hono'

import type { NodeEnvironment } from '#sandbox/http/serve.ts'

import { type CardForm, readCardForm } from '#sandbox/stripe/card-form.ts'
import type { CardOutcome } from '#sandbox/stripe/cards.ts'
import type { CheckoutDesk } from '#sandbox/stripe/checkout.ts'
import type { OnrampDesk } from '#sandbox/stripe/onramp-pay.ts'
import { payoutOf } from '#sandbox/stripe/onramp-wire.ts'
import { type PageView, renderPage } from '#sandbox/stripe/page.ts'
import { cents } from '#sandbox/stripe/rates.ts'
import type { CheckoutSession, OnrampSession, State } from '#sandbox/stripe/state.ts'

type Attempt = Pick<PageView, 'errors' | 'refusal' | 'values'>

const noAttempt: Attempt = { errors: {}, refusal: null, values: {} }

/** The pages that a person pays on: /onramp/:hash and /checkout/:hash. */
export function createPages(options: {
  state: State
  onramp: OnrampDesk
  checkout: CheckoutDesk
}): Hono<NodeEnvironment> {
  const { state, onramp, checkout } = options
  const pages = new Hono<NodeEnvironment>()
  pages.use(async (c, next) => {
    await next()
    c.header('cache-control', 'no-store')
    c.header('referrer-policy', 'no-referrer')
  })

  const onrampOf = (c: Context) => state.onramp.all().find(({ pageHash }) => pageHash === c.req.param('hash'))
  pages.get('/onramp/:hash', (c) => {
    const session = onrampOf(c)
    return session ? c.html(renderPage(onrampView(onramp.open(session), noAttempt))) : c.notFound()
  })
  pages.post('/onramp/:hash', async (c) => {
    const session = onrampOf(c)
    if (!session) return c.notFound()
    if (session.status !== 'initialized' && session.status !== 'requires_payment') return c.redirect(c.req.url, 303)
    const form = readCardForm(new URLSearchParams(await c.req.text()), new Date())
    if (Object.keys(form.errors).length > 0) {
      return c.html(renderPage(onrampView(onramp.open(session), { ...form, refusal: null })))
    }
    const paid = onramp.pay(session, form.values.number ?? '')
    if (paid.outcome.kind === 'declined')
      return c.html(renderPage(onrampView(paid.session, declined(form, paid.outcome))))
    const back = webAddress(session.metadata.return_url)
    return c.redirect(paid.outcome.kind === 'paid' && back ? back : c.req.url, 303)
  })

  const checkoutOf = (c: Context) => {
    const session = state.checkout.all().find(({ pageHash }) => pageHash === c.req.param('hash'))
    return session && checkout.settle(session)
  }
  pages.get('/checkout/:hash', (c) => {
    const session = checkoutOf(c)
    return session ? c.html(renderPage(checkoutView(session, noAttempt))) : c.notFound()
  })
  pages.post('/checkout/:hash', async (c) => {
    const session = checkoutOf(c)
    if (!session) return c.notFound()
    if (session.status !== 'open') return c.redirect(c.req.url, 303)
    const form = readCardForm(new URLSearchParams(await c.req.text()), new Date())
    if (Object.keys(form.errors).length > 0) {
      return c.html(renderPage(checkoutView(session, { ...form, refusal: null })))
    }
    const paid = checkout.pay(session, form.values.number ?? '')
    if (paid.outcome.kind === 'declined') return c.html(renderPage(checkoutView(session, declined(form, paid.outcome))))
    return c.redirect(successUrl(session) ?? c.req.url, 303)
  })
  return pages
}

function onrampView(session: OnrampSession, attempt: Attempt): PageView {
  const { purchase } = session
  const payout = payoutOf(session)
  const currency = session.sourceCurrency ?? 'usd'
  const arriving = `${purchase?.destinationAmount ?? '0.00'} USDC`
  const states = {
    initialized: ['open', ''],
    requires_payment: ['open', ''],
    fulfillment_processing: ['processing', `The card was charged. ${arriving} is being sent on the local chain now.`],
    fulfillment_complete: ['complete', `${arriving} has been sent: transaction ${session.transactionId ?? ''}.`],
    rejected: ['rejected', 'The identity check refused this purchase. The card was not charged.'],
  } as const
  const [state, sentence] = states[session.status]
  return {
    title: `Buy ${arriving}`,
    total: money(purchase?.totalAmount ?? '0.00', currency),
    lines: [
      { label: 'USDC purchase', value: money(session.sourceAmount ?? '0.00', currency) },
      { label: 'Processing fee', value: money(purchase?.processingFee ?? '0.00', currency) },
      { label: 'Network fee', value: money(purchase?.networkFee ?? '0.00', currency) },
      { label: 'You pay', value: money(purchase?.totalAmount ?? '0.00', currency), sum: true },
      { label: 'Arrives', value: arriving },
      ...(payout
        ? [
            {
              label: 'Where',
              value: `${payout.address.slice(0, 6)}…${payout.address.slice(-4)}`,
              full: payout.address,
            },
            { label: 'On', value: `${payout.network[0]?.toUpperCase()}${payout.network.slice(1)} (local chain)` },
          ]
        : []),
    ],
    backUrl: webAddress(session.metadata.return_url),
    state,
    sentence,
    ...attempt,
  }
}

function checkoutView(session: CheckoutSession, attempt: Attempt): PageView {
  const amount = (minor: number) => money(cents(BigInt(minor)), session.currency)
  const states = {
    open: ['open', ''],
    complete: ['complete', 'The payment is complete.'],
    expired: ['expired', 'Nothing was charged. Start again from the shop.'],
  } as const
  const [state, sentence] = states[session.status]
  const lines = session.lines.map(({ name, quantity, amount: each }) => ({
    label: quantity === 1 ? name : `${name} × ${quantity}`,
    value: amount(each * quantity),
  }))
  return {
    title: session.lines.length === 1 ? (session.lines[0]?.name ?? '') : 'Your order',
    total: amount(session.amountTotal),
    lines: [...lines, { label: 'You pay', value: amount(session.amountTotal), sum: true }],
    backUrl: session.status === 'complete' ? successUrl(session) : webAddress(session.cancelUrl),
    state,
    sentence,
    ...attempt,
  }
}

function declined({ values }: CardForm, outcome: CardOutcome & { kind: 'declined' }): Attempt {
  return { values, errors: {}, refusal: `${outcome.message} Nothing was charged. You can try another card.` }
}

const successUrl = (session: CheckoutSession) =>
  webAddress(session.successUrl?.replace('{CHECKOUT_SESSION_ID}', session.id) ?? session.returnUrl)

/** Only an address of the web is a link on this page. */
function webAddress(text: string | null | undefined): string | null {
  return text && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : null
}

/** `1234.50` in `usd` → `$1,234.50`, from the text, never through a float. */
function money(amount: string, currency: string): string {
  const [whole = '0', fraction = '00'] = amount.split('.')
  const sign = { usd: '$', eur: '€' }[currency] ?? `${currency.toUpperCase()} `
  return `${sign}${BigInt(whole).toLocaleString('en-US')}.${fraction}`
}
