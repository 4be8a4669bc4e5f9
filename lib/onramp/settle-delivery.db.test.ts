import { beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#lib/auth/actor.ts'
import { retryOnrampDelivery } from '#lib/onramp/retry-delivery.ts'
import { settleOnrampDelivery } from '#lib/onramp/settle-delivery.ts'
import { alice, guest, introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { expectSoundLedger } from '#supabase/tests/support/ledger.ts'
import {
  bury,
  deliver,
  fund,
  type Look,
  musd,
  read,
  type Session,
  send,
  treasury,
  treasuryHolds,
} from '#supabase/tests/support/purchase.ts'
import { refusalOf } from '#supabase/tests/support/refusal.ts'

// A delivery that ended otherwise than agreed is settled by a person, who says how: once, for good, and nothing is sent after it.

const { adminSql, as } = await testDatabase()

beforeAll(async () => {
  await introduceCast(adminSql)
  await treasuryHolds(10n ** 24n, 1)
})

/** A delivery that was mined, and ended so. */
async function ended(seen: Look): Promise<Session> {
  const session = await fund()
  await bury(await send(session), { from: treasury, ...seen })
  await adminSql`select graphile_worker.remove_job(${`deliver:${session.id}`})`
  return session
}

const settle = ({ id }: Session, actor: Actor = olga, note = 'Sent the missing unit from the office wallet.') =>
  settleOnrampDelivery({ actor, id, note })
const audit = ({ id }: Session) => adminSql`select actor, action, detail from public.audit_log where subject = ${id}`
const deliveries = ({ id }: Session) =>
  adminSql`select from public.transfers where session_id = ${id} and kind = 'treasury_delivery'`

describe('a delivery that is settled by hand', () => {
  test.each<[string, Look, string]>([
    ['moved another amount', { amount: musd - 1n }, 'delivery_mismatch'],
    ['failed on chain', { state: 'reverted' }, 'delivery_failed'],
  ])('and had %s: the purchase ends, under a name and with a reason', async (_, seen, code) => {
    const session = await ended(seen)
    expect(await read(session)).toMatchObject({ status: 'needs_attention', attention_code: code })

    await settle(session)

    const row = await read(session)
    expect(row).toMatchObject({ status: 'settled_by_hand', attention_code: null, delivered_amount: null })
    expect(row.finalized_at).not.toBeNull()
    expect(await audit(session)).toEqual([
      {
        actor: `account:${olga.userId}`,
        action: 'onramp.settle_delivery',
        detail: { note: 'Sent the missing unit from the office wallet.', attention: code },
      },
    ])
    await expectSoundLedger(adminSql)
  })

  test('is not sent afterwards, by a job that was on its way nor by anybody’s hand', async () => {
    const session = await ended({ state: 'reverted' })
    await retryOnrampDelivery({ actor: olga, id: session.id })
    await settle(session)
    expect(await deliver(session)).toBe('settled_by_hand')
    await expect(retryOnrampDelivery({ actor: olga, id: session.id })).rejects.toMatchObject({ status: 409 })
    expect(await deliveries(session)).toHaveLength(1)
  })

  test('is not settled while a delivery is on its way', async () => {
    const session = await ended({ state: 'reverted' })
    await retryOnrampDelivery({ actor: olga, id: session.id })
    await deliver(session)
    await expect(settle(session)).rejects.toMatchObject({ status: 409, code: 'wrong_state' })
    expect(await read(session)).toMatchObject({ status: 'delivering' })
  })

  test('is settled once, however many press at the same moment; or sent, never both', async () => {
    const session = await ended({ state: 'reverted' })
    const outcomes = await Promise.allSettled([...Array.from({ length: 4 }, () => settle(session)), deliver(session)])
    const settled = outcomes.slice(0, 4).filter(({ status }) => status === 'fulfilled').length
    const sent = (await deliveries(session)).length - 1
    expect(settled + sent).toBe(1)
    expect(await audit(session)).toHaveLength(settled)
  })

  test('stays so, whoever writes', async () => {
    const session = await ended({ state: 'mismatch' })
    await settle(session)
    const undo = adminSql`update public.onramp_sessions set status = 'delivering' where id = ${session.id}`
    expect(await refusalOf(undo)).toBe('23503 onramp_events_transition_is_allowed')
  })
})

describe('it is refused, and nothing changes,', () => {
  test.each([
    ['a person', alice, 403],
    ['a guest', guest(), 404],
    ['a job', { role: 'worker' } as const, 404],
  ])('to %s', async (_, actor, status) => {
    const session = await ended({ state: 'mismatch' })
    const before = await read(session)
    await expect(settle(session, actor)).rejects.toMatchObject({ status })
    expect(await read(session)).toEqual(before)
    expect(await audit(session)).toEqual([])
  })

  test.each([
    ['no note', ''],
    ['a note of nothing', ' \n\t'],
    ['a note that is a book', 'x'.repeat(501)],
  ])('with %s, also where nobody parsed it', async (_, note) => {
    const session = await ended({ state: 'mismatch' })
    await expect(settle(session, olga, note)).rejects.toMatchObject({ status: 422, field: 'note' })
    const direct = as(olga)((sql) => sql`select app.settle_onramp_delivery(${session.id}, ${note})`)
    expect(await refusalOf(direct)).toBe('CWSTA')
    expect(await read(session)).toMatchObject({ status: 'needs_attention' })
  })

  test('where the delivery has not ended, or there is nothing', async () => {
    const session = await fund()
    await expect(settle(session)).rejects.toMatchObject({ status: 409 })
    await expect(
      settleOnrampDelivery({ actor: olga, id: '00000000-0000-4000-8000-000000000000', note: 'x' }),
    ).rejects.toMatchObject({ status: 404 })
    await expect(settleOnrampDelivery({ actor: olga, id: 'none', note: 'x' })).rejects.toMatchObject({ status: 404 })
    expect(await audit(session)).toEqual([])
  })
})
