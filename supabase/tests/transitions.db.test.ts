import type postgres from 'postgres'
import { describe, expect, test } from 'vitest'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { insertPayout, type Machine, machines, pathTo, statusesOf } from '#supabase/tests/support/machines.ts'
import { refusalOf } from '#supabase/tests/support/refusal.ts'

// Every write here is a direct one by the database's owner, whom no grant stops: what refuses is the machine itself.

const { adminSql } = await testDatabase()

/** Thrown to take back what a test tried. */
class TakenBack extends Error {}

/** How an attempt ends that is taken back in any case. */
async function tryOut(
  tx: postgres.TransactionSql,
  attempt: (sql: postgres.TransactionSql) => Promise<unknown>,
): Promise<string> {
  const tried = tx.savepoint(async (savepoint) => {
    await attempt(savepoint)
    throw new TakenBack()
  })
  try {
    return await refusalOf(tried)
  } catch (error) {
    if (error instanceof TakenBack) return 'accepted'
    throw error
  }
}

/** How a direct move from the status to every other one ends. */
async function movesFrom(machine: Machine, from: string): Promise<[pair: string, outcome: string][]> {
  return await adminSql.begin(async (tx) => {
    const id = await machine.insert(tx, machine.start)
    for (const status of pathTo(machine, from)) await machine.move(tx, id, status)
    const outcomes: [string, string][] = []
    for (const to of statusesOf(machine)) {
      if (to !== from) outcomes.push([`${from} ${to}`, await tryOut(tx, (sql) => machine.move(sql, id, to))])
    }
    return outcomes
  })
}

describe.each(machines)('$name', (machine) => {
  const { name, edges, guard, events, transitions, start } = machine

  test('the declared transitions are those of the design', async () => {
    const rows =
      await adminSql`select from_status || ' ' || to_status as edge from ${adminSql(`private.${transitions}`)}`
    expect(rows.map(({ edge }) => edge).sort()).toEqual([...edges].sort())
  })

  test('every declared transition passes and every other one is refused, whoever writes', async () => {
    const outcomes = await Promise.all(statusesOf(machine).map((from) => movesFrom(machine, from)))
    const expected = outcomes.flat().map(([pair]) => [pair, edges.includes(pair) ? 'accepted' : `23503 ${guard}`])
    expect(Object.fromEntries(outcomes.flat())).toEqual(Object.fromEntries(expected))
  })

  test('a status that no transition names cannot be reached', async () => {
    const id = await machine.insert(adminSql, start)
    expect(await refusalOf(machine.move(adminSql, id, 'undeclared'))).toBe(`23503 ${guard}`)
  })

  test('a row cannot be inserted in a late state', async () => {
    const late = statusesOf(machine).filter((status) => status !== start)
    const outcomes = await Promise.all(late.map((status) => refusalOf(machine.insert(adminSql, status))))
    expect(outcomes).toEqual(late.map(() => 'CWSTA'))
  })

  test('every change writes its event, with its actor, and the version follows', async () => {
    const [first = ''] = edges
    const to = first.split(' ')[1] ?? ''
    const id = await machine.insert(adminSql, start)
    await machine.move(adminSql, id, to)
    const rows = await adminSql`
      select to_jsonb(e) as event from ${adminSql(`public.${events}`)} e where to_jsonb(e)::text like ${`%${id}%`} order by e.version`
    expect(rows.map(({ event }) => [event.version, event.from_status, event.to_status, event.actor])).toEqual([
      [1, null, start, 'owner'],
      [2, start, to, 'owner'],
    ])
    const [row] = await adminSql`select version from ${adminSql(`public.${name}`)} where id = ${id}`
    expect(row?.version).toBe(2)
  })
})

describe('transfers of Stripe’s', () => {
  test('begin as broadcast and as nothing else', async () => {
    const statuses = ['prepared', 'signed', 'broadcast', 'included', 'confirmed', 'failed']
    const outcomes = await Promise.all(statuses.map((status) => refusalOf(insertPayout(adminSql, status))))
    expect(outcomes).toEqual(statuses.map((status) => (status === 'broadcast' ? 'accepted' : 'CWSTA')))
  })
})
