import { type Hex, hexToBytes, keccak256 } from 'viem'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { log } from '#lib/log.ts'
import { readSigned, WrongTransaction } from '#lib/rails/chain/read-signed.ts'
import { signTokenTransfer } from '#lib/rails/chain/sign-transfer.ts'
import { sendTransfer } from '#lib/transfers/tasks/send.ts'
import { watchTransfer } from '#lib/transfers/tasks/watch.ts'
import { readAttempts } from '#lib/transfers/transfer.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { expectSoundLedger } from '#supabase/tests/support/ledger.ts'
import { musd, read, transferOf } from '#supabase/tests/support/purchase.ts'
import { type Delivery, startTreasuryChain, type TreasuryChain } from '#supabase/tests/support/treasury-chain.ts'
import { ageTransfer } from '#supabase/tests/support/waits.ts'

// A transaction that waits is signed again with a higher fee. Whichever signature the chain takes, the buyer is paid once.

const { adminSql } = await testDatabase()
process.env.TREASURY_MAX_FEE_GWEI = '40'

let chain: TreasuryChain
let delivery: Delivery

beforeAll(async () => {
  chain = await startTreasuryChain()
})
afterAll(() => chain.stop())
afterEach(async () => {
  chain.proxy.passThrough()
  await chain.setBaseFee('1')
  await finish()
  await expectSoundLedger(adminSql)
})

const send = () => sendTransfer({ transferId: delivery.id })
const watch = () => watchTransfer({ transferId: delivery.id })
const row = () => transferOf(delivery.session, 'treasury_delivery')
const attempts = () => readAttempts(delivery.id)
const hashes = async () => (await attempts()).map(({ hash }) => hash)
const trail = async () =>
  (
    await adminSql`select to_status from public.transfer_events where transfer_id = ${delivery.id} order by version`
  ).map(({ to_status: status }) => status)
const due = (key: string) => adminSql`select from graphile_worker.jobs where key = ${key} and run_at <= now()`

/** A delivery that waits in the node's pool with too low a fee, and has done so for a minute. */
async function stuck(): Promise<void> {
  delivery = await chain.prepared()
  await send()
  await chain.setBaseFee('10')
  await watch()
  expect(await row()).toMatchObject({ status: 'broadcast' })
  await ageTransfer(adminSql, delivery.id, '1 minute')
}

/** Another node had kept the first signature, and a block has it after all. The app's own broadcasts are lost meanwhile. */
async function mineTheFirst(): Promise<Hex> {
  const first = (await attempts()).at(-1)
  await chain.setBaseFee('1')
  await chain.node.sendRawTransaction({ serializedTransaction: first?.raw ?? '0x' })
  await chain.mine(1)
  return first?.hash ?? '0x'
}

/** Whatever a test left: in the end the session is delivered, by one transfer, once. */
async function finish(): Promise<void> {
  await send()
  await chain.mine(3)
  await watch()
  expect(await row()).toMatchObject({ status: 'confirmed', amount: String(musd) })
  expect(await read(delivery.session)).toMatchObject({ status: 'delivered', delivered_amount: String(musd) })
  expect(await chain.paid(delivery.buyer)).toEqual([musd])
  expect(await adminSql`select from public.receipts where session_id = ${delivery.session.id}`).toHaveLength(1)
}

describe('a transfer that waits', () => {
  test('is signed again with a higher fee, stored first, and followed under the hash that is mined', async () => {
    await stuck()
    await watch()
    const [second, first] = await attempts()
    expect([second?.attempt, first?.attempt]).toEqual([2, 1])
    const said = await Promise.all([first, second].map((one) => readSigned(one?.raw ?? '0x')))
    expect(new Set(said.map(({ nonce, to, data, from }) => `${nonce} ${to} ${data} ${from}`)).size).toBe(1)
    expect(await row()).toMatchObject({ status: 'broadcast', hash: second?.hash })
    await chain.mine(1)
    await watch()
    expect(await row()).toMatchObject({ status: 'included', hash: second?.hash, confirmations: 1 })
  })

  test('was stored before it was sent: a worker that dies in between leaves bytes that the next one sends', async () => {
    await stuck()
    const heard: boolean[] = []
    chain.proxy.intercept(async (request, forward) => {
      if (request.method !== 'eth_sendRawTransaction') return await forward()
      heard.push((await attempts()).some(({ raw }) => raw === request.params[0]))
      return undefined
    })
    await watch()
    expect(heard).toEqual([true])
    const stored = (await attempts())[0]
    chain.proxy.passThrough()
    await send()
    expect(chain.offered.at(-1)).toBe(stored?.raw)
    await chain.mine(1)
    await watch()
    expect((await row()).hash).toBe(stored?.hash)
  })

  test('is not signed again before its time, nor twice by two workers at once', async () => {
    await stuck()
    await Promise.all([watch(), watch(), watch()])
    expect(await attempts()).toHaveLength(2)
    await watch()
    await watch()
    expect(await attempts()).toHaveLength(2)
  })

  test('behind another one waits for that one, and is not signed again', async () => {
    await stuck()
    const first = delivery
    delivery = await chain.prepared()
    await send()
    await ageTransfer(adminSql, delivery.id, '1 minute')
    await watch()
    expect(await attempts()).toHaveLength(1)
    await watchTransfer({ transferId: first.id })
    await chain.mine(3)
    await watchTransfer({ transferId: first.id })
    expect(await read(first.session)).toMatchObject({ status: 'delivered' })
  })

  test('is raised up to the cap and not above it', async () => {
    await stuck()
    await chain.setBaseFee('39')
    await watch()
    expect((await readSigned((await attempts())[0]?.raw ?? '0x')).fees.maxFeePerGas).toBe(40_000_000_000n)
    await ageTransfer(adminSql, delivery.id, '1 minute')
    const warnings = vi.spyOn(log, 'warn').mockImplementation(() => {})
    await watch()
    expect(warnings).toHaveBeenCalledWith('a transfer waits, and a higher fee is above the cap', {
      transferId: delivery.id,
      reason: 'A replacement comes to 45 gwei, and the cap is 40.',
    })
    warnings.mockRestore()
    expect(await attempts()).toHaveLength(2)
  })

  test('was mined by its first signature when the second came too late: the first is followed', async () => {
    await stuck()
    chain.loseBroadcasts()
    await watch()
    const first = await mineTheFirst()
    expect((await row()).hash).not.toBe(first)
    await watch()
    expect(await row()).toMatchObject({ status: 'included', hash: first })
    chain.proxy.passThrough()
    await chain.mine(6)
    // The second's bytes are dead now, and what the node says of them moves nothing.
    await send()
    await watch()
    expect(await row()).toMatchObject({ status: 'confirmed', hash: first })
  })
})

