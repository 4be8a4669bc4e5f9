import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { account, expectSoundLedger } from '#supabase/tests/support/ledger.ts'
import {
  bury,
  deliver,
  fund,
  musd,
  recordBroadcast,
  type Session,
  sign,
  transferOf,
  treasury,
  treasuryHolds,
} from '#supabase/tests/support/purchase.ts'
import { connectionsWaitForALock, holdAsOwner } from '#supabase/tests/support/waits.ts'

// What is read on chain becomes the ledger's truth only where it can be nothing else than a top-up or a withdrawal.

const { adminSql, adminUrl, as } = await testDatabase()

const unit = 10n ** 18n
const ledger = () => account(adminSql, 'treasury')
let block = 1000

afterEach(() => expectSoundLedger(adminSql))

/** Nothing is in flight, and the treasury has exactly that much, as of the newest block. */
async function start(amount: bigint): Promise<void> {
  block += 100
  await treasuryHolds(amount, block)
  expect(await ledger()).toEqual({ posted: amount, held: 0n })
}

/** Begins a delivery, so that its amount is held. */
async function inFlight(): Promise<Session> {
  const session = await fund()
  expect(await deliver(session)).toBe('delivering')
  return session
}

/** The delivery is confirmed, in that block. */
async function arrive(session: Session, at: number): Promise<void> {
  const { id } = await transferOf(session, 'treasury_delivery')
  await sign(id)
  await recordBroadcast(id, 'accepted')
  expect(await bury(id, { amount: musd, from: treasury, block: at })).toBe('confirmed')
}

describe('a reading', () => {
  test('that is more than we know of is a top-up from outside', async () => {
    await start(100n * unit)
    const outside = await account(adminSql, 'outside')
    await treasuryHolds(130n * unit, block + 1)
    expect(await ledger()).toEqual({ posted: 130n * unit, held: 0n })
    expect((await account(adminSql, 'outside')).posted).toBe(outside.posted - 30n * unit)
  })

  test('that is less than we know of, with nothing on its way, is a withdrawal', async () => {
    await start(100n * unit)
    await treasuryHolds(0n, block + 1)
    expect(await ledger()).toEqual({ posted: 0n, held: 0n })
  })

  test('that says the same again changes nothing and books nothing', async () => {
    await start(100n * unit)
    const before = await adminSql`select count(*) from public.ledger_transfers`
    await treasuryHolds(100n * unit, block + 1)
    expect(await adminSql`select count(*) from public.ledger_transfers`).toEqual(before)
  })

  test.each([
    ['the same block', 0],
    ['an older block', -1],
  ])('of %s as the last one is dropped', async (_, offset) => {
    await start(100n * unit)
    await treasuryHolds(500n * unit, block + offset)
    await treasuryHolds(5n * unit, block + offset)
    expect(await ledger()).toEqual({ posted: 100n * unit, held: 0n })
  })

  test('waits for whoever is at the accounts, and is measured by what they then are: a top-up is booked once', async () => {
    await start(100n * unit)
    const other = await holdAsOwner(
      adminUrl,
      (sql) => sql`select from public.ledger_accounts where asset = 'MUSD' order by id for update`,
    )
    const reading = treasuryHolds(150n * unit, block + 1)
    await connectionsWaitForALock(adminSql)
    await other.run(
      (
        sql,
      ) => sql`select private.move_in_ledger('treasury_adjustment', null, private.ledger_account('outside', 'mezo-testnet', 'MUSD'),
        private.ledger_account('treasury', 'mezo-testnet', 'MUSD'), ${String(50n * unit)}, false)`,
    )
    await other.commit()
    await reading
    expect(await ledger()).toEqual({ posted: 150n * unit, held: 0n })
  })

  test('that many workers took of the same block is booked once', async () => {
    await start(100n * unit)
    await Promise.all(Array.from({ length: 6 }, () => treasuryHolds(150n * unit, block + 1)))
    expect(await ledger()).toEqual({ posted: 150n * unit, held: 0n })
  })
})

