import { randomBytes, randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import type { PersonActor } from '#lib/auth/actor.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { buyPass, insertPassOrder, movePassOrder, newGuest } from '#supabase/tests/support/passes.ts'
import { refusalOf } from '#supabase/tests/support/refusal.ts'
import { connectionsWaitForALock, holdAsOwner } from '#supabase/tests/support/waits.ts'

// Who has a pass, what pays for it, and what takes it back. What is written here is written as the payments' own commands write it.

const { adminSql, adminUrl, as } = await testDatabase()
const worker = as({ role: 'worker' })

let guest: PersonActor
beforeEach(async () => {
  guest = await newGuest(adminSql)
})

const owned = async (person = guest) => {
  const [row] = await as(person)((sql) => sql`select app.read_own_passes() as it`)
  return row?.it
}
const holds = async (person = guest) => (await owned(person)).holds
const passes = () =>
  adminSql`select status, expires_at from public.passes where owner_id = ${guest.userId} order by expires_at`
const wallet = `0x${'ab'.repeat(20)}`
const order = (rail: 'card' | 'wallet', key = randomUUID(), person = guest, payer = wallet, hash = randomBytes(32)) =>
  as(person)(
    (sql) => sql`select * from app.order_pass(${key}, ${hash}, ${rail}, ${rail === 'card' ? null : 'base'},
      ${rail === 'card' ? null : 'MUSD'}, ${rail === 'card' ? null : payer}, ${rail === 'card' ? null : `0x${'cd'.repeat(20)}`})`,
  )
const suspend = (because: string) =>
  adminSql`insert into public.suspensions (account_id, because) values (${guest.userId}, ${because})`

describe('an order', () => {
  test('is one, however often it is sent, and says what is to be paid', async () => {
    const [key, hash] = [randomUUID(), randomBytes(32)]
    const [first] = await order('wallet', key, guest, wallet, hash)
    const [again] = await order('wallet', key, guest, wallet, hash)
    expect(first).toMatchObject({ replayed: false, answer: { status: 'awaiting_payment', price: '0.01' } })
    expect(first?.answer).toMatchObject({ currency: 'MUSD', units: '10000000000000000', payer: wallet, passId: null })
    expect(again).toEqual({ ...first, replayed: true })
    expect(await refusalOf(order('wallet', key))).toBe('CWIKR')
    expect((await owned()).orders).toHaveLength(1)
  })

  test('by card costs half a dollar, and waits for its checkout', async () => {
    const [made] = await order('card')
    expect(made?.answer).toMatchObject({ status: 'created', price: '0.50', currency: 'USD', checkoutUrl: null })
  })

  test('is its buyer’s alone', async () => {
    const [made] = await order('card')
    const stranger = await newGuest(adminSql)
    const read = (person: PersonActor) => as(person)((sql) => sql`select app.read_pass_order(${made?.answer.id}) as it`)
    expect((await read(guest))[0]?.it.id).toBe(made?.answer.id)
    expect((await read(stranger))[0]?.it).toBeNull()
    expect(await as(stranger)((sql) => sql`select id from public.pass_orders`)).toEqual([])
    expect(await as(guest)((sql) => sql`select id from public.pass_orders`)).toHaveLength(1)
  })

  test('is refused twice for one wallet, but nobody keeps the wallet’s holder from ordering', async () => {
    await order('wallet')
    expect(await refusalOf(order('wallet'))).toBe('CWSTA')
    expect(await refusalOf(order('wallet', randomUUID(), await newGuest(adminSql)))).toBe('accepted')
  })

  test('is one of ten that are open at most', async () => {
    for (let at = 0; at < 10; at++) await order('card')
    expect(await refusalOf(order('card'))).toBe('CWINV')
    expect((await owned()).orders).toHaveLength(10)
  })

  test('is refused while a bought pass holds, and while suspended', async () => {
    await buyPass(adminSql, guest)
    expect(await refusalOf(order('card'))).toBe('CWSTA')
    guest = await newGuest(adminSql)
    await suspend('operator')
    expect(await refusalOf(order('card'))).toBe('CWSUS')
    expect((await owned()).orders).toEqual([])
  })

  test('is never edited, nor deleted', async () => {
    const id = await buyPass(adminSql, guest)
    const someone = await newGuest(adminSql)
    expect(await refusalOf(adminSql`update public.pass_orders set amount_minor = 1 where id = ${id}`)).toBe('CWSTA')
    expect(await refusalOf(adminSql`update public.pass_orders set owner_id = ${someone.userId} where id = ${id}`)).toBe(
      'CWSTA',
    )
    expect(await refusalOf(adminSql`update public.pass_orders set stripe_payment_intent = 'pi' where id = ${id}`)).toBe(
      'CWSTA',
    )
    expect(await refusalOf(adminSql`delete from public.pass_orders where id = ${id}`)).toBe('CWSTA')
  })
})

describe('a pass', () => {
  test('is granted by the payment, once an order, and lets its person in', async () => {
    expect(await holds()).toBe(false)
    const id = await buyPass(adminSql, guest)
    for (let at = 0; at < 10; at++) await adminSql`select private.grant_pass(${id})`
    expect(await passes()).toHaveLength(1)
    expect(await holds()).toBe(true)
    expect((await owned()).orders[0]).toMatchObject({ status: 'paid', passId: (await owned()).passes[0].id })
    expect(await holds(await newGuest(adminSql))).toBe(false)
  })

  test('is granted for money that comes late', async () => {
    const id = await insertPassOrder(adminSql, 'created', guest.userId)
    for (const status of ['awaiting_payment', 'expired', 'paid']) await movePassOrder(adminSql, id, status)
    expect(await holds()).toBe(true)
  })

  test('that is paid for twice holds twice as long, and each payment is taken back alone', async () => {
    const orders = [await buyPass(adminSql, guest), await buyPass(adminSql, guest)]
    const [first, second] = await passes()
    expect(second?.expires_at.getTime() - first?.expires_at.getTime()).toBeGreaterThan(364 * 86_400_000)
    await movePassOrder(adminSql, orders[1] ?? '', 'refunded')
    expect((await passes()).map(({ status }) => status)).toEqual(['active', 'revoked'])
    expect(await holds()).toBe(true)
  })

  test('that two payments grant at once is two, one after the other', async () => {
    const orders = await Promise.all([1, 2].map(() => insertPassOrder(adminSql, 'created', guest.userId)))
    for (const id of orders) await movePassOrder(adminSql, id, 'awaiting_payment')
    const first = await holdAsOwner(adminUrl, (sql) => movePassOrder(sql, orders[0] ?? '', 'paid'))
    const second = movePassOrder(adminSql, orders[1] ?? '', 'paid').execute()
    await connectionsWaitForALock(adminSql)
    await first.commit()
    await second
    const [one, other] = await passes()
    expect(other?.expires_at.getTime() - one?.expires_at.getTime()).toBeGreaterThan(364 * 86_400_000)
  })

  test.each(['refunded', 'disputed'])('is revoked by a payment that is %s', async (status) => {
    await movePassOrder(adminSql, await buyPass(adminSql, guest), status)
    expect(await passes()).toMatchObject([{ status: 'revoked' }])
    expect(await holds()).toBe(false)
  })

  test('comes back by a dispute that was won, and not by one that was lost', async () => {
    const id = await buyPass(adminSql, guest)
    for (const status of ['disputed', 'paid']) await movePassOrder(adminSql, id, status)
    expect(await passes()).toMatchObject([{ status: 'active' }])
    for (const status of ['disputed', 'refunded']) await movePassOrder(adminSql, id, status)
    expect(await holds()).toBe(false)
  })

  test('lets nobody in from the instant it ends, and the worker ends it', async () => {
    const [code] =
      await adminSql`insert into public.invite_codes (hash, sealed, max_uses, expires_at) values (${randomBytes(32)}, '', 1, now()) returning id`
    await adminSql`insert into public.passes (owner_id, code_id, granted_at, expires_at)
      values (${guest.userId}, ${code?.id}, now() - interval '1 year', now() - interval '1 second')`
    expect(await holds()).toBe(false)
    expect((await owned()).passes[0].status).toBe('expired')
    const [row] = await worker((sql) => sql`select app.expire_passes() as ended`)
    expect(row?.ended).toBe(1)
    expect(await passes()).toMatchObject([{ status: 'expired' }])
  })

  test('belongs to nobody once its person is gone, and the order stays', async () => {
    const id = await buyPass(adminSql, guest)
    await adminSql`delete from auth.users where id = ${guest.userId}`
    const [row] = await adminSql`
      select o.owner_id as buyer, p.owner_id as holder from public.pass_orders o join public.passes p on p.order_id = o.id where o.id = ${id}`
    expect(row).toEqual({ buyer: null, holder: null })
  })
})

describe('a name', () => {
  const name = (text: string) => as(guest)((sql) => sql`select app.set_profile(${text}) as it`)

  test('is given and changed', async () => {
    await name('Ada')
    expect((await name('Ada L.'))[0]?.it.name).toBe('Ada L.')
    expect((await owned()).profile.name).toBe('Ada L.')
  })

  test.each(['', ' Ada', 'A\nda', 'x'.repeat(41)])('is a short line, unlike %j', async (text) => {
    expect(await refusalOf(name(text))).toBe('23514 profiles_name_is_a_short_line')
  })
})
