import { randomUUID } from 'node:crypto'
import { parseUnits } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { as } from '#lib/db/as.ts'
import { startTestChain, type TestChain } from '#sandbox/chain/test-chain.ts'
import type { Check } from '#scripts/doctor/check.ts'
import { treasuryNonces } from '#scripts/doctor/checks/treasury-nonces.ts'
import { treasuryTokens } from '#scripts/doctor/checks/treasury-tokens.ts'
import { examine } from '#scripts/doctor/diagnose.ts'
import { admit } from '#scripts/doctor/patient.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { fund, musd, sign, transferOf, treasuryHolds } from '#supabase/tests/support/purchase.ts'

const { adminSql, url } = await testDatabase()
const network = 'mezo-testnet'

let chain: TestChain
let key: string
let address: `0x${string}`

beforeAll(async () => {
  chain = await startTestChain()
  const account = await chain.fundedAccount()
  key = account.privateKey
  address = account.address
}, 30_000)
afterAll(() => chain.stop())

async function look(check: Check) {
  const patient = admit({
    DATABASE_URL: url,
    RPC_URL_MEZO_TESTNET: chain.proxy.url,
    TREASURY_NETWORK: network,
    TREASURY_PRIVATE_KEY: key,
  })
  try {
    return (await examine(check, patient))[0]
  } finally {
    await patient.end()
  }
}

/** Sends nothing to itself: what somebody does who has the key. */
async function spendNonce(): Promise<void> {
  await chain.node.impersonateAccount({ address })
  await chain.node.sendTransaction({ account: address, to: address, value: 0n, chain: null })
  await chain.node.mine({ blocks: 1 })
}

/** The next delivery, prepared under the nonce that our table gives it. Resolves to its id and nonce. */
async function prepare(): Promise<{ id: string; nonce: number }> {
  const session = await fund({ idempotencyKey: randomUUID() })
  const count = await chain.node.getTransactionCount({ address })
  const worker = as({ role: 'worker' })
  await worker((sql) => sql`select app.start_onramp_delivery(${session.id}, ${address.toLowerCase()}, ${count}, 3)`)
  const { id, nonce } = await transferOf(session, 'treasury_delivery')
  return { id, nonce: Number(nonce) }
}

test('before the first delivery there is no order to keep', async () => {
  await spendNonce()
  expect(await look(treasuryNonces)).toEqual({ state: 'ok', seen: '1 on chain, none of ours yet' })
})

test('what is paid for and not yet delivered is owed', async () => {
  await fund()
  const short = await look(treasuryTokens)
  expect(short).toMatchObject({
    state: 'warn',
    seen: expect.stringContaining('1000.00 MUSD, of which 24.875 MUSD are owed'),
  })
  await treasuryHolds(parseUnits('1000', 18), 1)
  const { id } = await prepare()
  // Prepared and not on chain: still owed, and counted once.
  expect((await look(treasuryTokens))?.seen).toContain('of which 49.75 MUSD are owed')
  await sign(id)
  expect(musd).toBe(parseUnits('24.875', 18))
})

test('more owed than held', async () => {
  chain.proxy.intercept((request, forward) =>
    request.method === 'eth_call' ? Promise.resolve({ result: `0x${'1'.padStart(64, '0')}` }) : forward(),
  )
  expect(await look(treasuryTokens)).toMatchObject({
    state: 'fail',
    seen: expect.stringContaining('49.75 MUSD are owed'),
  })
  chain.proxy.passThrough()
})

test('a delivery on its way is no gap; one that the node lost is told after two minutes', async () => {
  expect(await look(treasuryNonces)).toEqual({ state: 'ok', seen: '1 on chain, 1 of ours on their way, no gap' })
  await adminSql`alter table public.transfers disable trigger user`
  await adminSql`update public.transfers set created_at = now() - interval '5 minutes' where kind = 'treasury_delivery'`
  await adminSql`alter table public.transfers enable trigger user`
  expect(await look(treasuryNonces)).toMatchObject({
    state: 'warn',
    seen: 'the transfer with nonce 1 is signed and the node does not have it',
  })
})

test('a transaction of the key that is not ours', async () => {
  await spendNonce()
  await spendNonce()
  expect(await look(treasuryNonces)).toMatchObject({
    state: 'warn',
    seen: '1 transactions of the key were not sent by Causeway; its last had nonce 1',
    step: expect.stringContaining('A key may have leaked'),
  })
})

test('a gap holds up what comes after it', async () => {
  const { nonce } = await prepare()
  await adminSql`update private.nonces set next_nonce = next_nonce + 1`
  const later = await prepare()
  expect(later.nonce).toBe(nonce + 2)
  expect(await look(treasuryNonces)).toMatchObject({
    state: 'warn',
    seen: `nonce ${nonce + 1} is neither on chain nor ours, and 2 transfers wait behind it`,
    step: expect.stringContaining('the worker fills it'),
  })
})
