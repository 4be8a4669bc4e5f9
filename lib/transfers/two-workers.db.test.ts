import { type Address, parseAbiItem, parseTransaction, type TransactionSerializedEIP1559 } from 'viem'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import type { Intercept } from '#sandbox/chain/rpc-proxy.ts'
import { startTestChain, type TestChain } from '#sandbox/chain/test-chain.ts'
import { waitFor } from '#sandbox/http/wait-for.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { expectSoundLedger } from '#supabase/tests/support/ledger.ts'
import { fund, musd, read, type Session } from '#supabase/tests/support/purchase.ts'
import { startWorker, type WorkerProcess } from '#supabase/tests/support/worker.ts'

// Two real worker processes, one real node. Each job may run twice, and at once; each buyer is paid once.

const { adminSql, as } = await testDatabase()
const transferEvent = parseAbiItem('event Transfer(address indexed from, address indexed to, uint256 value)')

let chain: TestChain
let workers: [WorkerProcess, WorkerProcess]

beforeAll(async () => {
  chain = await startTestChain()
  const { privateKey } = await chain.fundedAccount()
  const env = {
    TREASURY_NETWORK: 'mezo-testnet',
    TREASURY_PRIVATE_KEY: privateKey,
    STRIPE_NETWORKS: 'mezo-testnet=base',
  }
  workers = await Promise.all([startWorker(env), startWorker(env)])
})

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.kill()))
  await chain.stop()
})

afterEach(() => expectSoundLedger(adminSql))

type Purchase = { session: Session; buyer: Address }

async function buy(): Promise<Purchase> {
  const buyer = privateKeyToAddress(generatePrivateKey())
  return { session: await fund({ to: buyer }), buyer }
}

async function amountsOnChain({ buyer }: Purchase): Promise<(bigint | undefined)[]> {
  const { address } = requireToken('MUSD', 'mezo-testnet')
  const logs = await chain.node.getLogs({ address, event: transferEvent, args: { to: buyer }, fromBlock: 0n })
  return logs.map(({ args }) => args.value)
}

const deliveries = (status: string) =>
  adminSql`select id, nonce::int, confirmations from public.transfers where kind = 'treasury_delivery' and status = ${status}`

async function allDelivered(purchases: Purchase[]): Promise<void> {
  await waitFor('every broadcast', async () => (await deliveries('broadcast')).length === purchases.length)
  await chain.node.mine({ blocks: 3 })
  await waitFor('every delivery', async () => {
    const rows = await Promise.all(purchases.map(({ session }) => read(session)))
    return rows.every(({ status }) => status === 'delivered')
  })
}

test('many purchases between two workers: each is paid once, and no nonce is left out', async () => {
  const purchases = await Promise.all(Array.from({ length: 8 }, buy))
  await allDelivered(purchases)
  for (const purchase of purchases) expect(await amountsOnChain(purchase)).toEqual([musd])
  const nonces = (await deliveries('confirmed')).map(({ nonce }) => nonce)
  expect(nonces.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
})

test('a worker that hangs while it signs, is given up, and wakes up later sends the other’s bytes, not its own', async () => {
  const [sleeper, other] = workers
  const sent: string[] = []
  const asked = Promise.withResolvers<void>()
  const wake = Promise.withResolvers<void>()
  let estimates = 0
  const intercept: Intercept = async (request, forward) => {
    if (request.method === 'eth_sendRawTransaction') sent.push(String(request.params[0]))
    if (request.method !== 'eth_estimateGas') return forward()
    estimates += 1
    if (estimates > 1) return forward()
    asked.resolve()
    await wake.promise
    // Another estimate than the other worker was given: what this one signs now are other bytes.
    return { result: '0x186a0' }
  }
  other.freeze()
  chain.proxy.intercept(intercept)
  const purchase = await buy()
  await asked.promise
  sleeper.freeze()
  other.thaw()
  await adminSql`update graphile_worker._private_jobs set locked_at = locked_at - interval '3 minutes' where locked_at is not null`
  await as({ role: 'worker' })((sql) => sql`select app.schedule_stalled_work()`)
  await waitFor('the other’s broadcast', async () => (await deliveries('broadcast')).length === 1)

  wake.resolve()
  sleeper.thaw()
  await waitFor('the sleeper’s broadcast', () => sent.length === 2)
  expect(sent[1]).toBe(sent[0])
  expect(estimates).toBe(2)
  await allDelivered([purchase])
  expect(await amountsOnChain(purchase)).toEqual([musd])
  expect(parseTransaction(sent[0] as TransactionSerializedEIP1559).nonce).toBe(8)
})
