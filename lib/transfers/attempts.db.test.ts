import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { account } from '#supabase/tests/support/ledger.ts'
import {
  bury,
  deliver,
  fund,
  hashOf,
  look,
  musd,
  pay,
  read,
  recordBroadcast,
  required,
  type Session,
  seenAs,
  send,
  sign,
  transferOf,
  treasury,
  treasuryHolds,
} from '#supabase/tests/support/purchase.ts'
import { refusalOf } from '#supabase/tests/support/refusal.ts'
import { ageTransfer, connectionsWaitForALock, hold } from '#supabase/tests/support/waits.ts'

// A transfer may be signed again, or lose its place to another. In neither is anybody paid twice.

const { adminSql, as, url } = await testDatabase()

beforeAll(() => treasuryHolds(10n ** 24n, 1))

const worker = as({ role: 'worker' })
const arrived = { amount: musd, from: treasury }
const transfer = async (id: string) => (await adminSql`select * from public.transfers where id = ${id}`)[0]
const held = async () => (await account(adminSql, 'treasury')).held

const age = (id: string, interval: string) => ageTransfer(adminSql, id, interval)

/** Stores the bytes of another attempt; resolves to what is to be broadcast, or null. */
async function replace(id: string, attempt: number, bytes: string): Promise<string | null> {
  const [row] = await worker(
    (sql) => sql`select app.record_replacement(${id}, ${attempt}, ${hashOf(bytes)}, ${Buffer.from(bytes)}) as raw`,
  )
  return row?.raw === null ? null : Buffer.from(row?.raw).toString()
}

async function prepared(): Promise<{ session: Session; id: string }> {
  const session = await fund()
  await deliver(session)
  return { session, id: (await transferOf(session, 'treasury_delivery')).id }
}

async function onItsWay(): Promise<{ session: Session; id: string }> {
  const session = await fund()
  return { session, id: await send(session) }
}

/** The session's delivery can be begun anew, with a place and a hold of its own, and then arrives once. */
async function expectDeliveredAnew(session: Session, old: string): Promise<void> {
  expect(await deliver(session)).toBe('delivering')
  const again = await transferOf(session, 'treasury_delivery')
  expect(again.id).not.toBe(old)
  expect(BigInt(again.nonce)).toBeGreaterThan(BigInt((await transfer(old))?.nonce))
  await sign(again.id)
  await recordBroadcast(again.id, 'accepted')
  expect(await bury(again.id, arrived)).toBe('confirmed')
  expect(await adminSql`select from public.receipts where session_id = ${session.id}`).toHaveLength(1)
}

