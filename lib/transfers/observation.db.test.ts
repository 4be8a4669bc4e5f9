import fc from 'fast-check'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { account, expectSoundLedger } from '#supabase/tests/support/ledger.ts'
import {
  bury,
  deliver,
  fund,
  hashOf,
  type Look,
  look,
  musd,
  pay,
  read,
  recordBroadcast,
  required,
  type Session,
  send,
  sign,
  stripeSays,
  transferOf,
  treasury,
  treasuryHolds,
  usdc,
} from '#supabase/tests/support/purchase.ts'
import { refusalOf } from '#supabase/tests/support/refusal.ts'
import { ageTransfer } from '#supabase/tests/support/waits.ts'

// What the chain says of a transfer, look by look. Delivered is said once the log is buried, and never before.

const { adminSql } = await testDatabase()

beforeAll(() => treasuryHolds(10n ** 24n, 1))
afterEach(() => expectSoundLedger(adminSql))

/** A delivery of the treasury's that is on its way, and what a look at it sees when all is well. */
async function onItsWay(): Promise<{ session: Session; id: string; seen: Look }> {
  const session = await fund()
  return { session, id: await send(session), seen: { amount: musd, from: treasury } }
}

const transfer = async (id: string) => (await adminSql`select * from public.transfers where id = ${id}`)[0]
const status = async (session: Session): Promise<string> => (await read(session)).status
const receipts = (session: Session) => adminSql`select from public.receipts where session_id = ${session.id}`
const age = (id: string, interval: string) => ageTransfer(adminSql, id, interval)

describe('confirmations', () => {
  test('are counted from the head that was seen, its own block included', async () => {
    const { id, seen } = await onItsWay()
    for (const [head, confirmations] of [
      [100, 1],
      [101, 2],
      [101, 2],
      [99, 0],
    ]) {
      expect(await look(id, { ...seen, block: 100, head: head ?? 0 })).toBe('included')
      expect((await transfer(id))?.confirmations).toBe(confirmations)
    }
  })

  test('short of what is required deliver nothing; with the last one all follows at once', async () => {
    const { session, id, seen } = await onItsWay()
    for (let deep = 1; deep < required; deep += 1) {
      expect(await look(id, { ...seen, head: 100 + deep - 1 })).toBe('included')
      expect(await status(session)).toBe('delivering')
      expect(await receipts(session)).toEqual([])
    }
    expect(await look(id, { ...seen, head: 100 + required - 1 })).toBe('confirmed')
    expect(await read(session)).toMatchObject({ status: 'delivered', delivered_amount: String(musd) })
    expect(await receipts(session)).toHaveLength(1)
  })

  test('cannot be forged by a direct write of the owner either', async () => {
    const { id, seen } = await onItsWay()
    await look(id, seen)
    const forged = adminSql`update public.transfers set status = 'confirmed' where id = ${id}`
    expect(await refusalOf(forged)).toBe('23514 transfers_final_only_when_buried')
  })

  test('after the end change nothing', async () => {
    const { session, id, seen } = await onItsWay()
    await bury(id, seen)
    const before = await transfer(id)
    for (const state of ['absent', 'pending', 'reverted', 'mismatch', 'included']) {
      expect(await look(id, { ...seen, state, block: 300, head: 900 })).toBe('confirmed')
    }
    expect(await transfer(id)).toEqual(before)
    expect(await status(session)).toBe('delivered')
    expect(await receipts(session)).toHaveLength(1)
  })
})

describe('a reorganisation', () => {
  test.each(['absent', 'pending'])('that takes the block away (%s) takes its confirmations with it', async (state) => {
    const { session, id, seen } = await onItsWay()
    await look(id, { ...seen, head: 101 })
    expect(await look(id, { state })).toBe('broadcast')
    expect(await transfer(id)).toMatchObject({
      block_number: null,
      block_hash: null,
      log_index: null,
      confirmations: 0,
    })
    expect(await look(id, { ...seen, block: 105, head: 106 })).toBe('included')
    expect(await transfer(id)).toMatchObject({ block_number: '105', confirmations: 2 })
    expect(await status(session)).toBe('delivering')
  })

  test('into another block counts from that block', async () => {
    const { id, seen } = await onItsWay()
    await look(id, { ...seen, block: 100, head: 101 })
    await look(id, { ...seen, block: 101, head: 101, blockHash: hashOf('another') })
    expect(await transfer(id)).toMatchObject({ block_number: '101', block_hash: hashOf('another'), confirmations: 1 })
    const trail =
      await adminSql`select to_status from public.transfer_events where transfer_id = ${id} order by version`
    expect(trail.map((event) => event.to_status).slice(2)).toEqual(['broadcast', 'included', 'broadcast', 'included'])
  })

  test('that takes away what an absent transaction has sends the same bytes again', async () => {
    const { id, seen } = await onItsWay()
    await look(id, seen)
    await adminSql`select graphile_worker.remove_job(${`send:${id}`})`
    await look(id, { state: 'absent' })
    expect(await adminSql`select from graphile_worker.jobs where key = ${`send:${id}`}`).toHaveLength(1)
  })
})

