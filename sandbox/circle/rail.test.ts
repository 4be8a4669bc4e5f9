import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Address, createPublicClient, erc20Abi, http } from 'viem'
import { afterAll, describe, expect, test } from 'vitest'
import { circle as circleClient } from '#lib/rails/circle/client.ts'
import { outcomeOf, refusalOf, retryAfterOf } from '#lib/rails/circle/errors.ts'
import { circleRail } from '#lib/rails/circle/rail.ts'
import { createTransfer, estimateFee, findTransactionByRef, getTransaction } from '#lib/rails/circle/transfers.ts'
import { createWallet, createWalletSet } from '#lib/rails/circle/wallets.ts'
import { startChain } from '#sandbox/chain/chain.ts'
import { startCircle } from '#sandbox/circle/start.ts'
import { waitFor } from '#sandbox/http/wait-for.ts'

// The rail as the app uses it, over Circle's own SDK, before the stand-in and its faults.

const dir = mkdtempSync(join(tmpdir(), 'causeway-circle-rail-'))
const apiKey = 'TEST_API_KEY:rail:secret'
const entitySecret = 'cd'.repeat(32)
const chain = await startChain({ dir: join(dir, 'chain') })
const circle = await startCircle({
  dir: join(dir, 'circle'),
  port: 0,
  rpcUrl: chain.rpcUrl,
  tokens: chain.tokens,
  fundingKey: chain.accounts.circle.privateKey,
  apiKey,
  entitySecret,
  webhookUrl: null,
})
Object.assign(process.env, {
  CIRCLE_API_KEY: apiKey,
  CIRCLE_ENTITY_SECRET: entitySecret,
  CIRCLE_API_URL: circle.url,
  CIRCLE_NETWORKS: 'mezo-testnet=BASE-SEPOLIA',
  CIRCLE_SCREENING: 'on',
})
afterAll(async () => {
  await circle.stop()
  await chain.stop()
  rmSync(dir, { recursive: true, force: true })
})

