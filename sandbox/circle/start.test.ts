import { createPublicKey, verify } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type CircleDeveloperControlledWalletsClient,
  initiateDeveloperControlledWalletsClient,
} from '@circle-fin/developer-controlled-wallets'
import { createPublicClient, erc20Abi, http, isAddress } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Chain, startChain } from '#sandbox/chain/chain.ts'
import { type CircleStandIn, startCircle } from '#sandbox/circle/start.ts'
import { waitFor } from '#sandbox/http/wait-for.ts'
import { startInbox } from '#sandbox/http/webhook-inbox.ts'

const apiKey = 'TEST_API_KEY:sandbox:secret'
const entitySecret = 'ab'.repeat(32)
const merchant = '0x00000000000000000000000000000000000c0ffe'
const dir = mkdtempSync(join(tmpdir(), 'causeway-circle-'))

let chain: Chain
let circle: CircleStandIn
let inbox: Awaited<ReturnType<typeof startInbox>>
let client: CircleDeveloperControlledWalletsClient

const start = () =>
  startCircle({
    dir: join(dir, 'circle'),
    port: 0,
    rpcUrl: chain.rpcUrl,
    tokens: chain.tokens,
    fundingKey: chain.accounts.circle.privateKey,
    apiKey,
    entitySecret,
    webhookUrl: inbox.url,
    retryMs: [20],
    holdMs: 100,
  })
const connect = (secret = entitySecret) =>
  initiateDeveloperControlledWalletsClient({ apiKey, entitySecret: secret, baseUrl: circle.url })

beforeAll(async () => {
  chain = await startChain({ dir: join(dir, 'chain') })
  inbox = await startInbox()
  circle = await start()
  client = connect()
}, 60_000)
afterAll(async () => {
  await circle.stop()
  await inbox.stop()
  await chain.stop()
  rmSync(dir, { recursive: true, force: true })
})

