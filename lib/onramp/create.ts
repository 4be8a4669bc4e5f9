import { createHash, randomBytes } from 'node:crypto'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { env } from '#lib/env.ts'
import { Problem } from '#lib/http/problem.ts'
import { seal, unseal } from '#lib/http/sealed.ts'
import { parseAmount } from '#lib/money/amount.ts'
import { currencies } from '#lib/money/currencies.ts'
import { requireOffer } from '#lib/onramp/offers.ts'
import { quoteOnramp } from '#lib/onramp/quote.ts'
import { readQuoteId } from '#lib/onramp/quote-id.ts'
import { CreatedSession, type CreateSessionInput, Quote } from '#lib/onramp/schema.ts'
import { readTermsInDatabase } from '#lib/onramp/terms-in-database.ts'
import { requireTreasury } from '#lib/onramp/treasury.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { outcomeOf, refusalOf } from '#lib/rails/stripe/errors.ts'
import {
  createOnrampSession as createStripeSession,
  type StripeOnrampSession,
} from '#lib/rails/stripe/onramp-sessions.ts'
import { note } from '#lib/telemetry/context.ts'

type CreateOnrampSession = {
  actor: Actor
  input: CreateSessionInput
  idempotencyKey: string
  requestHash: Buffer
  /** The buyer's own address where the platform vouches for it; Stripe checks its geography. */
  customerIp?: string | undefined
}

const purpose = 'idempotent-answer'

/**
 * Begins a purchase: our row first, then Stripe's session under a key made of that row's id, then the answer, sealed beside
 * the idempotency key. Each step can be repeated: a request that died is continued by its repetition.
 * Throws Problems: quote_expired, quote_mismatch, rate_stale, price_off_market, idempotency_*, stripe_refused, stripe_unavailable.
 */
export async function createOnrampSession(
  request: CreateOnrampSession,
): Promise<{ created: CreatedSession; replayed: boolean }> {
  const { actor, input } = request
  // Before anybody else is asked anything: what was answered once is answered again, also while Stripe is away.
  const kept = await readAnswer(request)
  if (kept) return { created: kept, replayed: true }
  const offer = requireOffer(input.asset, input.network)
  const settlementAddress = offer.delivery === 'treasury' ? (await requireTreasury()).address : input.walletAddress
  if (offer.delivery === 'treasury' && settlementAddress === input.walletAddress) {
    throw new Problem(
      422,
      'invalid_address',
      'This address is ours',
      'That is the address of our treasury. Enter the address of your own wallet.',
      { field: 'walletAddress' },
    )
  }
  const quote =
    input.quoteId === undefined
      ? await quoteOnramp({ input, readTerms: readTermsInDatabase })
      : await agreedQuote(input, input.quoteId)
  const secret = randomBytes(32).toString('base64url')
  const secretHash = createHash('sha256').update(secret).digest()

  const [row] = await as(actor)(
    (sql) => sql`select * from app.create_onramp_session(
      ${request.idempotencyKey}, ${request.requestHash}, ${secretHash},
      ${input.asset}, ${input.network}, ${input.walletAddress.toLowerCase()},
      ${input.sourceCurrency}, ${String(input.sourceAmountMinor)}, ${minorUnits(quote.totalAmount, quote)},
      ${baseUnits(quote)}, ${sql.json(quote)}, ${quote.expiresAt},
      ${offer.delivery}, ${offer.feeBasisPoints}, ${offer.settlementNetwork}, ${settlementAddress.toLowerCase()})`,
  )
  if (!row) throw new Error('create_onramp_session returned no row')
  note({ sessionId: row.session_id ?? undefined })
  if (row.response_body) return { created: openAnswer(row.response_body), replayed: true }

  const id: string = row.session_id
  const stripe = await openAtStripe(request, id, settlementAddress, offer.stripeNetwork)
  if (!stripe.redirectUrl) throw new Error(`Stripe session ${stripe.id} has no address to pay at`)
  const created: CreatedSession = {
    id,
    secret,
    status: 'awaiting_payment',
    quote: Quote.parse(row.quote),
    checkoutUrl: stripe.redirectUrl,
    clientSecret: stripe.clientSecret,
    statusUrl: `${env().APP_URL}/pay/${id}#${secret}`,
    expiresAt: new Date(Date.now() + 24 * 3600 * 1000).toISOString(),
  }
  await as({ role: 'worker' })(
    (sql) =>
      sql`select app.open_onramp_checkout(${id}, ${stripe.id}, ${stripe.redirectUrl}, 201, ${seal(purpose, JSON.stringify(created))}, ${secretHash})`,
  )
  return { created, replayed: false }
}

/** The answer that was kept for this very request; undefined where it has yet to be done. */
async function readAnswer({
  actor,
  idempotencyKey,
  requestHash,
}: CreateOnrampSession): Promise<CreatedSession | undefined> {
  const [row] = await as(actor)(
    (sql) => sql`select app.read_onramp_answer(${idempotencyKey}, ${requestHash}) as sealed`,
  )
  return row?.sealed ? openAnswer(row.sealed) : undefined
}

function openAnswer(sealed: Uint8Array): CreatedSession {
  return CreatedSession.parse(JSON.parse(unseal(purpose, sealed)))
}

/** The quote the buyer agreed to, if it is ours and for this very purchase. */
async function agreedQuote(input: CreateSessionInput, quoteId: string): Promise<Quote> {
  const quote = await readQuoteId(quoteId)
  const same =
    quote.asset === input.asset &&
    quote.network === input.network &&
    quote.sourceCurrency === input.sourceCurrency &&
    parseAmount(quote.sourceAmount, currencies[quote.sourceCurrency].decimals) === input.sourceAmountMinor
  if (same) return quote
  throw new Problem(
    422,
    'quote_mismatch',
    'The quote is for another purchase',
    'Its asset, network, amount or currency differ from the request. Ask for a new quote.',
    { field: 'quoteId' },
  )
}

async function openAtStripe(
  { input, customerIp }: CreateOnrampSession,
  id: string,
  walletAddress: string,
  stripeNetwork: Parameters<typeof createStripeSession>[0]['stripeNetwork'],
): Promise<StripeOnrampSession> {
  try {
    return await createStripeSession({
      idempotencyKey: `causeway-onramp-${id}`,
      walletAddress,
      stripeNetwork,
      sourceAmount: input.sourceAmount,
      sourceCurrency: input.sourceCurrency,
      customerIp,
      metadata: { causeway_session_id: id, return_url: `${env().APP_URL}/pay/${id}` },
    })
  } catch (error) {
    await as({ role: 'worker' })((sql) => sql`select app.release_idempotency_key(${id})`)
    if (outcomeOf(error) === 'refused') {
      const { code, detail } = refusalOf(error)
      throw new Problem(
        422,
        'stripe_refused',
        'Stripe does not take this purchase',
        `${detail} (${code}) Nothing was charged.`,
        { cause: error },
      )
    }
    throw new Problem(
      503,
      'stripe_unavailable',
      'Stripe does not answer',
      'Nothing was charged. Send the same request with the same Idempotency-Key again.',
      { retryAfterSeconds: 3, cause: error },
    )
  }
}

function minorUnits(amount: string, { sourceCurrency }: Quote): string {
  return String(parseAmount(amount, currencies[sourceCurrency].decimals))
}

function baseUnits({ destinationAmount, asset, network }: Quote): string {
  return String(parseAmount(destinationAmount, requireToken(asset, network).decimals))
}
