import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '#supabase/tests/support/database.ts'
import {
  begin,
  bury,
  deliver,
  hashOf,
  musd,
  openCheckout,
  read,
  type Session,
  send,
  stripeSays,
  transferOf,
  treasury,
  treasuryHolds,
} from '#supabase/tests/support/purchase.ts'

// What Stripe says comes twice, late, out of order and at the same moment. One purchase comes of it.

const { adminSql, as } = await testDatabase()

beforeAll(() => treasuryHolds(10n ** 24n, 1))

type Outcome = { status: string; hash: boolean }

const paid: Outcome[] = [
  { status: 'initialized', hash: false },
  { status: 'requires_payment', hash: false },
  { status: 'fulfillment_processing', hash: false },
  { status: 'fulfillment_complete', hash: false },
  { status: 'fulfillment_complete', hash: true },
]
const turnedDown: Outcome[] = [
  { status: 'initialized', hash: false },
  { status: 'requires_payment', hash: false },
  { status: 'fulfillment_processing', hash: false },
  { status: 'rejected', hash: false },
]

/** Each outcome at least once, some of them again, in any order. */
const anyOrder = (outcomes: Outcome[]) =>
  fc
    .array(fc.constantFrom(...outcomes), { maxLength: 6 })
    .chain((again) => fc.shuffledSubarray([...outcomes, ...again], { minLength: outcomes.length + again.length }))

const hear = (session: Session, { status, hash }: Outcome) =>
  stripeSays(session, status, hash ? hashOf(session.id) : null)

async function opened(asset: 'USDC' | 'MUSD'): Promise<Session> {
  const session = await begin({ asset })
  await openCheckout(session)
  return session
}

const count = async (session: Session, kind: string): Promise<number> =>
  (await adminSql`select from public.transfers where session_id = ${session.id} and kind = ${kind}`).length

describe.each([
  ['USDC', 'delivering'],
  ['MUSD', 'funded'],
] as const)('%s, paid', (asset, goal) => {
  test('any order and repetition of Stripe’s words leads to the same state and one payout', async () => {
    await fc.assert(
      fc.asyncProperty(anyOrder(paid), async (outcomes) => {
        const session = await opened(asset)
        for (const outcome of outcomes) await hear(session, outcome)
        expect(await read(session)).toMatchObject({ status: goal, stripe_status: 'fulfillment_complete' })
        expect(await count(session, 'stripe_payout')).toBe(1)
      }),
      { numRuns: 40 },
    )
  })

  test('so do all of them at the same moment, over connections of their own', async () => {
    for (let round = 0; round < 5; round += 1) {
      const session = await opened(asset)
      await Promise.all([...paid, ...paid].map((outcome) => hear(session, outcome)))
      expect(await read(session)).toMatchObject({ status: goal, stripe_status: 'fulfillment_complete' })
      expect(await count(session, 'stripe_payout')).toBe(1)
    }
  })
})

test('any order and repetition of a refusal leads to rejected, and nothing moves', async () => {
  await fc.assert(
    fc.asyncProperty(anyOrder(turnedDown), async (outcomes) => {
      const session = await opened('MUSD')
      for (const outcome of outcomes) await hear(session, outcome)
      expect(await read(session)).toMatchObject({ status: 'rejected', stripe_status: 'rejected' })
      expect(await deliver(session)).toBe('rejected')
      expect(await adminSql`select from public.transfers where session_id = ${session.id}`).toEqual([])
    }),
    { numRuns: 20 },
  )
})

