import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import type postgres from 'postgres'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { account, expectSoundLedger } from '#supabase/tests/support/ledger.ts'
import { refusalOf } from '#supabase/tests/support/refusal.ts'
import { connectionsWaitForALock, holdAsOwner } from '#supabase/tests/support/waits.ts'

// Double entry in two phases. Every movement here is by the owner, through the functions that all commands use.

const { adminSql, adminUrl } = await testDatabase()

type Sql = postgres.Sql | postgres.TransactionSql
type Kind = 'treasury' | 'exchange' | 'outside'

const ledgerAccount = (sql: Sql, kind: Kind) => sql`private.ledger_account(${kind}, 'mezo-testnet', 'MUSD')`

/** Moves an amount at once, or holds it. Resolves to the movement's id. */
async function move(
  from: Kind,
  to: Kind,
  amount: bigint,
  pending: boolean,
  subject = randomUUID(),
  sql: Sql = adminSql,
) {
  const [row] = await sql<{ id: string }[]>`
    select private.move_in_ledger('onramp_delivery', ${subject}, ${ledgerAccount(sql, from)}, ${ledgerAccount(sql, to)}, ${String(amount)}, ${pending}) as id`
  return row?.id ?? ''
}

const finish = (id: string, status: 'posted' | 'voided') =>
  adminSql`select private.finish_ledger_transfer(${id}, ${status})`
const treasury = () => account(adminSql, 'treasury')
const belowFloor = '23514 ledger_accounts_never_below_floor'

beforeAll(async () => {
  for (const kind of ['treasury', 'exchange', 'outside'] as const)
    await adminSql`select ${ledgerAccount(adminSql, kind)}`
  await move('outside', 'treasury', 100n, false)
})

afterEach(() => expectSoundLedger(adminSql))

describe('a held amount', () => {
  test('is out of reach at once, and gone when it is posted', async () => {
    const id = await move('treasury', 'exchange', 60n, true)
    expect(await treasury()).toEqual({ posted: 100n, held: 60n })
    await expectSoundLedger(adminSql)
    expect(await refusalOf(move('treasury', 'exchange', 41n, true))).toBe(belowFloor)
    expect(await refusalOf(move('treasury', 'exchange', 41n, false))).toBe(belowFloor)
    await finish(id, 'posted')
    expect(await treasury()).toEqual({ posted: 40n, held: 0n })
    await move('outside', 'treasury', 60n, false)
  })

  test('is back when it is voided', async () => {
    const id = await move('treasury', 'exchange', 100n, true)
    await finish(id, 'voided')
    expect(await treasury()).toEqual({ posted: 100n, held: 0n })
  })

  test.each(['posted', 'voided'] as const)('is %s once: a second end is refused and moves nothing', async (end) => {
    const id = await move('treasury', 'exchange', 10n, true)
    await finish(id, end)
    const before = await treasury()
    for (const again of ['posted', 'voided'] as const) expect(await refusalOf(finish(id, again))).toBe('CWSTA')
    expect(await treasury()).toEqual(before)
    if (end === 'posted') await move('outside', 'treasury', 10n, false)
  })

  test('is ended by one of two at once', async () => {
    const id = await move('treasury', 'exchange', 10n, true)
    const outcomes = await Promise.all([refusalOf(finish(id, 'posted')), refusalOf(finish(id, 'posted'))])
    expect(outcomes.sort()).toEqual(['CWSTA', 'accepted'])
    expect(await treasury()).toEqual({ posted: 90n, held: 0n })
    await move('outside', 'treasury', 10n, false)
  })

  test('belongs to one purchase once, and again only after it was voided', async () => {
    const subject = randomUUID()
    const id = await move('treasury', 'exchange', 10n, true, subject)
    expect(await refusalOf(move('treasury', 'exchange', 10n, true, subject))).toBe(
      '23505 ledger_transfers_once_a_subject',
    )
    await finish(id, 'voided')
    await finish(await move('treasury', 'exchange', 10n, true, subject), 'voided')
  })
})

describe('at once, over many connections', () => {
  test('twenty holds of 10 on a treasury of 100: ten are held, ten refused, never more', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => refusalOf(move('treasury', 'exchange', 10n, true))),
    )
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(10)
    expect(outcomes.filter((outcome) => outcome === belowFloor)).toHaveLength(10)
    expect(await treasury()).toEqual({ posted: 100n, held: 100n })
    const pending = await adminSql<{ id: string }[]>`select id from public.ledger_transfers where status = 'pending'`
    await Promise.all(pending.map(({ id }) => finish(id, 'voided')))
    expect(await treasury()).toEqual({ posted: 100n, held: 0n })
  })

  test('movements in opposite directions never wait for each other in a circle: both lock the older account first', async () => {
    const lock = (kind: Kind) => (sql: Sql) =>
      sql`select from public.ledger_accounts where kind = ${kind} and asset = 'MUSD' for update nowait`
    await move('treasury', 'exchange', 1n, false)
    const other = await holdAsOwner(adminUrl, lock('treasury'))
    const back = move('exchange', 'treasury', 1n, false)
    await connectionsWaitForALock(adminSql)
    await other.run(lock('exchange'))
    await other.commit()
    await back
    expect(await treasury()).toEqual({ posted: 100n, held: 0n })
  })
})

describe('entries', () => {
  const entry = (sql: Sql, transfer: string, kind: Kind, amount: number) => sql`
    insert into public.ledger_entries (transfer_id, account_id, amount)
    select ${transfer}, id, ${amount} from public.ledger_accounts where kind = ${kind} and asset = 'MUSD'`

  test('that do not add up to zero cannot be committed', async () => {
    const id = await move('treasury', 'exchange', 1n, true)
    await finish(id, 'voided')
    const lopsided = adminSql.begin(async (tx) => {
      const [row] =
        await tx`insert into public.ledger_transfers (kind, subject, status) values ('onramp_delivery', ${randomUUID()}, 'pending') returning id`
      await entry(tx, row?.id, 'treasury', -5)
      await entry(tx, row?.id, 'exchange', 4)
    })
    expect(await refusalOf(lopsided)).toBe('CWSTA')
    expect(await refusalOf(adminSql.begin((tx) => entry(tx, id, 'outside', 1)))).toBe('CWSTA')
  })

  test('move something', async () => {
    expect(await refusalOf(move('treasury', 'exchange', 0n, true))).toBe('23514 ledger_entries_move_something')
  })
})

test('any course of holds, payments, ends and mistakes leaves the ledger sound at every instant', async () => {
  const kind = fc.constantFrom<Kind>('treasury', 'exchange', 'outside')
  const step = fc.oneof(
    fc.record({ from: kind, to: kind, amount: fc.bigInt(1n, 10n ** 30n), pending: fc.boolean() }),
    fc.record({ end: fc.constantFrom<'posted' | 'voided'>('posted', 'voided'), which: fc.nat(5) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (steps) => {
      const ids: string[] = []
      for (const one of steps) {
        if ('end' in one) await refusalOf(finish(ids[one.which] ?? randomUUID(), one.end))
        else if (one.from !== one.to) {
          const id = await move(one.from, one.to, one.amount, one.pending).catch(() => undefined)
          if (id !== undefined) ids.push(id)
        }
        await expectSoundLedger(adminSql)
      }
    }),
    { numRuns: 25 },
  )
})
