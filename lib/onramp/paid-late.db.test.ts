import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { settlePaidAfterExpiry } from '#lib/onramp/settle-paid-after-expiry.ts'
import { introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import {
  begin,
  bury,
  deliver,
  hashOf,
  openCheckout,
  read,
  type Session,
  stripeSays,
  transferOf,
} from '#supabase/tests/support/purchase.ts'

// A payment that comes after its session has ended: whoever looks sees that Stripe has it, for as long as Stripe has it.

const { adminSql, as } = await testDatabase()

beforeAll(() => introduceCast(adminSql))

const worker = as({ role: 'worker' })

async function opened(): Promise<Session> {
  const session = await begin({ asset: 'MUSD' })
  await openCheckout(session)
  return session
}

async function expired(): Promise<Session> {
  const session = await opened()
  await adminSql`update public.onramp_sessions set expires_at = now() where id = ${session.id}`
  await worker((sql) => sql`select app.expire_onramp_session(${session.id})`)
  return session
}

const say = (session: Session, word: string) =>
  stripeSays(session, word, word === 'fulfillment_complete' ? hashOf(session.id) : null)
const isMarked = async (session: Session) => (await read(session)).paid_after_expiry_at !== null
const openFindings = async (session: Session) => {
  await worker((sql) => sql`select * from app.note_findings()`)
  return adminSql`select from public.reconciliation_findings where subject = ${session.id} and cleared_at is null`
}

/** Each word at least once, some of them again, in any order. */
const anyOrder = (...words: string[]) =>
  fc
    .array(fc.constantFrom(...words), { maxLength: 4 })
    .chain((again) => fc.shuffledSubarray([...words, ...again], { minLength: words.length + again.length }))

describe('Stripe took it, and then turned it down:', () => {
  test('nothing is left to settle, in whatever order it is heard', async () => {
    await fc.assert(
      fc.asyncProperty(anyOrder('requires_payment', 'fulfillment_processing', 'rejected'), async (words) => {
        const session = await expired()
        for (const word of words) await say(session, word)
        expect(await read(session)).toMatchObject({ status: 'expired', paid_after_expiry_at: null })
      }),
      { numRuns: 25 },
    )
  })

  test('its finding is opened, and cleared', async () => {
    const session = await expired()
    await say(session, 'fulfillment_processing')
    expect(await openFindings(session)).toHaveLength(1)
    await say(session, 'rejected')
    expect(await openFindings(session)).toEqual([])
    await expect(settlePaidAfterExpiry({ actor: olga, id: session.id, note: 'x' })).rejects.toMatchObject({
      status: 409,
    })
  })

  test('while a person settles it: either it is settled, or there is nothing to settle', async () => {
    for (let round = 0; round < 8; round += 1) {
      const session = await expired()
      await say(session, 'fulfillment_processing')
      const settle = settlePaidAfterExpiry({ actor: olga, id: session.id, note: 'Sent from the office wallet.' })
      const [settled] = await Promise.allSettled([settle, say(session, 'rejected')])
      const row = await read(session)
      const both = [row.paid_after_expiry_at !== null, row.paid_after_expiry_settled_at !== null]
      expect(both).toEqual(settled.status === 'fulfilled' ? [true, true] : [false, false])
      expect(await openFindings(session)).toEqual([])
    }
  })

  test('what a person has settled meanwhile stays told', async () => {
    const session = await expired()
    await say(session, 'fulfillment_processing')
    await settlePaidAfterExpiry({ actor: olga, id: session.id, note: 'Sent from the office wallet.' })
    const before = await read(session)
    await say(session, 'rejected')
    expect(await read(session)).toMatchObject({
      paid_after_expiry_at: before.paid_after_expiry_at,
      paid_after_expiry_settled_at: before.paid_after_expiry_settled_at,
    })
  })
})

describe('Stripe rejected it, and took it after all:', () => {
  test('it is found, a person settles it, and nothing is delivered by itself', async () => {
    const session = await opened()
    await say(session, 'rejected')
    expect(await openFindings(session)).toEqual([])
    expect(await say(session, 'fulfillment_complete')).toBe('rejected')
    await bury((await transferOf(session, 'stripe_payout')).id)
    expect(await deliver(session)).toBe('rejected')
    expect(await isMarked(session)).toBe(true)
    expect(await openFindings(session)).toHaveLength(1)
    await settlePaidAfterExpiry({ actor: olga, id: session.id, note: 'Sent from the office wallet.' })
    expect(await openFindings(session)).toEqual([])
  })

  test('in whatever order it is heard, it is either under way or found', async () => {
    await fc.assert(
      fc.asyncProperty(anyOrder('fulfillment_processing', 'rejected', 'fulfillment_complete'), async (words) => {
        const session = await opened()
        for (const word of words) await say(session, word)
        const { status } = await read(session)
        expect([status, await isMarked(session)]).toEqual(
          status === 'rejected' ? ['rejected', true] : ['funded', false],
        )
      }),
      { numRuns: 25 },
    )
  })

  test('a rejection that is heard late takes nothing back', async () => {
    const session = await opened()
    expect(await stripeSays(session, 'fulfillment_complete')).toBe('processing')
    expect(await say(session, 'rejected')).toBe('processing')
    expect(await say(session, 'fulfillment_complete')).toBe('funded')
  })
})