describe('another attempt', () => {
  test('is stored before it is sent, and of two workers both get the first one’s bytes', async () => {
    const { id } = await onItsWay()
    await age(id, '20 seconds')
    const one = await hold(
      url,
      { role: 'worker' },
      (sql) => sql`select app.record_replacement(${id}, 2, ${hashOf('one')}, ${Buffer.from('one')})`,
    )
    const other = replace(id, 2, 'other')
    await connectionsWaitForALock(adminSql)
    await one.commit()
    expect(await other).toBe('one')
    expect((await transfer(id))?.hash).toBe(hashOf('one'))
    expect(
      await adminSql`select attempt from private.signed_transactions where transfer_id = ${id} order by attempt`,
    ).toEqual([{ attempt: 1 }, { attempt: 2 }])
  })

  test('comes one after the other, not in a storm, and not for ever', async () => {
    const { id } = await onItsWay()
    expect(await replace(id, 2, 'at once')).toBeNull()
    await age(id, '20 seconds')
    expect(await replace(id, 3, 'one left out')).toBeNull()
    expect(await replace(id, 1, 'the first again')).toBe(`signed ${id}`)
    for (let attempt = 2; attempt <= 20; attempt += 1) {
      expect(await replace(id, attempt, `${attempt} of ${id}`)).toBe(`${attempt} of ${id}`)
      await age(id, '20 seconds')
    }
    expect(await replace(id, 21, 'for ever')).toBeNull()
  })

  test.each(['prepared', 'included', 'confirmed'])('is not had of what is %s', async (status) => {
    const { id } = status === 'prepared' ? await prepared() : await onItsWay()
    if (status === 'included') await look(id, arrived)
    if (status === 'confirmed') await bury(id, arrived)
    await age(id, '1 hour')
    expect(await replace(id, status === 'prepared' ? 1 : 2, `late ${id}`)).toBeNull()
    expect((await transfer(id))?.status).toBe(status)
  })

  test('or the first one: whichever the chain has is the transfer, and it is delivered once', async () => {
    const { session, id } = await onItsWay()
    const first = hashOf(`signed ${id}`)
    await age(id, '20 seconds')
    await replace(id, 2, `second ${id}`)
    expect(await seenAs(id, 'included', hashOf(`second ${id}`), 1)).toBe('included')
    expect(await seenAs(id, 'included', first, 2)).toBe('included')
    expect(await transfer(id)).toMatchObject({ hash: first, confirmations: 2 })
    expect(await seenAs(id, 'included', first)).toBe('confirmed')
    expect(await seenAs(id, 'included', hashOf(`second ${id}`))).toBe('confirmed')
    expect((await transfer(id))?.hash).toBe(first)
    expect(await adminSql`select from public.receipts where session_id = ${session.id}`).toHaveLength(1)
  })

  test('is one that we signed: a stranger’s transaction, or another delivery’s, is never taken for it', async () => {
    const [{ id }, other] = [await onItsWay(), await onItsWay()]
    for (const hash of [hashOf('a stranger’s'), hashOf(`signed ${other.id}`)]) {
      expect(await refusalOf(seenAs(id, 'included', hash))).toBe('CWSTA')
    }
    const payout = await transferOf(await pay(), 'stripe_payout')
    expect(await refusalOf(seenAs(payout.id, 'included', hashOf('a stranger’s')))).toBe('CWSTA')
    expect((await transfer(id))?.status).toBe('broadcast')
  })
})

describe('a place that another transaction took', () => {
  test('for good ends the delivery, frees its hold, and lets it be begun anew', async () => {
    const before = await held()
    const { session, id } = await onItsWay()
    expect(await seenAs(id, 'displaced', hashOf('by hand'))).toBe('failed')
    expect(await transfer(id)).toMatchObject({ failure: 'nonce_used', displaced_by: hashOf('by hand') })
    expect(await read(session)).toMatchObject({ status: 'needs_attention', attention_code: 'delivery_displaced' })
    expect(await held()).toBe(before)
    await expectDeliveredAnew(session, id)
  })

  test('is not believed before it is buried', async () => {
    const { session, id } = await onItsWay()
    for (let deep = 1; deep < required; deep += 1)
      expect(await seenAs(id, 'displaced', hashOf('by hand'), deep)).toBe('broadcast')
    expect((await read(session)).status).toBe('delivering')
    expect(await deliver(session)).toBe('delivering')
  })

  test('is not believed of any attempt of ours', async () => {
    const [{ session, id }, other] = [await onItsWay(), await onItsWay()]
    await age(id, '20 seconds')
    await replace(id, 2, `second ${id}`)
    for (const bytes of [`signed ${id}`, `second ${id}`, `signed ${other.id}`]) {
      expect(await refusalOf(seenAs(id, 'displaced', hashOf(bytes)))).toBe('CWSTA')
    }
    expect((await read(session)).status).toBe('delivering')
  })

  test('before it was signed: who signs it late has nothing to send', async () => {
    const { session, id } = await prepared()
    expect(await seenAs(id, 'displaced', hashOf('by hand'))).toBe('failed')
    const [row] = await worker(
      (sql) => sql`select app.record_signed_transfer(${id}, ${hashOf('late')}, ${Buffer.from('late')}) as raw`,
    )
    expect(row).toEqual({ raw: null })
    await expectDeliveredAnew(session, id)
  })

  test('says nothing of a payout of Stripe’s', async () => {
    const { id } = await transferOf(await pay(), 'stripe_payout')
    expect(await seenAs(id, 'displaced', hashOf('by hand'))).toBe('broadcast')
  })
})