describe('while a delivery is on its way', () => {
  test('less than we know of is not believed, since it may be that very delivery', async () => {
    await start(100n * unit)
    const session = await inFlight()
    await treasuryHolds(100n * unit - musd, block + 1)
    expect(await ledger()).toEqual({ posted: 100n * unit, held: musd })
    await arrive(session, block + 1)
    expect(await ledger()).toEqual({ posted: 100n * unit - musd, held: 0n })
  })

  test('more than we know of is believed, so that a top-up helps at once', async () => {
    await start(100n * unit)
    const session = await inFlight()
    await treasuryHolds(140n * unit, block + 1)
    expect(await ledger()).toEqual({ posted: 140n * unit, held: musd })
    await arrive(session, block + 2)
  })
})

describe('after a delivery was confirmed', () => {
  test('a reading from before its block is dropped: it would give the amount back', async () => {
    await start(100n * unit)
    await arrive(await inFlight(), block + 10)
    await treasuryHolds(100n * unit, block + 9)
    expect(await ledger()).toEqual({ posted: 100n * unit - musd, held: 0n })
  })

  test('a reading of its own block or a later one counts', async () => {
    await start(100n * unit)
    await arrive(await inFlight(), block + 10)
    await treasuryHolds(100n * unit - musd + 1n, block + 10)
    expect(await ledger()).toEqual({ posted: 100n * unit - musd + 1n, held: 0n })
  })

  test('a reading of another address’s is measured by its own transfers alone', async () => {
    await start(100n * unit)
    await arrive(await inFlight(), block + 10)
    await as({ role: 'worker' })(
      (sql) =>
        sql`select app.record_treasury_balance('mezo-testnet', 'MUSD', ${`0x${'99'.repeat(20)}`}, 7, ${block + 5})`,
    )
    expect(await ledger()).toEqual({ posted: 7n, held: 0n })
  })
})

test('readings of any age between top-ups and deliveries: never is more promised than there is, and in the end all is known', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('top-up' as const), amount: fc.bigInt(1n, 60n * unit) }),
    fc.record({ kind: fc.constant('reading' as const), age: fc.nat(6) }),
    fc.record({ kind: fc.constant('begin' as const) }),
    fc.record({ kind: fc.constant('mine' as const) }),
    fc.record({ kind: fc.constant('confirm' as const) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      await start(60n * unit)
      const balances = [60n * unit]
      const first = block
      const waiting: Session[] = []
      const mined: { session: Session; at: number }[] = []
      const now = () => balances.at(-1) ?? 0n
      const grow = (difference: bigint) => balances.push(now() + difference)
      const mine = () => {
        const session = waiting.shift()
        if (!session) return
        grow(-musd)
        mined.push({ session, at: first + balances.length - 1 })
      }
      const confirmOne = async () => {
        const next = mined.shift()
        if (next) await arrive(next.session, next.at)
      }
      for (const one of steps) {
        if (one.kind === 'top-up') grow(one.amount)
        else if (one.kind === 'mine') mine()
        else if (one.kind === 'confirm') await confirmOne()
        else if (one.kind === 'begin') {
          const session = await fund()
          if ((await deliver(session)) === 'delivering') waiting.push(session)
        } else {
          const index = Math.max(0, balances.length - 1 - one.age)
          await treasuryHolds(balances[index] ?? 0n, first + index)
        }
        const { posted, held } = await ledger()
        expect(posted - held).toBeLessThanOrEqual(now() - BigInt(waiting.length) * musd)
        await expectSoundLedger(adminSql)
      }
      while (waiting.length > 0) mine()
      while (mined.length > 0) await confirmOne()
      block = first + balances.length + 1
      await treasuryHolds(now(), block)
      expect(await ledger()).toEqual({ posted: now(), held: 0n })
    }),
    { numRuns: 20 },
  )
})
