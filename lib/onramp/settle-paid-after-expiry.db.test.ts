import { beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#lib/auth/actor.ts'
import { settlePaidAfterExpiry } from '#lib/onramp/settle-paid-after-expiry.ts'
import { alice, guest, introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { begin, bury, hashOf, openCheckout, read, stripeSays, transferOf } from '#supabase/tests/support/purchase.ts'
import { refusalOf } from '#supabase/tests/support/refusal.ts'

// A payment that came too late is settled by a person, who says how: once, under their name, and nothing moves by it.

const { adminSql, as } = await testDatabase()

beforeAll(() => introduceCast(adminSql))

const worker = as({ role: 'worker' })

async function expired() {
  const session = await begin({ asset: 'MUSD' })
  await openCheckout(session)
  await adminSql`update public.onramp_sessions set expires_at = now() where id = ${session.id}`
  await worker((sql) => sql`select app.expire_onramp_session(${session.id})`)
  return session
}

async function paidLate() {
  const session = await expired()
  await stripeSays(session, 'fulfillment_complete', hashOf(session.id))
  await bury((await transferOf(session, 'stripe_payout')).id)
  return session
}

const settle = (id: string, actor: Actor = olga, note = 'Sent 24.875 MUSD from the office wallet.') =>
  settlePaidAfterExpiry({ actor, id, note })
const compare = () => worker((sql) => sql`select * from app.note_findings()`)
const findings = (id: string) =>
  adminSql`select cleared_at is null as open from public.reconciliation_findings where subject = ${id}`
const audit = (id: string) => adminSql`select actor, action, detail from public.audit_log where subject = ${id}`
const ledger = () => adminSql`select id, posted, held from public.ledger_accounts order by id`

describe('a late payment that is settled', () => {
  test('is settled under a name and with a reason; its finding is gone and stays gone, and no money moves', async () => {
    const session = await paidLate()
    await compare()
    expect(await findings(session.id)).toEqual([{ open: true }])
    const before = await ledger()

    await settle(session.id)

    expect(await findings(session.id)).toEqual([{ open: false }])
    await compare()
    expect(await findings(session.id)).toEqual([{ open: false }])
    expect(await audit(session.id)).toEqual([
      {
        actor: `account:${olga.userId}`,
        action: 'onramp.settle_paid_after_expiry',
        detail: { note: 'Sent 24.875 MUSD from the office wallet.' },
      },
    ])
    expect(await ledger()).toEqual(before)
    expect(await read(session)).toMatchObject({ status: 'expired', delivered_amount: null })
    expect(await adminSql`select from public.transfers where session_id = ${session.id}`).toHaveLength(1)
  })

  test('stays settled when Stripe says the same again', async () => {
    const session = await paidLate()
    await settle(session.id)
    const { paid_after_expiry_settled_at: at } = await read(session)
    await stripeSays(session, 'fulfillment_complete', hashOf(session.id))
    expect((await read(session)).paid_after_expiry_settled_at).toEqual(at)
    await compare()
    expect(await findings(session.id)).toEqual([])
  })

  test('is not settled a second time, by anybody, nor at the same moment', async () => {
    const session = await paidLate()
    const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => settle(session.id)))
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected'])
    await expect(settle(session.id)).rejects.toMatchObject({ status: 409, code: 'wrong_state' })
    expect(await audit(session.id)).toHaveLength(1)
  })

  test('is not taken back, whoever writes', async () => {
    const session = await paidLate()
    await settle(session.id)
    const undo = adminSql`update public.onramp_sessions set paid_after_expiry_settled_at = null where id = ${session.id}`
    expect(await refusalOf(undo)).toBe('CWSTA')
  })
})

describe('it is refused, and nothing changes,', () => {
  test.each([
    ['a person', alice, 403],
    ['a guest', guest(), 404],
    ['a job', { role: 'worker' } as const, 404],
  ])('to %s', async (_, actor, status) => {
    const session = await paidLate()
    const before = await read(session)
    await expect(settle(session.id, actor)).rejects.toMatchObject({ status })
    expect(await read(session)).toEqual(before)
    expect(await audit(session.id)).toEqual([])
  })

  test.each([
    ['no note', ''],
    ['a note of nothing', ' \n\t'],
    ['a note that is a book', 'x'.repeat(501)],
  ])('with %s, also where nobody parsed it', async (_, note) => {
    const session = await paidLate()
    await expect(settle(session.id, olga, note)).rejects.toMatchObject({ status: 422, field: 'note' })
    const direct = as(olga)((sql) => sql`select app.settle_paid_after_expiry(${session.id}, ${note})`)
    expect(await refusalOf(direct)).toBe('CWSTA')
    expect((await read(session)).paid_after_expiry_settled_at).toBeNull()
  })

  test('where nobody has paid late, or there is nothing', async () => {
    const session = await expired()
    await expect(settle(session.id)).rejects.toMatchObject({ status: 409 })
    await expect(settle('00000000-0000-4000-8000-000000000000')).rejects.toMatchObject({ status: 404 })
    await expect(settle('none')).rejects.toMatchObject({ status: 404 })
    expect(await audit(session.id)).toEqual([])
  })
})
