import { beforeAll, describe, expect, test } from 'vitest'
import { retryOnrampDelivery } from '#lib/onramp/retry-delivery.ts'
import { introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { expectSoundLedger } from '#supabase/tests/support/ledger.ts'
import {
  bury,
  deliver,
  fund,
  type Look,
  look,
  musd,
  pay,
  read,
  type Session,
  send,
  transferOf,
  treasury,
  treasuryHolds,
} from '#supabase/tests/support/purchase.ts'
import { refusalOf } from '#supabase/tests/support/refusal.ts'
import { ageTransfer } from '#supabase/tests/support/waits.ts'

// What an operator may let be sent again, and what nobody may: a delivery that the chain took, and that is not what was meant,
// may have moved tokens.

const { adminSql } = await testDatabase()

beforeAll(async () => {
  await introduceCast(adminSql)
  await treasuryHolds(10n ** 24n, 1)
})

const retry = ({ id }: Session) => retryOnrampDelivery({ actor: olga, id })
const deliveries = async ({ id }: Session): Promise<(string | null)[]> => {
  const rows = await adminSql`
    select failure from public.transfers where session_id = ${id} and kind = 'treasury_delivery' order by created_at`
  return rows.map(({ failure }) => failure)
}
const audits = ({ id }: Session) => adminSql`select from public.audit_log where subject = ${id}`
const job = ({ id }: Session) => adminSql`select from graphile_worker.jobs where key = ${`deliver:${id}`}`
const loseJob = ({ id }: Session) => adminSql`select graphile_worker.remove_job(${`deliver:${id}`})`

/** A delivery that was mined, and ended so. */
async function ended(seen: Look): Promise<Session> {
  const session = await fund()
  await bury(await send(session), { from: treasury, ...seen })
  await loseJob(session)
  return session
}

describe('a delivery that is on chain and is not what was meant', () => {
  test.each<[string, Look]>([
    ['has no transfer to the buyer, or several', { state: 'mismatch' }],
    ['moved a unit less', { amount: musd - 1n }],
    ['moved a unit more', { amount: musd + 1n }],
  ])('%s: it is never sent again, by nobody’s hand and by no stray job', async (_, seen) => {
    const session = await ended(seen)
    expect(await read(session)).toMatchObject({ status: 'needs_attention', attention_code: 'delivery_mismatch' })

    await expect(retry(session)).rejects.toMatchObject({ status: 409, code: 'wrong_state' })
    expect(await job(session)).toEqual([])
    expect(await audits(session)).toEqual([])

    for (let again = 0; again < 2; again += 1) expect(await deliver(session)).toBe('needs_attention')
    expect(await deliveries(session)).toEqual(['mismatch'])
    await expectSoundLedger(adminSql)
  })

  test('whose log another delivery was counted for is not sent again either', async () => {
    const [one, other] = [await fund(), await fund()]
    const [first, second] = [await send(one), await send(other)]
    await bury(first, { amount: musd, from: treasury, logIndex: 7 })
    await adminSql.begin((tx) => [
      tx`set local session_replication_role = replica`,
      tx`update public.transfers set hash = (select hash from public.transfers where id = ${first}) where id = ${second}`,
    ])
    await bury(second, { amount: musd, from: treasury, logIndex: 7 })
    await expect(retry(other)).rejects.toMatchObject({ status: 409 })
    expect(await deliver(other)).toBe('needs_attention')
    expect(await deliveries(other)).toEqual(['mismatch'])
  })

  test('is held whichever attempt before it failed harmlessly', async () => {
    const session = await ended({ state: 'reverted' })
    await retry(session)
    await deliver(session)
    await bury(await send(session), { state: 'mismatch' })
    await expect(retry(session)).rejects.toMatchObject({ status: 409 })
    expect(await deliver(session)).toBe('needs_attention')
    expect(await deliveries(session)).toEqual(['reverted', 'mismatch'])
  })
})

describe('a delivery that certainly moved nothing', () => {
  test('is sent again when an operator says so, once however often', async () => {
    const session = await ended({ state: 'reverted' })
    await Promise.all(Array.from({ length: 4 }, () => retry(session)))
    expect(await job(session)).toHaveLength(1)
    expect(await Promise.all(Array.from({ length: 4 }, () => deliver(session)))).toEqual(Array(4).fill('delivering'))
    expect(await deliveries(session)).toEqual(['reverted', null])
    await expect(retry(session)).rejects.toMatchObject({ status: 409 })
  })
})

test('what Stripe delivers itself is not ours to send', async () => {
  const session = await pay()
  const { id } = await transferOf(session, 'stripe_payout')
  await ageTransfer(adminSql, id, '16 minutes')
  await look(id, { state: 'absent' })
  expect(await read(session)).toMatchObject({ status: 'needs_attention', attention_code: 'funding_unverified' })
  await expect(retry(session)).rejects.toMatchObject({ status: 409 })
  expect(await job(session)).toEqual([])
  expect(await audits(session)).toEqual([])
})

test('the refusal is the database’s own', async () => {
  const session = await ended({ state: 'mismatch' })
  expect(await refusalOf(retry(session))).toBe('CWSTA')
})