describe('a chain that changes its mind', () => {
  test('takes the first signature back and then has the second: counted again from nothing', async () => {
    await stuck()
    chain.loseBroadcasts()
    await watch()
    const [second] = await hashes()
    const first = await mineTheFirst()
    await watch()
    expect(await row()).toMatchObject({ status: 'included', hash: first })

    chain.proxy.passThrough()
    await chain.reorganise(3)
    await watch()
    expect(await row()).toMatchObject({ status: 'broadcast', confirmations: 0, block_hash: null })
    await send()
    await chain.mine(1)
    await watch()
    const { status, hash, confirmations } = await row()
    expect([status, hash, confirmations]).toEqual(['included', second, 1])
    expect(await trail()).toEqual(['prepared', 'signed', 'broadcast', 'included', 'broadcast', 'included'])
  })

  test('between two looks has the other one mined at once, and undoes the first all the same', async () => {
    await stuck()
    chain.loseBroadcasts()
    await watch()
    const [second] = await attempts()
    await mineTheFirst()
    await watch()
    chain.proxy.passThrough()
    await chain.reorganise(3)
    await chain.node.sendRawTransaction({ serializedTransaction: second?.raw ?? '0x' })
    await chain.mine(1)
    await watch()
    expect(await row()).toMatchObject({ status: 'included', hash: second?.hash, confirmations: 1 })
    expect((await trail()).slice(-3)).toEqual(['included', 'broadcast', 'included'])
  })

  test('forgets the transaction: the same bytes are sent again', async () => {
    delivery = await chain.prepared()
    await send()
    const [hash = '0x'] = await hashes()
    await chain.node.dropTransaction({ hash })
    await watch()
    expect(await due(`send:${delivery.id}`)).toHaveLength(1)
    const before = chain.offered.length
    await send()
    expect(chain.offered.slice(before)).toEqual([(await attempts())[0]?.raw])
  })
})

describe('fees above the cap', () => {
  test('nothing is signed, the buyer is told, and it goes on when they have fallen', async () => {
    delivery = await chain.prepared()
    await chain.setBaseFee('41')
    await send()
    expect(await row()).toMatchObject({ status: 'prepared', hash: null })
    expect(await read(delivery.session)).toMatchObject({
      status: 'needs_attention',
      attention_code: 'delivery_refused',
      attention_detail: expect.stringContaining('fees'),
    })
    await ageTransfer(adminSql, delivery.id, '10 minutes')
    await send()
    expect(await row()).toMatchObject({ status: 'prepared' })
    await chain.setBaseFee('2')
    await send()
    expect(await read(delivery.session)).toMatchObject({ status: 'delivering', attention_code: null })
  })

  test('that rose between signing and sending are met with a higher one', async () => {
    delivery = await chain.prepared()
    chain.loseBroadcasts()
    await send()
    chain.proxy.intercept(async (request, forward) =>
      request.method === 'eth_sendRawTransaction' && request.params[0] === (await attempts()).at(-1)?.raw
        ? { error: { code: -32000, message: 'max fee per gas less than block base fee' } }
        : await forward(),
    )
    await ageTransfer(adminSql, delivery.id, '1 minute')
    await send()
    expect(await attempts()).toHaveLength(2)
    expect(await row()).toMatchObject({ status: 'broadcast' })
  })
})

describe('bytes that say something else than the transfer', () => {
  test.each([
    ['pay somebody else', { to: `0x${'66'.repeat(20)}` as const }],
    ['pay more', { amount: musd + 1n }],
    ['have another place', { nonce: 999 }],
  ])('%s: they are never sent, whoever stored them', async (_, change) => {
    delivery = await chain.prepared()
    const { signer } = chain
    const honest = { signer, network: 'mezo-testnet', asset: 'MUSD', to: delivery.buyer, amount: musd } as const
    const { raw } = await signTokenTransfer({ ...honest, nonce: delivery.nonce, ...change })
    const before = chain.offered.length
    await adminSql.begin(async (tx) => {
      await tx`insert into private.signed_transactions (transfer_id, attempt, hash, raw) values (${delivery.id}, 1, ${keccak256(raw)}, ${hexToBytes(raw)})`
      await tx`update public.transfers set status = 'signed', hash = ${keccak256(raw)} where id = ${delivery.id}`
    })
    await expect(send()).rejects.toThrow(WrongTransaction)
    expect(chain.offered.slice(before)).toEqual([])

    const { raw: right, hash } = await signTokenTransfer({ ...honest, nonce: delivery.nonce })
    await adminSql`insert into private.signed_transactions (transfer_id, attempt, hash, raw) values (${delivery.id}, 2, ${hash}, ${hexToBytes(right)})`
  })
})
