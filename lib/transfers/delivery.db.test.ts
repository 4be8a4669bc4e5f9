import { beforeAll, describe, expect, test } from 'vitest'
import { retryOnrampDelivery } from '#lib/onramp/retry-delivery.ts'
import { alice, guest, introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { account } from '#supabase/tests/support/ledger.ts'
import {
  bury,
  deliver,
  fund,
  hashOf,
  look,
  musd,
  read,
  recordBroadcast,
  type Session,
  sign,
  transferOf,
  treasury,
  treasuryHolds,
} from '#supabase/tests/support/purchase.ts'
import { connectionsWaitForALock, hold } from '#supabase/tests/support/waits.ts'

// Between the hold and the block: what the node says of our bytes, and that there are never other bytes for one purchase.

const { adminSql, as, url } = await testDatabase()

beforeAll(async () => {
  await introduceCast(adminSql)
  await treasuryHolds(10n ** 24n, 1)
})

type Delivery = { session: Session; id: string }

/** A delivery whose signed bytes are stored. */
async function signed(): Promise<Delivery> {
  const session = await fund()
  await deliver(session)
  const { id } = await transferOf(session, 'treasury_delivery')
  await sign(id)
  return { session, id }
}

const state = async ({ session }: Delivery): Promise<string> =>
  `${(await read(session)).status}, ${(await transferOf(session, 'treasury_delivery')).status}`

const job = async (key: string) =>
  (await adminSql`select run_at > now() + interval '1 second' as later from graphile_worker.jobs where key = ${key}`)[0]

/** Neither a second delivery nor a second hold can be had for this purchase, whoever asks. */
async function expectNoSecond({ session }: Delivery): Promise<void> {
  const before = await account(adminSql, 'treasury')
  const { status } = await read(session)
  expect(await deliver(session)).toBe(status)
  expect(
    await adminSql`select from public.transfers where session_id = ${session.id} and kind = 'treasury_delivery'`,
  ).toHaveLength(1)
  expect(await account(adminSql, 'treasury')).toEqual(before)
}

describe('the signed bytes', () => {
  test('are stored before anything is sent, and the first ones stay', async () => {
    const { id } = await signed()
    expect(await sign(id, 'other bytes')).toBe(`signed ${id}`)
    expect((await adminSql`select hash from public.transfers where id = ${id}`)[0]?.hash).toBe(hashOf(`signed ${id}`))
    const [row] = await as({ role: 'worker' })((sql) => sql`select app.read_signed_transfer(${id}) as raw`)
    expect(Buffer.from(row?.raw).toString()).toBe(`signed ${id}`)
  })

  test('of two workers that sign at once are the first one’s, for both', async () => {
    const session = await fund()
    await deliver(session)
    const { id } = await transferOf(session, 'treasury_delivery')
    const one = await hold(
      url,
      { role: 'worker' },
      (sql) => sql`select app.record_signed_transfer(${id}, ${hashOf('one')}, ${Buffer.from('one')})`,
    )
    const other = sign(id, 'other')
    await connectionsWaitForALock(adminSql)
    await one.commit()
    expect(await other).toBe('one')
    expect((await transferOf(session, 'treasury_delivery')).hash).toBe(hashOf('one'))
  })

  test('are nobody’s before they are signed', async () => {
    const session = await fund()
    await deliver(session)
    const { id } = await transferOf(session, 'treasury_delivery')
    const [row] = await as({ role: 'worker' })((sql) => sql`select app.read_signed_transfer(${id}) as raw`)
    expect(row).toEqual({ raw: null })
  })
})

describe('the node says', () => {
  test.each(['accepted', 'known'])('%s: it is on its way and watched', async (outcome) => {
    const delivery = await signed()
    await recordBroadcast(delivery.id, outcome)
    expect(await state(delivery)).toBe('delivering, broadcast')
    expect(await job(`watch:${delivery.id}`)).toEqual({ later: false })
    await expectNoSecond(delivery)
  })

  test('nothing clear: it may be on its way, so it is watched, unknown, and stays held', async () => {
    const delivery = await signed()
    await recordBroadcast(delivery.id, 'unclear')
    expect(await state(delivery)).toBe('unknown, broadcast')
    expect(await job(`watch:${delivery.id}`)).toEqual({ later: false })
    await expectNoSecond(delivery)
    await recordBroadcast(delivery.id, 'known')
    expect(await state(delivery)).toBe('delivering, broadcast')
    await bury(delivery.id, { amount: musd, from: treasury })
    expect(await state(delivery)).toBe('delivered, confirmed')
  })

  test('no: the buyer is told, the same bytes are offered again later, and nothing else is ever sent', async () => {
    const delivery = await signed()
    await recordBroadcast(delivery.id, 'refused', 'The treasury lacks the gas to send it.')
    expect(await state(delivery)).toBe('needs_attention, signed')
    expect(await read(delivery.session)).toMatchObject({
      attention_code: 'delivery_refused',
      attention_detail: 'The treasury lacks the gas to send it.',
    })
    expect(await job(`send:${delivery.id}`)).toEqual({ later: true })
    await expectNoSecond(delivery)
    await recordBroadcast(delivery.id, 'accepted')
    expect(await state(delivery)).toBe('delivering, broadcast')
  })

  test('no, after it said nothing clear: it may still be mined, and then it is delivered', async () => {
    const delivery = await signed()
    await recordBroadcast(delivery.id, 'unclear')
    await recordBroadcast(delivery.id, 'refused', 'Too low.')
    expect(await state(delivery)).toBe('needs_attention, broadcast')
    await expectNoSecond(delivery)
    await look(delivery.id, { amount: musd, from: treasury })
    expect(await state(delivery)).toBe('delivering, included')
    await bury(delivery.id, { amount: musd, from: treasury })
    expect(await state(delivery)).toBe('delivered, confirmed')
  })

  test.each(['accepted', 'unclear', 'refused'])('%s, too late: what the chain has shown stands', async (outcome) => {
    const delivery = await signed()
    await recordBroadcast(delivery.id, 'accepted')
    await look(delivery.id, { amount: musd, from: treasury })
    await recordBroadcast(delivery.id, outcome, 'late')
    expect(await state(delivery)).toBe('delivering, included')
    await bury(delivery.id, { amount: musd, from: treasury })
    await recordBroadcast(delivery.id, outcome, 'later')
    expect(await state(delivery)).toBe('delivered, confirmed')
  })

  test('something before the bytes are signed: that cannot be, and changes nothing', async () => {
    const session = await fund()
    await deliver(session)
    const { id } = await transferOf(session, 'treasury_delivery')
    await recordBroadcast(id, 'accepted')
    expect(await state({ session, id })).toBe('delivering, prepared')
  })
})

describe('an operator who tries a delivery again', () => {
  test('gets a job and an audit entry, and no second delivery', async () => {
    const delivery = await signed()
    await recordBroadcast(delivery.id, 'refused', 'No gas.')
    await adminSql`select graphile_worker.remove_job(${`deliver:${delivery.session.id}`})`
    await retryOnrampDelivery({ actor: olga, id: delivery.session.id })
    expect(await job(`deliver:${delivery.session.id}`)).toEqual({ later: false })
    const audit = await adminSql`select actor, action from public.audit_log where subject = ${delivery.session.id}`
    expect(audit).toEqual([{ actor: `account:${olga.userId}`, action: 'onramp.retry_delivery' }])
    await expectNoSecond(delivery)
  })

  test('may not where nothing waits, and nobody else may at all', async () => {
    const delivery = await signed()
    const retry = (actor: Parameters<typeof retryOnrampDelivery>[0]['actor']) =>
      retryOnrampDelivery({ actor, id: delivery.session.id })
    await expect(retry(olga)).rejects.toMatchObject({ status: 409 })
    await expect(retry(alice)).rejects.toMatchObject({ status: 403 })
    await expect(retry(guest(delivery.session.secret))).rejects.toMatchObject({ status: 404 })
    expect(await adminSql`select from public.audit_log where subject = ${delivery.session.id}`).toEqual([])
  })
})
