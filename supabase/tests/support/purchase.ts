import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { freshRates } from '#supabase/tests/support/rates.ts'

// Steps of a purchase, each as the role that takes it in the app. Between them a test looks, or does something else first.

/** Where the buyer wants it. */
export const wallet = `0x${'a1'.repeat(20)}`
/** Where Stripe pays what the treasury then delivers. */
export const treasury = `0x${'7e'.repeat(20)}`
/** Where Stripe pays from. */
export const stripeAddress = `0x${'57'.repeat(20)}`

/** What Stripe delivers for 25 dollars, in USDC's base units; and what of it the treasury delivers, in MUSD's, less 0.5 %. */
export const usdc = 25_000_000n
export const musd = 24_875_000_000_000_000_000n

/** Blocks a transfer needs here; any number would do. */
export const required = 3

export type Session = { id: string; secret: string; asset: 'USDC' | 'MUSD'; stripeId: string }

const worker = as({ role: 'worker' })

/** A hash for the name: the same name, the same hash. */
export const hashOf = (name: string): string => `0x${createHash('sha256').update(name).digest('hex')}`

export const sha256 = (value: string): Buffer => createHash('sha256').update(value).digest()

export type Begin = {
  actor?: Actor
  asset?: 'USDC' | 'MUSD'
  idempotencyKey?: string
  requestHash?: Buffer
  secret?: string
  quoteExpiresAt?: Date
  /** Where it is to arrive; `wallet` unless said otherwise. */
  to?: string
}

/** What the buyer was shown, by the prices of now. */
export async function quoteOf(asset: 'USDC' | 'MUSD', quoteExpiresAt?: Date) {
  const own = asset === 'MUSD'
  await freshRates()
  const [row] = await as({ role: 'anon' })(
    (sql) => sql`select public.onramp_terms(${asset}, 'USD', '2500', ${String(usdc)},
      ${own ? 'treasury' : 'stripe'}, ${own ? 50 : 0}) as terms`,
  )
  return {
    id: 'quote_of_a_test',
    sourceAmount: '25.00',
    sourceCurrency: 'USD',
    fees: [{ kind: 'processing', amount: '1.10', currency: 'USD' }],
    totalAmount: '26.10',
    destinationAmount: own ? '24.875' : '25.00',
    asset,
    network: own ? 'mezo-testnet' : 'base',
    chain: own ? 'eip155:31611' : 'eip155:8453',
    rate: row?.terms.rate,
    expiresAt: quoteExpiresAt?.toISOString() ?? row?.terms.expiresAt,
  }
}

/** The answer of app.create_onramp_session, as the route gets it. */
export async function createSession(options: Begin = {}): Promise<postgres.Row | undefined> {
  const { actor = { role: 'anon' }, asset = 'USDC', secret = randomBytes(32).toString('base64url') } = options
  const own = asset === 'MUSD'
  const quote = await quoteOf(asset, options.quoteExpiresAt)
  const to = options.to?.toLowerCase() ?? wallet
  const [row] = await as(actor)(
    (sql) => sql`select * from app.create_onramp_session(
      ${options.idempotencyKey ?? randomUUID()}, ${options.requestHash ?? sha256('a body')}, ${sha256(secret)},
      ${asset}, ${own ? 'mezo-testnet' : 'base'}, ${to}, 'USD', 2500, 2610,
      ${String(own ? musd : usdc)}, ${sql.json(quote)},
      ${quote.expiresAt}, ${own ? 'treasury' : 'stripe'}, ${own ? 50 : 0}, 'base', ${own ? treasury : to})`,
  )
  return row
}

/** A new session in `created`. */
export async function begin(options: Begin = {}): Promise<Session> {
  const secret = options.secret ?? randomBytes(32).toString('base64url')
  const row = await createSession({ ...options, secret })
  if (!row) throw new Error('No session was made.')
  return { id: row.session_id, secret, asset: options.asset ?? 'USDC', stripeId: `cos_${row.session_id}` }
}

/** Stripe has a session to pay with: ours waits for the payment. */
export async function openCheckout({ id, stripeId }: Session): Promise<void> {
  await worker((sql) => sql`select app.open_onramp_checkout(${id}, ${stripeId}, 'https://stripe.test/pay', null, null)`)
}

/** What Stripe says of its session when it is asked. Resolves to our status. */
export async function stripeSays(session: Session, status: string, hash: string | null = null): Promise<string> {
  const [row] = await worker(
    (sql) =>
      sql`select app.record_stripe_session(${session.id}, ${session.stripeId}, ${status}, ${hash}, ${required}) as status`,
  )
  return row?.status
}