test('whatever happens in whatever order, and then in the right one, the buyer is paid once', async () => {
  type Step = (session: Session) => Promise<unknown>
  const payoutSeen: Step = async (session) => {
    if ((await count(session, 'stripe_payout')) > 0) await bury((await transferOf(session, 'stripe_payout')).id)
  }
  const deliverySeen: Step = async (session) => {
    if ((await count(session, 'treasury_delivery')) === 0) return
    await send(session)
    await bury((await transferOf(session, 'treasury_delivery')).id, { amount: musd, from: treasury })
  }
  const steps: Step[] = [
    ...paid.map(
      (outcome): Step =>
        (session) =>
          hear(session, outcome),
    ),
    payoutSeen,
    deliver,
    deliverySeen,
  ]
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(steps.length - 1), { maxLength: 12 }), async (order) => {
      const session = await opened('MUSD')
      for (const step of [...order.map((index) => steps[index]), ...steps]) await step?.(session)
      expect((await read(session)).status).toBe('delivered')
      expect(await count(session, 'stripe_payout')).toBe(1)
      expect(await count(session, 'treasury_delivery')).toBe(1)
      expect(await adminSql`select from public.receipts where session_id = ${session.id}`).toHaveLength(1)
      const ledger =
        await adminSql`select kind, status from public.ledger_transfers where subject = ${session.id} order by kind`
      expect(ledger).toEqual([
        { kind: 'onramp_delivery', status: 'posted' },
        { kind: 'onramp_funding', status: 'posted' },
      ])
    }),
    { numRuns: 40 },
  )
})

describe('a session that expired', () => {
  const expire = async ({ id }: Session): Promise<string> => {
    const [row] = await as({ role: 'worker' })((sql) => sql`select app.expire_onramp_session(${id}) as status`)
    return row?.status
  }
  const timeIsOver = (session: Session) =>
    adminSql`update public.onramp_sessions set expires_at = now() where id = ${session.id}`

  test('does so only after its time, and only while nobody has paid', async () => {
    const early = await opened('USDC')
    expect(await expire(early)).toBe('awaiting_payment')
    await timeIsOver(early)
    expect(await expire(early)).toBe('expired')
    expect(await expire(early)).toBe('expired')

    const processing = await opened('USDC')
    await stripeSays(processing, 'fulfillment_processing')
    await timeIsOver(processing)
    expect(await expire(processing)).toBe('processing')
  })

  test.each(['USDC', 'MUSD'] as const)('and is paid afterwards: %s is recorded, and moves nothing', async (asset) => {
    const session = await opened(asset)
    await timeIsOver(session)
    await expire(session)
    expect(await stripeSays(session, 'fulfillment_processing')).toBe('expired')
    const { paid_after_expiry_at: first } = await read(session)
    expect(first).toBeInstanceOf(Date)
    expect(await stripeSays(session, 'fulfillment_complete', hashOf(session.id))).toBe('expired')
    await bury((await transferOf(session, 'stripe_payout')).id)
    expect(await deliver(session)).toBe('expired')

    expect(await read(session)).toMatchObject({
      status: 'expired',
      paid_after_expiry_at: first,
      delivered_amount: null,
    })
    expect(await count(session, 'treasury_delivery')).toBe(0)
    expect(await adminSql`select from public.receipts where session_id = ${session.id}`).toEqual([])
  })

  test('stays expired when Stripe then turns the payment down', async () => {
    const session = await opened('USDC')
    await timeIsOver(session)
    await expire(session)
    expect(await stripeSays(session, 'rejected')).toBe('expired')
    expect((await read(session)).paid_after_expiry_at).toBeNull()
  })

  test('expiring and being paid at the same moment ends in one of both, never in between', async () => {
    for (let round = 0; round < 10; round += 1) {
      const session = await opened('USDC')
      await timeIsOver(session)
      await Promise.all([expire(session), stripeSays(session, 'fulfillment_processing')])
      const { status, paid_after_expiry_at: at } = await read(session)
      expect(['expired true', 'processing false']).toContain(`${status} ${at !== null}`)
    }
  })
})

test('news of a Stripe session that is not the one which pays changes nothing', async () => {
  const session = await opened('USDC')
  const other = await opened('USDC')
  await expect(
    stripeSays({ ...session, stripeId: other.stripeId }, 'fulfillment_complete', hashOf('x')),
  ).rejects.toMatchObject({ code: 'not_found' })
  expect((await read(session)).status).toBe('awaiting_payment')
})

test('a payment without its transaction is no payment yet: it is asked for again', async () => {
  const session = await opened('USDC')
  expect(await stripeSays(session, 'fulfillment_complete')).toBe('processing')
  expect(await count(session, 'stripe_payout')).toBe(0)
  expect(await adminSql`select from graphile_worker.jobs where key = ${`sync:${session.id}`}`).toHaveLength(1)
})
