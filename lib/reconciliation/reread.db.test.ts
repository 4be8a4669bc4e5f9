import { beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '#supabase/tests/support/database.ts'
import {
  begin,
  bury,
  deliver,
  fund,
  hashOf,
  look,
  openCheckout,
  read,
  stripeSays,
  transferOf,
  treasuryHolds,
} from '#supabase/tests/support/purchase.ts'

// Which rows get a job, and when. A job that waits out a long backoff is as good as none.

const { adminSql, as } = await testDatabase()
const worker = as({ role: 'worker' })

beforeEach(() => adminSql`delete from graphile_worker._private_jobs`)

const reread = async (spread: number): Promise<number> =>
  (await worker((sql) => sql`select app.reread_open_sessions(${spread}) as count`))[0]?.count
const schedule = async (): Promise<number> =>
  (await worker((sql) => sql`select app.schedule_stalled_work() as count`))[0]?.count
const jobs = () =>
  adminSql`select key, attempts, extract(epoch from run_at - now())::float as due from graphile_worker.jobs order by key`

async function aged(table: 'onramp_sessions' | 'transfers', id: string, interval: string): Promise<void> {
  await adminSql.begin((tx) => [
    tx`set local session_replication_role = replica`,
    tx`update ${tx(`public.${table}`)} set created_at = created_at - ${interval}::interval, updated_at = updated_at - ${interval}::interval where id = ${id}`,
  ])
}

const nobodyElseWaits = () =>
  adminSql`update public.onramp_sessions set status = 'expired' where status = 'awaiting_payment'`

async function waiting() {
  const session = await begin()
  await openCheckout(session)
  await adminSql`delete from graphile_worker._private_jobs`
  return session
}

test('each session that waits for its payment is read again, all of them spread over the time', async () => {
  const sessions = [await waiting(), await waiting(), await waiting()]
  expect(await reread(240)).toBe(3)
  const made = await jobs()
  expect(made.map(({ key }) => key)).toEqual(sessions.map(({ id }) => `sync:${id}`).sort())
  for (const { due } of made) expect(due).toBeLessThan(240)
  expect(new Set(made.map(({ due }) => due)).size).toBe(3)
})

test('one that is about to be read is left alone, one whose job backs off is not', async () => {
  await nobodyElseWaits()
  const { id } = await waiting()
  expect(await reread(0)).toBe(1)
  expect(await reread(0)).toBe(0)
  await adminSql`update graphile_worker._private_jobs set attempts = 9, run_at = now() + interval '3 hours'`
  expect(await reread(0)).toBe(1)
  expect(await jobs()).toMatchObject([{ key: `sync:${id}`, attempts: 0, due: expect.closeTo(0, 0) }])
})

test('the longer one waits, the more seldom it is read', async () => {
  await nobodyElseWaits()
  const sessions = await Promise.all(Array.from({ length: 24 }, waiting))
  for (const { id } of sessions) await aged('onramp_sessions', id, '7 hours')
  expect(await reread(0)).toBeLessThan(24)
  for (const { id } of sessions) expect((await read({ id })).status).toBe('awaiting_payment')
})

test('a transfer whose job waits for hours after failures gets one that runs now', async () => {
  await treasuryHolds(10n ** 24n, 1)
  const session = await fund()
  await deliver(session)
  const { id } = await transferOf(session, 'treasury_delivery')
  await aged('transfers', id, '2 minutes')
  await adminSql`update graphile_worker._private_jobs set attempts = 8, run_at = now() + interval '50 minutes' where key = ${`send:${id}`}`
  expect(await schedule()).toBeGreaterThan(0)
  expect((await jobs()).find(({ key }) => key === `send:${id}`)).toMatchObject({
    attempts: 0,
    due: expect.closeTo(0, 0),
  })
  expect(await schedule()).toBe(0)
})

describe('a payout that Stripe sends again', () => {
  const hashes = { first: hashOf('the first payout'), second: hashOf('the second payout') }

  async function paid(name: string) {
    const session = await begin({ asset: 'MUSD' })
    await openCheckout(session)
    await stripeSays(session, 'fulfillment_complete', hashOf(`${hashes.first} ${name}`))
    return { session, id: (await transferOf(session, 'stripe_payout')).id, second: hashOf(`${hashes.second} ${name}`) }
  }

  test('is read again at Stripe while no block has it, and followed under the name it has now', async () => {
    const { session, id, second } = await paid('a')
    await nobodyElseWaits()
    await adminSql`delete from graphile_worker._private_jobs`
    expect(await reread(0)).toBe(0)
    await aged('transfers', id, '6 minutes')
    expect(await reread(0)).toBe(1)
    expect((await jobs()).map(({ key }) => key)).toEqual([`sync:${session.id}`])

    expect(await stripeSays(session, 'fulfillment_complete', second)).toBe('funded')
    expect((await jobs()).map(({ key }) => key)).toContain(`watch:${id}`)
    expect(await transferOf(session, 'stripe_payout')).toMatchObject({ id, hash: second, status: 'broadcast' })
    await bury(id)
    const payouts = await adminSql`select status, hash from public.transfers where session_id = ${session.id}`
    expect(payouts).toEqual([{ status: 'confirmed', hash: second }])
    const funding =
      await adminSql`select from public.ledger_transfers where subject = ${session.id} and kind = 'onramp_funding'`
    expect(funding).toHaveLength(1)
  })

  test.each(['included', 'confirmed'])('goes by the name the chain has it under once it is %s', async (state) => {
    const { session, id, second } = await paid(state)
    const { hash } = await transferOf(session, 'stripe_payout')
    if (state === 'included') await look(id, { block: 300 })
    else await bury(id, { block: 301 })
    await stripeSays(session, 'fulfillment_complete', second)
    expect(await transferOf(session, 'stripe_payout')).toMatchObject({ id, hash, status: state })
  })
})