const post = async (path: string, body: unknown) => {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
  const response = await fetch(`${circle.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: response.status, text: await response.text() }
}
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'accepted',
    (error: { code?: unknown }) => error.code,
  )

async function fundedWallet() {
  const set = await client.createWalletSet({ name: 'Agents' })
  const walletSetId = set.data?.walletSet?.id ?? ''
  const made = await client.createWallets({ walletSetId, blockchains: ['BASE-SEPOLIA'], count: 1 })
  const wallet = made.data?.wallets?.[0]
  if (!wallet) throw new Error('no wallet was made')
  await client.requestTestnetTokens({ address: wallet.address, blockchain: 'BASE-SEPOLIA', usdc: true })
  const balances = await client.getWalletTokenBalance({ id: wallet.id })
  const usdc = balances.data?.tokenBalances?.find(({ token }) => token.symbol?.includes('USDC'))
  return { wallet, walletSetId, tokenId: usdc?.token.id ?? '', usdcBalance: usdc?.amount }
}
const transfer = (
  walletId: string,
  tokenId: string,
  amount: string,
  more: { idempotencyKey?: string; refId?: string } = {},
) =>
  client.createTransaction({
    walletId,
    tokenId,
    destinationAddress: merchant,
    amount: [amount],
    fee: { type: 'level', config: { feeLevel: 'MEDIUM' } },
    ...more,
  })

describe("Circle's stand-in, by Circle's own SDK", () => {
  test('a wallet is made, funded, and pays; every state is told, signed', async () => {
    const { wallet, walletSetId, tokenId, usdcBalance } = await fundedWallet()
    expect(isAddress(wallet.address)).toBe(true)
    expect(usdcBalance).toBe('20')
    expect((await client.listWallets({ walletSetId })).data?.wallets).toHaveLength(1)
    expect((await client.getWallet({ id: wallet.id })).data?.wallet?.address).toBe(wallet.address)

    const fee = await client.estimateTransferFee({
      walletId: wallet.id,
      tokenId,
      destinationAddress: merchant,
      amount: ['1.25'],
    })
    expect(Number(fee.data?.medium?.networkFee)).toBeGreaterThan(0)

    const rpc = createPublicClient({ transport: http(chain.rpcUrl) })
    const balance = () =>
      rpc.readContract({ address: chain.tokens.USDC, abi: erc20Abi, functionName: 'balanceOf', args: [merchant] })
    const before = await balance()
    const idempotencyKey = crypto.randomUUID()
    const created = await transfer(wallet.id, tokenId, '1.25', { idempotencyKey, refId: 'intent-1' })
    expect(created.data?.state).toBe('INITIATED')
    const again = await transfer(wallet.id, tokenId, '1.25', { idempotencyKey, refId: 'intent-1' })
    expect(again.data?.id).toBe(created.data?.id)
    expect(await codeOf(transfer(wallet.id, tokenId, '2', { idempotencyKey }))).toBe(156020)

    const id = created.data?.id ?? ''
    const done = await client.getTransaction({ id, waitForState: 'COMPLETE', pollingInterval: 50 })
    expect(done.data?.transaction).toMatchObject({
      state: 'COMPLETE',
      amounts: ['1.25'],
      refId: 'intent-1',
      txHash: expect.stringMatching(/^0x[0-9a-f]{64}$/),
    })
    expect((await balance()) - before).toBe(1_250_000n)
    expect(
      (await client.listTransactions({ walletIds: [wallet.id], txType: 'OUTBOUND' })).data?.transactions,
    ).toHaveLength(1)

    const told = await waitFor('four notifications', () => {
      const mine = inbox.received.filter(({ body }) => JSON.parse(body).notification.id === id)
      return mine.length === 4 && mine
    })
    expect(told.map(({ body }) => JSON.parse(body).notification.state)).toEqual([
      'QUEUED',
      'SENT',
      'CONFIRMED',
      'COMPLETE',
    ])
    for (const { headers, rawBody } of told) {
      const keyId = headers.get('x-circle-key-id') ?? ''
      const published = await client.getNotificationSignature(keyId)
      const key = createPublicKey({
        key: Buffer.from(published.data?.publicKey ?? '', 'base64'),
        format: 'der',
        type: 'spki',
      })
      expect(verify('sha256', rawBody, key, Buffer.from(headers.get('x-circle-signature') ?? '', 'base64'))).toBe(true)
    }
  })

  test('tokens that come in are recorded and told of', async () => {
    const { wallet } = await fundedWallet()
    const told = await waitFor('the notification', () =>
      inbox.received
        .map(({ body }) => JSON.parse(body))
        .find(({ notification }) => notification.walletId === wallet.id),
    )
    expect(told).toMatchObject({
      notificationType: 'transactions.inbound',
      notification: { transactionType: 'INBOUND', state: 'COMPLETE', amounts: ['20'] },
    })
    const listed = await client.listTransactions({ walletIds: [wallet.id], txType: 'INBOUND' })
    expect(listed.data?.transactions?.map(({ id }) => id)).toEqual([told.notification.id])
  })

  test('a notification that is told twice has one id, and one that is late comes all the same', async () => {
    await post('/sandbox/faults', { duplicate: 1, delayMs: 300 })
    const { wallet, tokenId } = await fundedWallet()
    const { data } = await transfer(wallet.id, tokenId, '1')
    const told = await waitFor('eight deliveries', () => {
      const mine = inbox.received
        .map(({ body }) => JSON.parse(body))
        .filter(({ notification }) => notification.id === data?.id)
      return mine.length === 8 && mine
    })
    await post('/sandbox/faults', { duplicate: false, delayMs: 0 })
    expect(new Set(told.map(({ notificationId }) => notificationId)).size).toBe(4)
  })

  test('wallets, keys and unfinished transfers outlive a restart', async () => {
    const { wallet, tokenId } = await fundedWallet()
    const { data } = await transfer(wallet.id, tokenId, '3')
    await circle.stop()
    circle = await start()
    client = connect()
    const done = await client.getTransaction({ id: data?.id ?? '', waitForState: 'COMPLETE', pollingInterval: 50 })
    expect(done.data?.transaction?.state).toBe('COMPLETE')
    const balances = await client.getWalletTokenBalance({ id: wallet.id, tokenAddresses: [chain.tokens.USDC] })
    expect(balances.data?.tokenBalances?.map(({ amount }) => amount)).toEqual(['17'])
  })

  test('refuses as Circle does', async () => {
    const { wallet, walletSetId, tokenId } = await fundedWallet()
    expect(await codeOf(transfer(wallet.id, tokenId, '20.000001'))).toBe(155258)
    expect(await codeOf(transfer(wallet.id, tokenId, '0.0000001'))).toBe(155224)
    expect(await codeOf(transfer(wallet.id, tokenId, '0'))).toBe(155221)
    expect(await codeOf(transfer(crypto.randomUUID(), tokenId, '1'))).toBe(156001)
    expect(await codeOf(client.createWallets({ walletSetId, blockchains: ['BASE'], count: 1 }))).toBe(156006)
    expect(await codeOf(client.getTransaction({ id: crypto.randomUUID() }))).toBe(156003)
    expect(await codeOf(connect('cd'.repeat(32)).createWalletSet({ name: 'x' }))).toBe(156013)
    expect((await client.validateAddress({ address: 'nonsense', blockchain: 'BASE-SEPOLIA' })).data?.isValid).toBe(
      false,
    )

    const entitySecretCiphertext = await client.generateEntitySecretCiphertext()
    const command = () => ({ name: 'once', entitySecretCiphertext, idempotencyKey: crypto.randomUUID() })
    expect((await post('/v1/w3s/developer/walletSets', command())).status).toBe(201)
    const reused = await post('/v1/w3s/developer/walletSets', command())
    expect([reused.status, JSON.parse(reused.text).code]).toEqual([400, 156004])
  })

  test('without gas it fails and says why', async () => {
    const { wallet, tokenId } = await fundedWallet()
    await fetch(chain.rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: 1, jsonrpc: '2.0', method: 'anvil_setBalance', params: [wallet.address, '0x0'] }),
    })
    const { data } = await transfer(wallet.id, tokenId, '1')
    const failed = await waitFor('the failure', async () => {
      const { data: found } = await client.getTransaction({ id: data?.id ?? '' })
      return found?.transaction?.state === 'FAILED' && found.transaction
    })
    expect(failed.errorReason).toBe('INSUFFICIENT_NATIVE_TOKEN')
  })

  test('faults: STUCK until accelerated, 429, and an answer that is lost', async () => {
    const { wallet, tokenId } = await fundedWallet()
    await post('/sandbox/faults', { transactionState: 'STUCK' })
    const { data } = await transfer(wallet.id, tokenId, '1')
    const id = data?.id ?? ''
    await waitFor('STUCK', async () => (await client.getTransaction({ id })).data?.transaction?.state === 'STUCK')
    await client.accelerateTransaction({ id })
    await waitFor('its end', async () => (await client.getTransaction({ id })).data?.transaction?.state === 'COMPLETE')

    await post('/sandbox/faults', { status: 429 })
    expect(await codeOf(client.listWallets())).toBe(429)

    const idempotencyKey = crypto.randomUUID()
    await post('/sandbox/faults', { status: 0, path: 'POST /v1/w3s/developer/transactions' })
    expect(await codeOf(transfer(wallet.id, tokenId, '1', { idempotencyKey }))).not.toBe('accepted')
    const found = await transfer(wallet.id, tokenId, '1', { idempotencyKey })
    const all = (await client.listTransactions({ walletIds: [wallet.id], txType: 'OUTBOUND' })).data?.transactions ?? []
    expect(all.filter((transaction) => transaction.id === found.data?.id)).toHaveLength(1)
    expect(all).toHaveLength(2)
  })
})