const faults = (input: object) =>
  fetch(`${circle.url}/sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  })
const rpc = createPublicClient({ transport: http(chain.rpcUrl) })
const merchant = '0x00000000000000000000000000000000000c0ffe'
const balanceOf = (owner: Address) =>
  rpc.readContract({ address: chain.tokens.USDC, abi: erc20Abi, functionName: 'balanceOf', args: [owner] })
const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => expect.fail('it was accepted'),
    (error: unknown) => error,
  )

async function fundedWallet() {
  const set = await createWalletSet({ idempotencyKey: randomUUID(), name: 'Alice' })
  const wallet = await createWallet({
    idempotencyKey: randomUUID(),
    walletSetId: set.id,
    network: 'mezo-testnet',
    name: 'Ada',
    refId: randomUUID(),
  })
  await circleClient().requestTestnetTokens({ address: wallet.address, blockchain: 'BASE-SEPOLIA', usdc: true })
  return wallet
}
const wallet = await fundedWallet()

const order = (change: Partial<Parameters<typeof createTransfer>[0]> = {}) => ({
  idempotencyKey: randomUUID(),
  refId: randomUUID(),
  from: wallet.address,
  network: 'mezo-testnet' as const,
  asset: 'USDC' as const,
  to: merchant as Address,
  amount: 1_250_000n,
  ...change,
})
const since = new Date(Date.now() - 60_000)
const stateOf = async (id: string) => (await getTransaction(id))?.state
const ended = (id: string, state: string) => waitFor(state, async () => (await stateOf(id)) === state)

describe('wallets', () => {
  test('the same key finds the same set and the same wallet', async () => {
    const setKey = randomUUID()
    const set = await createWalletSet({ idempotencyKey: setKey, name: 'Bob' })
    expect(await createWalletSet({ idempotencyKey: setKey, name: 'Bob' })).toEqual(set)
    const input = {
      idempotencyKey: randomUUID(),
      walletSetId: set.id,
      network: 'mezo-testnet' as const,
      name: 'Bob’s agent',
      refId: randomUUID(),
    }
    const made = await createWallet(input)
    expect(await createWallet(input)).toEqual(made)
    expect(made.address).toMatch(/^0x[0-9a-fA-F]{40}$/)
  })

  test('on a network where agents have none, nothing is asked of Circle', async () => {
    const input = { idempotencyKey: randomUUID(), walletSetId: randomUUID(), name: 'x', refId: 'x' }
    expect(outcomeOf(await errorOf(createWallet({ ...input, network: 'ethereum' })))).toBe('unavailable')
  })
})

describe('transfers', () => {
  test('one is made, found by our reference, complete, and exactly there on the chain', async () => {
    const before = await balanceOf(merchant)
    const input = order()
    const fee = await estimateFee(input)
    expect(fee).toEqual({ amount: expect.stringMatching(/^0\.0\d+$/), currency: 'BTC' })
    const { id } = await createTransfer(input)
    await ended(id, 'COMPLETE')
    const complete = await getTransaction(id)
    expect(complete).toMatchObject({ id, state: 'COMPLETE', to: expect.stringMatching(/c0ffe$/i), amount: '1.25' })
    expect(complete).toMatchObject({ refId: input.refId, circleWalletId: wallet.id, errorReason: null })
    expect(await findTransactionByRef({ circleWalletId: wallet.id, refId: input.refId, since })).toEqual(complete)
    expect((await balanceOf(merchant)) - before).toBe(1_250_000n)
  })

  test('what Circle does not know is null', async () => {
    expect(await getTransaction(randomUUID())).toBeNull()
    expect(await findTransactionByRef({ circleWalletId: wallet.id, refId: randomUUID(), since })).toBeNull()
  })

  test('an answer that is lost after Circle took it is unclear; asked again it is the same one transfer', async () => {
    const before = await balanceOf(merchant)
    const input = order()
    await faults({ status: 0, path: 'POST /v1/w3s/developer/transactions' })
    expect(outcomeOf(await errorOf(createTransfer(input)))).toBe('unclear')
    const found = await findTransactionByRef({ circleWalletId: wallet.id, refId: input.refId, since })
    const again = await createTransfer(input)
    expect(again.id).toBe(found?.id)
    await ended(again.id, 'COMPLETE')
    expect((await balanceOf(merchant)) - before).toBe(1_250_000n)
  })

  test('the key of another transfer is unclear, and moves nothing more', async () => {
    const input = order()
    const { id } = await createTransfer(input)
    expect(outcomeOf(await errorOf(createTransfer({ ...input, amount: 2_000_000n })))).toBe('unclear')
    await ended(id, 'COMPLETE')
  })

  test.each([
    ['DENIED', 'DENIED'],
    ['FAILED', 'FAILED'],
    ['STUCK', null],
  ])('Circle says %s, and why', async (state, errorReason) => {
    await faults({ transactionState: state })
    const { id } = await createTransfer(order())
    await ended(id, state)
    expect(await getTransaction(id)).toMatchObject({ state, errorReason, hash: null })
  })

  test('too many requests is unavailable, and says when to come again', async () => {
    await faults({ status: 429, path: 'POST /v1/w3s/developer/transactions' })
    const error = await errorOf(createTransfer(order()))
    expect([outcomeOf(error), retryAfterOf(error)]).toEqual(['unavailable', 1])
  })

  test('more than the wallet holds is refused, in a sentence', async () => {
    const error = await errorOf(createTransfer(order({ amount: 1_000_000_000n })))
    expect(outcomeOf(error)).toBe('refused')
    expect(refusalOf(error).detail).toBe('The wallet does not hold enough for this payment.')
  })

  test('a recipient that the screening refuses is not paid, and Circle is not asked to', async () => {
    const sanctioned = '0x0000000000000000000000000000000000009999'
    const input = order({ to: sanctioned })
    const error = await errorOf(createTransfer(input))
    expect([outcomeOf(error), refusalOf(error).code]).toEqual(['refused', 'screening'])
    expect(await findTransactionByRef({ circleWalletId: wallet.id, refId: input.refId, since })).toBeNull()
  })

  test('while the screening does not answer, nobody is paid', async () => {
    const input = order()
    await faults({ status: 503, path: 'POST /v1/w3s/compliance' })
    expect(outcomeOf(await errorOf(createTransfer(input)))).toBe('unavailable')
    expect(await findTransactionByRef({ circleWalletId: wallet.id, refId: input.refId, since })).toBeNull()
  })
})

test('it is well', async () => {
  expect(await circleRail.health()).toEqual({ ok: true, detail: 'Circle accepts this key' })
})
