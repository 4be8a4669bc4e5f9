import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Address, erc20Abi, parseUnits } from 'viem'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { log } from '#lib/log.ts'
import { createOnrampSession } from '#lib/onramp/create.ts'
import { CreateSessionInput } from '#lib/onramp/schema.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { reconcile } from '#lib/reconciliation/reconcile.ts'
import { receiveStripeWebhook } from '#lib/webhooks/receive.ts'
import { addGas, mintToken } from '#sandbox/chain/mint.ts'
import { startTestChain, type TestChain } from '#sandbox/chain/test-chain.ts'
import { waitFor } from '#sandbox/http/wait-for.ts'
import { type StripeStandIn, startStripe } from '#sandbox/stripe/start.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { expectSoundLedger } from '#supabase/tests/support/ledger.ts'
import { freshRates } from '#supabase/tests/support/rates.ts'
import { signed } from '#supabase/tests/support/stripe-webhook.ts'
import { startWorker, type WorkerProcess } from '#supabase/tests/support/worker.ts'

// A real Stripe stand-in that drops every webhook, a real chain, the real worker in a process of its own: whoever paid gets
// what they bought all the same, once the reconciliation has run.

const { adminSql } = await testDatabase()
const network = 'mezo-testnet'
const secret = 'whsec_tests'
const dir = mkdtempSync(join(tmpdir(), 'causeway-reconcile-'))

let chain: TestChain
let stripe: StripeStandIn
let worker: WorkerProcess

beforeAll(async () => {
  chain = await startTestChain()
  const { privateKey } = await chain.fundedAccount()
  const rpcUrl = chain.proxy.url
  const settlementKey = generatePrivateKey()
  await chain.node.setAutomine(true)
  await addGas({ rpcUrl, to: privateKeyToAddress(settlementKey), amount: parseUnits('1', 18) })
  await mintToken({ rpcUrl, asset: 'USDC', to: privateKeyToAddress(settlementKey), amount: parseUnits('1000', 6) })
  await chain.node.setIntervalMining({ interval: 1 })
  const tokens = { USDC: requireToken('USDC', network).address }
  stripe = await startStripe({ dir, port: 0, rpcUrl, tokens, settlementKey, webhookUrl: null, webhookSecret: secret })
  await call('POST', 'faults', { drop: true })
  Object.assign(process.env, {
    STRIPE_API_URL: stripe.url,
    STRIPE_NETWORKS: 'mezo-testnet=base',
    STRIPE_WEBHOOK_SECRETS: secret,
    TREASURY_NETWORK: network,
    TREASURY_PRIVATE_KEY: privateKey,
  })
  await freshRates()
  worker = await startWorker({})
})
afterAll(async () => {
  await worker.kill()
  await stripe.stop()
  await chain.stop()
  rmSync(dir, { recursive: true })
})

beforeEach(() => {
  // That webhooks are missing is said in the log, and here it is meant.
  vi.spyOn(log, 'warn').mockImplementation(() => {})
})

