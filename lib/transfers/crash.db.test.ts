import { type Address, getAddress, type Hex, parseAbiItem } from 'viem'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { startTestChain, type TestChain } from '#sandbox/chain/test-chain.ts'
import { waitFor } from '#sandbox/http/wait-for.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { expectSoundLedger } from '#supabase/tests/support/ledger.ts'
import { fund, musd, read, type Session, transferOf } from '#supabase/tests/support/purchase.ts'
import { startWorker, type WorkerProcess } from '#supabase/tests/support/worker.ts'

// The real worker, killed with SIGKILL at the worst moments of a delivery, on a real database and a real node. The next
// worker goes on at once, and the buyer is paid exactly once.

const { adminSql } = await testDatabase()
const transferEvent = parseAbiItem('event Transfer(address indexed from, address indexed to, uint256 value)')

let chain: TestChain
let worker: { start: () => Promise<WorkerProcess> }
let buyer: Address
let session: Session
let broadcasts: Hex[]

beforeAll(async () => {
  chain = await startTestChain()
  const { privateKey } = await chain.fundedAccount()
  const env = {
    TREASURY_NETWORK: 'mezo-testnet',
    TREASURY_PRIVATE_KEY: privateKey,
    STRIPE_NETWORKS: 'mezo-testnet=base',
  }
  worker = { start: () => startWorker(env) }
})

afterAll(() => chain.stop())

beforeEach(async () => {
  buyer = privateKeyToAddress(generatePrivateKey())
  broadcasts = []
  session = await fund({ to: buyer })
})

afterEach(() => expectSoundLedger(adminSql))

/** Starts a worker and kills it when it asks the node for `method`, before or after the node has heard it. */
async function killAt(method: string, when: 'before' | 'after'): Promise<void> {
  const { promise: killed, resolve: kill } = Promise.withResolvers<void>()
  let doomed: Promise<WorkerProcess> | undefined
  chain.proxy.intercept(async (request, forward) => {
    if (request.method === 'eth_sendRawTransaction') broadcasts.push(String(request.params[0]) as Hex)
    if (request.method !== method) return forward()
    if (when === 'after') await forward()
    await (await doomed)?.kill()
    kill()
    return undefined
  })
  doomed = worker.start()
  await killed
}

/** A new worker finishes what the killed one had begun. Fees have changed since: whatever were signed now would be other bytes. */
async function recover(): Promise<void> {
  chain.proxy.intercept(async (request, forward) => {
    if (request.method === 'eth_sendRawTransaction') broadcasts.push(String(request.params[0]) as Hex)
    return request.method === 'eth_maxPriorityFeePerGas' ? { result: '0x3b9aca07' } : forward()
  })
  const next = await worker.start()
  await waitFor('the broadcast', async () => ['broadcast', 'included'].includes((await delivery()).status))
  await chain.node.mine({ blocks: 3 })
  await waitFor('the delivery', async () => (await read(session)).status === 'delivered')
  await next.kill()
}

const delivery = () => transferOf(session, 'treasury_delivery')

/** On chain, in the row and in the ledger: one transfer, of the right amount, and nothing beside it. */
async function expectOnePayment(): Promise<void> {
  const { address } = requireToken('MUSD', 'mezo-testnet')
  const logs = await chain.node.getLogs({ address, event: transferEvent, args: { to: buyer }, fromBlock: 0n })
  expect(logs.map(({ args }) => args.value)).toEqual([musd])
  const { hash, from_address: from } = await delivery()
  expect(logs[0]?.transactionHash).toBe(hash)
  expect(logs[0]?.args.from).toBe(getAddress(from))
  const transfers =
    await adminSql`select status from public.transfers where session_id = ${session.id} and kind = 'treasury_delivery'`
  expect(transfers).toEqual([{ status: 'confirmed' }])
  const ledger =
    await adminSql`select status from public.ledger_transfers where subject = ${session.id} and kind = 'onramp_delivery'`
  expect(ledger).toEqual([{ status: 'posted' }])
  expect(await adminSql`select from public.receipts where session_id = ${session.id}`).toHaveLength(1)
  expect(new Set(broadcasts).size).toBe(1)
}

describe('the worker is killed', () => {
  test('before its signature is stored: nothing was sent, and the next one signs', async () => {
    await killAt('eth_estimateGas', 'before')
    expect(await delivery()).toMatchObject({ status: 'prepared', hash: null })
    expect(broadcasts).toEqual([])
    await recover()
    await expectOnePayment()
  })

  test('between signing and broadcasting: the next one sends the very same bytes', async () => {
    await killAt('eth_sendRawTransaction', 'before')
    expect(await delivery()).toMatchObject({ status: 'signed' })
    await recover()
    expect(broadcasts).toHaveLength(2)
    await expectOnePayment()
  })

  test('after the node took it and before that was recorded: the next one finds it known', async () => {
    await killAt('eth_sendRawTransaction', 'after')
    expect(await delivery()).toMatchObject({ status: 'signed' })
    await recover()
    await expectOnePayment()
  })

  test('likewise, and it was mined before the next one came', async () => {
    await killAt('eth_sendRawTransaction', 'after')
    await chain.node.mine({ blocks: 5 })
    await recover()
    await expectOnePayment()
  })

  test('while it watches: the next one goes on watching', async () => {
    await killAt('eth_getTransactionReceipt', 'before')
    expect(await delivery()).toMatchObject({ status: 'broadcast' })
    await recover()
    await expectOnePayment()
  })
})