/** A session that the card has paid for: the payout's hash is known, and it is watched. */
export async function pay(options: Begin = {}): Promise<Session> {
  const session = await begin(options)
  await openCheckout(session)
  await stripeSays(session, 'fulfillment_complete', hashOf(session.id))
  return session
}

/** The session's row, as the worker reads it. */
export async function read({ id }: { id: string }): Promise<postgres.Row> {
  const [row] = await worker((sql) => sql`select * from public.onramp_sessions where id = ${id}`)
  if (!row) throw new Error(`There is no session ${id}.`)
  return row
}

/** The session's newest transfer of that kind. */
export async function transferOf(
  { id }: { id: string },
  kind: 'stripe_payout' | 'treasury_delivery',
): Promise<postgres.Row> {
  const [row] = await worker(
    (sql) =>
      sql`select * from public.transfers where session_id = ${id} and kind = ${kind} order by created_at desc limit 1`,
  )
  if (!row) throw new Error(`Session ${id} has no ${kind}.`)
  return row
}

/** A MUSD purchase whose USDC has arrived at the treasury. */
export async function fund(options: Begin = {}): Promise<Session> {
  const session = await pay({ ...options, asset: 'MUSD' })
  await bury((await transferOf(session, 'stripe_payout')).id, { amount: usdc, from: stripeAddress })
  return session
}

export type Look = {
  state?: string
  from?: string
  amount?: bigint
  logIndex?: number
  block?: number
  blockHash?: string
  head?: number
}

/** One look at the chain: at block 100 with one confirmation unless said otherwise. Resolves to the transfer's status. */
export async function look(transferId: string, seen: Look = {}): Promise<string> {
  const { state = 'included', block = 100 } = seen
  const mined = ['included', 'reverted', 'mismatch'].includes(state)
  const log = state === 'included'
  const [row] = await worker(
    (sql) => sql`select app.record_transfer_observation(${transferId}, ${state},
      ${log ? (seen.from ?? stripeAddress) : null}, ${log ? String(seen.amount ?? usdc) : null}, ${log ? (seen.logIndex ?? 0) : null},
      ${mined ? block : null}, ${mined ? (seen.blockHash ?? hashOf(`block ${block}`)) : null}, ${mined ? (seen.head ?? block) : null}) as status`,
  )
  return row?.status
}

/** The chain has it, buried as deep as is required. */
export const bury = (transferId: string, seen: Look = {}): Promise<string> =>
  look(transferId, { ...seen, head: (seen.block ?? 100) + required - 1 })

/** The treasury's MUSD as read at a block. */
export async function treasuryHolds(amount: bigint, block: number): Promise<void> {
  await worker(
    (sql) => sql`select app.record_treasury_balance('mezo-testnet', 'MUSD', ${treasury}, ${String(amount)}, ${block})`,
  )
}

/** Begins the treasury's delivery. Resolves to our status. */
export async function deliver({ id }: { id: string }, chainNonce = 0): Promise<string> {
  const [row] = await worker(
    (sql) => sql`select app.start_onramp_delivery(${id}, ${treasury}, ${chainNonce}, ${required}) as status`,
  )
  return row?.status
}

/** Stores signed bytes. Resolves to the bytes that are to be broadcast. */
export async function sign(transferId: string, bytes = `signed ${transferId}`): Promise<string> {
  const [row] = await worker(
    (sql) => sql`select app.record_signed_transfer(${transferId}, ${hashOf(bytes)}, ${Buffer.from(bytes)}) as raw`,
  )
  return Buffer.from(row?.raw).toString()
}

export async function recordBroadcast(
  transferId: string,
  outcome: string,
  reason: string | null = null,
): Promise<void> {
  await worker((sql) => sql`select app.record_broadcast(${transferId}, ${outcome}, ${reason})`)
}

/** A MUSD purchase whose delivery is on its way: signed, sent, not yet in a block. Resolves to the delivery's id. */
export async function send(session: Session): Promise<string> {
  await deliver(session)
  const { id } = await transferOf(session, 'treasury_delivery')
  await sign(id)
  await recordBroadcast(id, 'accepted')
  return id
}

/** One look under one of its hashes: at block 100, so deep. Resolves to the transfer's status. */
export async function seenAs(transferId: string, state: string, hash: string, deep = required): Promise<string> {
  const moved = state === 'included'
  const [row] = await worker(
    (
      sql,
    ) => sql`select app.record_transfer_observation(${transferId}, ${state}, ${moved ? treasury : null}, ${moved ? String(musd) : null},
      ${moved ? 0 : null}, 100, ${hashOf(`block of ${hash}`)}, ${100 + deep - 1}, ${hash}) as status`,
  )
  return row?.status
}
