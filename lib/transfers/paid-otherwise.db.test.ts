import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { retryOnrampDelivery } from '#lib/onramp/retry-delivery.ts'
import { sendTransfer } from '#lib/transfers/tasks/send.ts'
import { watchTransfer } from '#lib/transfers/tasks/watch.ts'
import { introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { expectSoundLedger } from '#supabase/tests/support/ledger.ts'
import { musd, read, transferOf } from '#supabase/tests/support/purchase.ts'
import {
  beginDelivery,
  type Delivery,
  expectArrival,
  expectWarning,
  startTreasuryChain,
  type TreasuryChain,
} from '#supabase/tests/support/treasury-chain.ts'

// A transaction of the treasury's key that our tables know nothing of takes the place of a delivery, and pays its buyer: what was
// signed again before a restore, or sent by hand. Who was paid is not paid a second time.

const { adminSql } = await testDatabase()

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

/** A delivery whose bytes no node ever got. */
async function lost(): Promise<Delivery> {
  const delivery = await chain.prepared()
  chain.loseBroadcasts()
  await sendTransfer({ transferId: delivery.id })
  chain.proxy.passThrough()
  return delivery
}

async function expectPaidOnce({ session, buyer, id }: Delivery, paid: bigint[], theirs: string): Promise<void> {
  expect(await transferOf(session, 'treasury_delivery')).toMatchObject({
    id,
    status: 'failed',
    failure: 'mismatch',
    displaced_by: theirs,
  })
  expect(await read(session)).toMatchObject({ status: 'needs_attention', attention_code: 'delivery_mismatch' })
  await expect(retryOnrampDelivery({ actor: olga, id: session.id })).rejects.toMatchObject({ status: 409 })
  await beginDelivery({ session })
  expect((await transferOf(session, 'treasury_delivery')).id).toBe(id)
  await sendTransfer({ transferId: id })
  await chain.mine(1)
  expect(await chain.paid(buyer)).toEqual(paid)
}

test.each([
  ['the whole amount', musd],
  ['another amount', 1n],
])('%s: it is held for a person', async (_, amount) => {
  const delivery = await lost()
  const theirs = await chain.byHand(delivery.nonce, { to: delivery.buyer, amount })
  await chain.mine(4)
  const warned = expectWarning(/took the place/)
  await watchTransfer({ transferId: delivery.id })
  warned()
  await expectPaidOnce(delivery, [amount], theirs)
})

test('before anything was signed, likewise', async () => {
  const delivery = await chain.prepared()
  const theirs = await chain.byHand(delivery.nonce, { to: delivery.buyer, amount: musd })
  await chain.mine(4)
  const warned = expectWarning(/took the place/)
  await sendTransfer({ transferId: delivery.id })
  warned()
  await expectPaidOnce(delivery, [musd], theirs)
})

test('where it failed on chain it paid nobody: the delivery is prepared anew', async () => {
  const delivery = await lost()
  await chain.byHand(delivery.nonce, { to: delivery.buyer, amount: 10n ** 40n })
  await chain.mine(4)
  const warned = expectWarning(/took the place/)
  await watchTransfer({ transferId: delivery.id })
  warned()
  expect(await read(delivery.session)).toMatchObject({ attention_code: 'delivery_displaced' })
  await beginDelivery(delivery)
  await expectArrival(chain, delivery)
})
