import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { account, expectSoundLedger } from '#supabase/tests/support/ledger.ts'
import {
  bury,
  deliver,
  fund,
  hashOf,
  look,
  musd,
  read,
  required,
  type Session,
  send,
  transferOf,
  treasury,
  treasuryHolds,
} from '#supabase/tests/support/purchase.ts'
import { connectionsWaitForALock, hold } from '#supabase/tests/support/waits.ts'

// Two workers, one purchase; many purchases, one treasury. The app's pool gives every call here a connection of its own.

const { adminSql, url } = await testDatabase()

let block = 100
/** Nothing is in flight, and the treasury has exactly that much. */
async function treasuryStartsWith(amount: bigint): Promise<void> {
  block += 1000
  await treasuryHolds(amount, block)
  expect(await account(adminSql, 'treasury')).toEqual({ posted: amount, held: 0n })
}

const deliveries = (session: Session) =>
  adminSql`select nonce::int from public.transfers where session_id = ${session.id} and kind = 'treasury_delivery'`

const startDelivery = (session: Session) =>
  hold(
    url,
    { role: 'worker' },
    (sql) => sql`select app.start_onramp_delivery(${session.id}, ${treasury}, 0, ${required})`,
  )

beforeAll(() => treasuryStartsWith(1000n * musd))

describe('one purchase', () => {
  test('whose delivery two workers begin is delivered by one transfer and held once', async () => {
    const session = await fund()
    const one = await startDelivery(session)
    const other = deliver(session)
    await connectionsWaitForALock(adminSql)
    await one.commit()
    expect(await other).toBe('delivering')
    expect(await deliveries(session)).toHaveLength(1)
    expect(await account(adminSql, 'treasury')).toMatchObject({ held: musd })
    await bury(await send(session), { amount: musd, from: treasury, block })
  })

  test('whose delivery eight workers begin at the same moment, likewise', async () => {
    const session = await fund()
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => deliver(session)))
    expect(new Set(outcomes)).toEqual(new Set(['delivering']))
    expect(await deliveries(session)).toHaveLength(1)
    expect(await account(adminSql, 'treasury')).toMatchObject({ held: musd })
    await bury(await send(session), { amount: musd, from: treasury, block })
  })

  test('whose last confirmation two workers see, one of them late, is confirmed once', async () => {
    const session = await fund()
    const id = await send(session)
    const hash = hashOf(`block ${block}`)
    const one = await hold(
      url,
      { role: 'worker' },
      (sql) =>
        sql`select app.record_transfer_observation(${id}, 'included', ${treasury}, ${String(musd)}, 0, ${block}, ${hash}, ${block + required})`,
    )
    const other = bury(id, { amount: musd, from: treasury, block })
    await connectionsWaitForALock(adminSql)
    await one.commit()
    expect(await other).toBe('confirmed')
    expect((await read(session)).status).toBe('delivered')
    await expectSoundLedger(adminSql)
  })

  test('whose last confirmation many workers see at once is posted once and has one receipt', async () => {
    const session = await fund()
    const id = await send(session)
    const seen = { amount: musd, from: treasury, block }
    await look(id, seen)
    const before = await account(adminSql, 'treasury')
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => bury(id, seen)))
    expect(new Set(outcomes)).toEqual(new Set(['confirmed']))
    expect(await account(adminSql, 'treasury')).toEqual({ posted: before.posted - musd, held: 0n })
    expect(await adminSql`select from public.receipts where session_id = ${session.id}`).toHaveLength(1)
    expect(
      await adminSql`select from public.onramp_events where session_id = ${session.id} and to_status = 'delivered'`,
    ).toHaveLength(1)
    await expectSoundLedger(adminSql)
  })

  test('that one worker confirms while another still sees it pending stays confirmed', async () => {
    const session = await fund()
    const id = await send(session)
    await Promise.all([
      bury(id, { amount: musd, from: treasury, block }),
      ...Array.from({ length: 4 }, () => look(id, { state: 'pending' })),
    ])
    await bury(id, { amount: musd, from: treasury, block })
    expect((await read(session)).status).toBe('delivered')
    await expectSoundLedger(adminSql)
  })
})

describe('twenty purchases at once', () => {
  test('get twenty nonces, each once and none left out, and never is more held than there is', async () => {
    await treasuryStartsWith(12n * musd + 1n)
    const [before] = await adminSql<{ next: number }[]>`select next_nonce::int as next from private.nonces`
    const sessions = await Promise.all(Array.from({ length: 20 }, () => fund()))
    let watching = true
    const watch = async () => {
      while (watching) await expectSoundLedger(adminSql)
    }
    const watched = watch()
    const outcomes = await Promise.all(sessions.map((session) => deliver(session)))
    watching = false
    await watched
    expect(outcomes.filter((status) => status === 'delivering')).toHaveLength(12)
    expect(outcomes.filter((status) => status === 'needs_attention')).toHaveLength(8)
    expect(await account(adminSql, 'treasury')).toEqual({ posted: 12n * musd + 1n, held: 12n * musd })

    await treasuryHolds(20n * musd, block + 1)
    await Promise.all(sessions.map((session) => deliver(session)))
    expect(await account(adminSql, 'treasury')).toEqual({ posted: 20n * musd, held: 20n * musd })
    const nonces = (await Promise.all(sessions.map(deliveries))).flat().map(({ nonce }) => nonce)
    expect(nonces.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => (before?.next ?? 0) + index))
  })
})

describe('a nonce', () => {
  const other = `0x${'0e'.repeat(20)}`
  const allocate = async (chainNonce: number, address = other): Promise<number> => {
    const [row] = await adminSql`select private.allocate_nonce('mezo-testnet', ${address}, ${chainNonce})::int as nonce`
    return row?.nonce
  }

  test('follows our own count where the chain lags, and the chain where somebody else used the key', async () => {
    const given = []
    for (const chainNonce of [0, 0, 1, 10, 3, 11, 20]) given.push(await allocate(chainNonce))
    expect(given).toEqual([0, 1, 2, 10, 11, 12, 20])
  })

  test('is never given twice, however many ask', async () => {
    const given = await Promise.all(Array.from({ length: 50 }, (_, index) => allocate(index % 7)))
    expect(new Set(given).size).toBe(50)
  })

  test('of one address says nothing of another’s', async () => {
    expect(await allocate(5, `0x${'0f'.repeat(20)}`)).toBe(5)
  })

  test('is not used up by a delivery that was taken back', async () => {
    const session = await fund()
    const next = () => adminSql`select next_nonce from private.nonces where address = ${treasury}`
    await treasuryHolds(30n * musd, block + 2)
    const before = await next()
    const broken = adminSql.begin(async (tx) => {
      await tx`select app.start_onramp_delivery(${session.id}, ${treasury}, 0, ${required})`
      throw new Error('taken back')
    })
    await expect(broken).rejects.toThrow('taken back')
    expect(await next()).toEqual(before)
    expect(await read(session)).toMatchObject({ status: 'funded' })
    expect((await transferOf(session, 'stripe_payout')).status).toBe('confirmed')
  })
})