describe('a delivery that failed', () => {
  test.each([
    ['reverted', {}, 'delivery_failed'],
    ['mismatch', {}, 'delivery_mismatch'],
    ['included', { amount: musd - 1n }, 'delivery_mismatch'],
    ['included', { amount: musd + 1n }, 'delivery_mismatch'],
  ])('%s %o: the ledger is voided, an operator is asked, and nothing is delivered', async (state, seen, code) => {
    const before = await account(adminSql, 'treasury')
    const { session, id } = await onItsWay()
    expect((await account(adminSql, 'treasury')).held).toBe(before.held + musd)
    expect(await look(id, { state, ...seen })).toBe('included')
    expect(await status(session)).toBe('delivering')
    expect(await bury(id, { state, ...seen })).toBe('failed')
    expect(await read(session)).toMatchObject({
      status: 'needs_attention',
      attention_code: code,
      delivered_amount: null,
    })
    expect(await account(adminSql, 'treasury')).toEqual(before)
    expect(await receipts(session)).toEqual([])
  })

  test('is tried again with a new nonce and a hold of its own, and then delivers once', async () => {
    const { session, id } = await onItsWay()
    await bury(id, { state: 'reverted' })
    expect(await deliver(session)).toBe('delivering')
    const again = await transferOf(session, 'treasury_delivery')
    expect(again.id).not.toBe(id)
    expect(BigInt(again.nonce)).toBeGreaterThan(BigInt((await transfer(id))?.nonce))
    await sign(again.id)
    await recordBroadcast(again.id, 'accepted')
    await bury(again.id, { amount: musd, from: treasury })
    expect(await status(session)).toBe('delivered')
    expect(await receipts(session)).toHaveLength(1)
  })
})

describe('a payout of Stripe’s', () => {
  test('that pays another address or amount of logs funds nothing', async () => {
    for (const state of ['reverted', 'mismatch']) {
      const session = await pay({ asset: 'MUSD' })
      expect(await bury((await transferOf(session, 'stripe_payout')).id, { state })).toBe('failed')
      expect(await read(session)).toMatchObject({ status: 'needs_attention', attention_code: 'funding_unverified' })
      expect(await deliver(session)).toBe('needs_attention')
      expect(await adminSql`select from public.ledger_transfers where subject = ${session.id}`).toEqual([])
    }
  })

  test('that Stripe names rightly later funds it after all', async () => {
    const session = await pay({ asset: 'MUSD' })
    await bury((await transferOf(session, 'stripe_payout')).id, { state: 'mismatch' })
    await stripeSays(session, 'fulfillment_complete', hashOf('the right one'))
    expect(await bury((await transferOf(session, 'stripe_payout')).id)).toBe('confirmed')
    expect(await deliver(session)).toBe('delivering')
  })

  test('pays for one session: another that is told the same log is not paid by it', async () => {
    const hash = hashOf('one payout')
    const [one, other] = await Promise.all([pay({ asset: 'MUSD' }), pay({ asset: 'MUSD' })])
    const replace = async (session: Session) => {
      await bury((await transferOf(session, 'stripe_payout')).id, { state: 'mismatch' })
      await stripeSays(session, 'fulfillment_complete', hash)
      return (await transferOf(session, 'stripe_payout')).id
    }
    const [first, second] = [await replace(one), await replace(other)]
    expect(await bury(first)).toBe('confirmed')
    expect(await bury(second)).toBe('failed')
    expect(await read(other)).toMatchObject({ status: 'needs_attention', attention_code: 'funding_unverified' })
    expect(await adminSql`select from public.ledger_transfers where subject = ${other.id}`).toEqual([])
  })

  test('to the buyer’s own wallet delivers what its log says', async () => {
    const session = await pay()
    await bury((await transferOf(session, 'stripe_payout')).id, { amount: usdc - 5n })
    expect(await read(session)).toMatchObject({ status: 'delivered', delivered_amount: String(usdc - 5n) })
  })
})

describe('a transaction that nobody has seen', () => {
  test('is waited for, then unknown, and never prepared again', async () => {
    const { session, id, seen } = await onItsWay()
    await look(id, { state: 'absent' })
    expect(await status(session)).toBe('delivering')
    await age(id, '16 minutes')
    await look(id, { state: 'absent' })
    expect(await status(session)).toBe('unknown')
    expect(await deliver(session)).toBe('unknown')
    expect(
      await adminSql`select from public.transfers where session_id = ${session.id} and kind = 'treasury_delivery'`,
    ).toHaveLength(1)
    expect((await account(adminSql, 'treasury')).held).toBeGreaterThanOrEqual(musd)
    await bury(id, seen)
    expect(await status(session)).toBe('delivered')
  })

  test('though Stripe named it, asks for attention, and goes on when it shows up', async () => {
    for (const asset of ['USDC', 'MUSD'] as const) {
      const session = await pay({ asset })
      const { id } = await transferOf(session, 'stripe_payout')
      await age(id, '16 minutes')
      await look(id, { state: 'absent' })
      expect(await read(session)).toMatchObject({ status: 'needs_attention', attention_code: 'funding_unverified' })
      await look(id)
      expect(await status(session)).toBe(asset === 'USDC' ? 'delivering' : 'needs_attention')
      await bury(id)
      expect(asset === 'USDC' ? await status(session) : await deliver(session)).toBe(
        asset === 'USDC' ? 'delivered' : 'delivering',
      )
    }
  })
})

test('whatever the chain shows in whatever order, it is delivered once it is buried and never before', async () => {
  const sight = fc.oneof(
    fc.constantFrom<Look>({ state: 'absent' }, { state: 'pending' }),
    fc
      .record({ block: fc.integer({ min: 100, max: 103 }), deep: fc.integer({ min: 0, max: required - 1 }) })
      .map(({ block, deep }): Look => ({ amount: musd, from: treasury, block, head: block + deep - 1 })),
    fc.constant<Look>({ state: 'reverted', head: 100 }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(sight, { maxLength: 8 }), async (sights) => {
      const { session, id, seen } = await onItsWay()
      for (const one of sights) {
        expect(['broadcast', 'included']).toContain(await look(id, one))
        expect(await status(session)).toBe('delivering')
      }
      expect(await bury(id, seen)).toBe('confirmed')
      expect(await status(session)).toBe('delivered')
      expect(await receipts(session)).toHaveLength(1)
    }),
    { numRuns: 20 },
  )
})