async function call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const response = await fetch(`${stripe.url}/sandbox/${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Record<string, unknown>
}

type Purchase = { id: string; stripeId: string; buyer: Address }

async function begin(asset: 'MUSD' | 'USDC'): Promise<Purchase> {
  const buyer = privateKeyToAddress(generatePrivateKey())
  const input = CreateSessionInput.parse({
    walletAddress: buyer,
    asset,
    network,
    sourceAmount: '25.00',
    sourceCurrency: 'USD',
  })
  const requestHash = createHash('sha256').update(buyer).digest()
  const { created } = await createOnrampSession({
    actor: { role: 'anon' },
    input,
    idempotencyKey: randomUUID(),
    requestHash,
  })
  const [row] = await adminSql`select stripe_session_id from public.onramp_sessions where id = ${created.id}`
  return { id: created.id, stripeId: row?.stripe_session_id, buyer }
}

const status = async ({ id }: Purchase): Promise<string> =>
  (await adminSql`select status from public.onramp_sessions where id = ${id}`)[0]?.status

/** Pays by card and waits until Stripe, which tells nobody, has paid out. */
async function pay(purchase: Purchase): Promise<void> {
  await call('POST', `onramp_sessions/${purchase.stripeId}/pay`, { card: '4242424242424242' })
  const headers = { authorization: `Bearer ${process.env.STRIPE_SECRET_KEY}` }
  await waitFor('the payout', async () => {
    const answer = await fetch(`${stripe.url}/v1/crypto/onramp_sessions/${purchase.stripeId}`, { headers })
    return ((await answer.json()) as { status: string }).status === 'fulfillment_complete'
  })
}

const inbox = () =>
  adminSql`select id, event_id, signature, deliveries, status from public.webhook_events order by event_id`
const now = () => ({ until: new Date(Date.now() + 60_000), spreadSeconds: 0 })

describe('when every webhook is lost', () => {
  test.each(['USDC', 'MUSD'] as const)('a purchase of %s is delivered all the same', async (asset) => {
    const purchase = await begin(asset)
    await pay(purchase)
    expect(await status(purchase)).toBe('awaiting_payment')
    expect((await call('GET', 'deliveries')).deliveries).toEqual([])

    await reconcile(now())
    await waitFor('the delivery', async () => (await status(purchase)) === 'delivered', 30_000)
    const { address } = requireToken(asset, network)
    const args = [purchase.buyer] as const
    expect(await chain.node.readContract({ address, abi: erc20Abi, functionName: 'balanceOf', args })).toBeGreaterThan(
      0n,
    )
    expect(await adminSql`select from public.receipts where session_id = ${purchase.id}`).toHaveLength(1)
    await expectSoundLedger(adminSql)
  })

  test('each event that Stripe lists is in the inbox, once, as one that was fetched and handled', async () => {
    const listed = await fetch(`${stripe.url}/v1/events?limit=100`, {
      headers: { authorization: `Bearer ${process.env.STRIPE_SECRET_KEY}` },
    })
    const events = ((await listed.json()) as { data: { id: string; data: unknown }[] }).data
    expect(events).toHaveLength(6)
    await waitFor('the inbox', async () => (await inbox()).every((row) => row.status === 'processed'))
    await reconcile(now())
    expect((await inbox()).map(({ event_id: id, signature, deliveries }) => [id, signature, deliveries])).toEqual(
      events.map(({ id }) => [id, 'fetched', 0]).sort(),
    )
  })

  test('and one comes after all: it is counted, and its own spacing contradicts nothing', async () => {
    const [row] = await inbox()
    const [before] = await adminSql`select body from public.webhook_events where id = ${row?.id}`
    const body = JSON.stringify(JSON.parse(Buffer.from(before?.body).toString()), null, 2)
    expect(await receiveStripeWebhook(signed(body, secret))).toEqual({ id: row?.id, isNew: false })
    expect((await inbox())[0]).toMatchObject({ signature: 'fetched', deliveries: 1, status: 'processed' })
    const [after] = await adminSql`select body from public.webhook_events where id = ${row?.id}`
    expect(after?.body).toEqual(before?.body)
    expect(await adminSql`select from public.audit_log where action = 'webhook.body_changed'`).toEqual([])
  })
})

describe('when one of them was delivered', () => {
  test('only the others are fetched', async () => {
    const purchase = await begin('USDC')
    await pay(purchase)
    const known = new Set((await inbox()).map(({ event_id: id }) => id))
    const listed = await fetch(`${stripe.url}/v1/events?limit=3`, {
      headers: { authorization: `Bearer ${process.env.STRIPE_SECRET_KEY}` },
    })
    const [newest] = ((await listed.json()) as { data: { id: string }[] }).data
    await receiveStripeWebhook(signed(JSON.stringify(newest, null, 2), secret))
    await reconcile(now())
    const added = (await inbox()).filter(({ event_id: id }) => !known.has(id))
    expect(added.map(({ signature }) => signature).sort()).toEqual(['current_key', 'fetched', 'fetched'])
    await waitFor('the delivery', async () => (await status(purchase)) === 'delivered', 30_000)
  })
})

describe('when Stripe does not list its events', () => {
  test('the sessions are read at Stripe all the same, and the events are fetched the next time', async () => {
    const purchase = await begin('MUSD')
    await pay(purchase)
    const before = (await inbox()).length
    await call('POST', 'faults', { status: 500, path: 'GET /v1/events', times: 1 })
    const errors = vi.spyOn(log, 'error').mockImplementation(() => {})
    await expect(reconcile(now())).rejects.toThrow('The reconciliation could not finish: events.')
    expect(errors).toHaveBeenCalledWith(
      'a step of the reconciliation failed',
      expect.objectContaining({ step: 'events' }),
    )
    await waitFor('the delivery', async () => (await status(purchase)) === 'delivered', 30_000)
    expect(await inbox()).toHaveLength(before)
    await reconcile(now())
    expect(await inbox()).toHaveLength(before + 3)
  })
})
