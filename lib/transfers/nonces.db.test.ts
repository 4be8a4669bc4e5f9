import type { Hex } from 'viem'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { listTransfers } from '#lib/operate/list-transfers.ts'
import { broadcast } from '#lib/rails/chain/broadcast.ts'
import { repairNonces } from '#lib/transfers/repair-nonces.ts'
import { sendTransfer } from '#lib/transfers/tasks/send.ts'
import { watchTransfer } from '#lib/transfers/tasks/watch.ts'
import { readAttempts } from '#lib/transfers/transfer.ts'
import { alice, introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { expectSoundLedger } from '#supabase/tests/support/ledger.ts'
import { look, musd, read, transferOf } from '#supabase/tests/support/purchase.ts'
import { refusalOf } from '#supabase/tests/support/refusal.ts'
import {
  beginDelivery,
  type Delivery,
  expectArrival,
  expectWarning,
  startTreasuryChain,
  type TreasuryChain,
} from '#supabase/tests/support/treasury-chain.ts'
import { ageTransfer } from '#supabase/tests/support/waits.ts'

// The treasury's order on chain: a place that somebody else took, a place that nobody holds, a place that is held in vain.

const { adminSql, as } = await testDatabase()
const network = 'mezo-testnet'

let chain: TreasuryChain

beforeAll(async () => {
  await introduceCast(adminSql)
  chain = await startTreasuryChain()
})
afterAll(() => chain.stop())
afterEach(async () => {
  chain.proxy.passThrough()
  await expectSoundLedger(adminSql)
})

const send = (id: string) => sendTransfer({ transferId: id })
const watch = (id: string) => watchTransfer({ transferId: id })
const row = ({ session }: Delivery) => transferOf(session, 'treasury_delivery')
const fills = () =>
  adminSql`select id, status, nonce::int, failure from public.transfers where kind = 'nonce_fill' order by nonce`
const ledgerOf = async ({ session }: Delivery) =>
  (
    await adminSql`select status from public.ledger_transfers where subject = ${session.id} and kind = 'onramp_delivery' order by created_at`
  ).map(({ status }) => status)

describe('another transaction takes the place of a delivery', () => {
  /** Signed bytes that no node ever got, and somebody else's transaction in their place. */
  async function displaced(): Promise<{ delivery: Delivery; theirs: Hex; raw: Hex }> {
    const delivery = await chain.prepared()
    chain.loseBroadcasts()
    await send(delivery.id)
    chain.proxy.passThrough()
    const theirs = await chain.byHand(delivery.nonce)
    return { delivery, theirs, raw: (await readAttempts(delivery.id))[0]?.raw ?? '0x' }
  }

  test('for good: it ends, what it held is free, and a new one with a new nonce is paid, once', async () => {
    const { delivery, theirs, raw } = await displaced()
    await chain.mine(3)
    await watch(delivery.id)
    expect(await row(delivery)).toMatchObject({ status: 'broadcast', failure: null })
    expect(await ledgerOf(delivery)).toEqual(['pending'])

    await chain.mine(1)
    const warned = expectWarning(/took the place/)
    await watch(delivery.id)
    warned()
    expect(await row(delivery)).toMatchObject({ status: 'failed', failure: 'nonce_used', displaced_by: theirs })
    expect(await ledgerOf(delivery)).toEqual(['voided'])
    expect(await read(delivery.session)).toMatchObject({
      status: 'needs_attention',
      attention_code: 'delivery_displaced',
    })
    expect(
      await adminSql`select from graphile_worker.jobs where key = ${`deliver:${delivery.session.id}`} and run_at <= now()`,
    ).toHaveLength(1)

    await beginDelivery(delivery)
    await beginDelivery(delivery)
    const second = await row(delivery)
    expect(Number(second.nonce)).toBe(delivery.nonce + 1)
    await expectArrival(chain, delivery)
    expect(await ledgerOf(delivery)).toEqual(['voided', 'posted'])

    // The first bytes are dead for ever: offered again, before and after, they pay nobody.
    expect(await broadcast({ network, raw })).toEqual({ outcome: 'refused', reason: 'nonce_used' })
    await send(delivery.id)
    await chain.mine(1)
    expect(await chain.paid(delivery.buyer)).toEqual([musd])
  })

  test('for now: a reorganisation gives the place back, and the first bytes are paid', async () => {
    const { delivery, theirs } = await displaced()
    await chain.mine(2)
    await watch(delivery.id)
    await chain.reorganise(2)
    await chain.node.dropTransaction({ hash: theirs })
    await expectArrival(chain, delivery)
    expect((await row(delivery)).id).toBe(delivery.id)
  })

  test('before anything was signed: nothing is, and a new one is prepared', async () => {
    const delivery = await chain.prepared()
    const theirs = await chain.byHand(delivery.nonce)
    await chain.mine(4)
    const warned = expectWarning(/took the place/)
    await send(delivery.id)
    warned()
    expect(await row(delivery)).toMatchObject({ status: 'failed', displaced_by: theirs, hash: null })
    expect(await readAttempts(delivery.id)).toEqual([])
    await beginDelivery(delivery)
    await expectArrival(chain, delivery)
  })

  test('as a node says that has lost ours and still counts it: nothing ends, and ours is paid', async () => {
    const delivery = await chain.prepared()
    await send(delivery.id)
    await chain.mine(6)
    chain.proxy.intercept(async (request, forward) =>
      ['eth_getTransactionReceipt', 'eth_getTransactionByHash'].includes(request.method)
        ? { result: null }
        : await forward(),
    )
    await watch(delivery.id)
    await send(delivery.id)
    expect(await row(delivery)).toMatchObject({ status: 'broadcast', failure: null })
    expect(await ledgerOf(delivery)).toEqual(['pending'])
    chain.proxy.passThrough()
    await expectArrival(chain, delivery)
  })

  test('is not believed by the database of a transaction that is ours, nor of one that is not buried', async () => {
    const delivery = await chain.prepared()
    await send(delivery.id)
    const [attempt] = await readAttempts(delivery.id)
    const say = (hash: string, head: number) =>
      as({ role: 'worker' })(
        (sql) =>
          sql`select app.record_transfer_observation(${delivery.id}, 'displaced', null, null, null, 100, ${hash}, ${head}, ${hash}) as status`,
      )
    expect(await refusalOf(say(attempt?.hash ?? '', 200))).toBe('CWSTA')
    expect(await say(`0x${'12'.repeat(32)}`, 101)).toEqual([{ status: 'broadcast' }])
    expect(await row(delivery)).toMatchObject({ status: 'broadcast', failure: null })
    await expectArrival(chain, delivery)
    expect(await look(delivery.id, { state: 'displaced' })).toBe('confirmed')
  })
})

describe('a gap in the order', () => {
  test('that a dropped transaction left is filled, and what waited behind it is paid', async () => {
    const first = await chain.node.getTransactionCount({ address: chain.signer.address })
    const dropped = [await chain.byHand(first), await chain.byHand(first + 1)]
    const delivery = await chain.prepared()
    expect(delivery.nonce).toBe(first + 2)
    await send(delivery.id)
    expect(await repairNonces()).toBe(0)
    for (const hash of dropped) await chain.node.dropTransaction({ hash })
    await chain.mine(3)
    await watch(delivery.id)
    expect(await row(delivery)).toMatchObject({ status: 'broadcast' })

    await ageTransfer(adminSql, delivery.id, '1 minute')
    const warned = expectWarning(/gap .* is filled/)
    await watch(delivery.id)
    warned()
    expect(await repairNonces()).toBe(0)
    const made = await fills()
    expect(made.map(({ status, nonce }) => [status, nonce])).toEqual([
      ['prepared', first],
      ['prepared', first + 1],
    ])
    for (const { id } of made) await send(id)
    await expectArrival(chain, delivery)
    for (const { id } of made) await watch(id)
    expect((await fills()).map(({ status }) => status)).toEqual(['confirmed', 'confirmed'])
  })

  test('is an operator’s to see and nobody else’s', async () => {
    const seen = async (actor: typeof olga) =>
      (await listTransfers({ actor })).items.filter(({ kind }) => kind === 'nonce_fill')
    expect(await seen(olga)).toMatchObject([
      { asset: null, amount: null, sessionId: null, status: 'confirmed' },
      { asset: null, amount: null, sessionId: null, status: 'confirmed' },
    ])
    expect(await seen(alice)).toEqual([])
  })

  test('is none while somebody here holds the place, however long it takes', async () => {
    const held = await chain.prepared()
    const behind = await chain.prepared()
    await send(behind.id)
    expect(await repairNonces()).toBe(0)
    await expectArrival(chain, held)
    await expectArrival(chain, behind)
    expect(await repairNonces()).toBe(0)
  })

  test('is filled once by two workers at the same moment', async () => {
    const first = await chain.node.getTransactionCount({ address: chain.signer.address })
    const hash = await chain.byHand(first)
    const delivery = await chain.prepared()
    await chain.node.dropTransaction({ hash })
    const warned = expectWarning(/gap .* is filled/)
    const filled = await Promise.all([repairNonces(), repairNonces(), repairNonces()])
    warned()
    expect(filled.sort()).toEqual([0, 0, 1])
    const [fill] = (await fills()).slice(-1)
    await send(fill?.id)
    await expectArrival(chain, delivery)
  })
})
