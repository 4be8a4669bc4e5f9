import postgres from 'postgres'
import { beforeAll, describe, expect, test } from 'vitest'
import type { PersonActor } from '#lib/auth/actor.ts'
import { connection } from '#lib/db/connection.ts'
import { alice, guest, introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { begin, type Session } from '#supabase/tests/support/purchase.ts'
import { refusalOf } from '#supabase/tests/support/refusal.ts'

// The database believes its claims. These tests hold that nobody but as(actor) writes them.

const { adminSql, as, url } = await testDatabase()

let session: Session

beforeAll(async () => {
  await introduceCast(adminSql)
  session = await begin({ actor: alice })
})

const whoAmI = (sql: postgres.TransactionSql) =>
  sql`select current_user as role, current_setting('request.jwt.claims', true)::jsonb as claims, auth.uid() as uid, private.account_id() as account`

test('a person’s claims are their id, and both Supabase versions’ settings agree on it', async () => {
  expect(await as(alice)(whoAmI)).toEqual([
    {
      role: 'authenticated',
      claims: { role: 'authenticated', sub: alice.userId, is_anonymous: false },
      uid: alice.userId,
      account: alice.userId,
    },
  ])
})

test.each([
  ['anon', guest('", "sub": "00000000-0000-4000-8000-00000000019a'), null],
  ['anon', guest(), null],
])('what a guest sends as a secret is hashed and becomes no other claim', async (role, actor, account) => {
  const [row] = await as(actor)(whoAmI)
  expect(row).toMatchObject({ role, account, uid: null })
  expect(Object.keys(row?.claims).filter((key) => !['role', 'session_secret_hash'].includes(key))).toEqual([])
})

test('an id that is not one reaches no row', async () => {
  const forged = { ...alice, userId: `${olga.userId}", "role": "worker` }
  expect(await refusalOf(as(forged)((sql) => sql`select id from public.onramp_sessions`))).toBe('22P02')
})

test('a value is never read as SQL: a second statement cannot ride on it', async () => {
  const injected = `x'; select set_config('request.jwt.claim.sub', '${olga.userId}', true); --`
  const rows = await as(guest())((sql) => sql`select ${injected} as text, private.account_id() as account`)
  expect(rows).toEqual([{ text: injected, account: null }])
  expect(await refusalOf(as(guest())((sql) => sql`select set_config('role', 'worker', true); select 1`))).toBe('42601')
})

test('role and claims end with their transaction, also on the same connection and after a refusal', async () => {
  const look = () => connection()`
    select current_user as role, coalesce(current_setting('request.jwt.claims', true), '') as claims,
      coalesce(current_setting('request.jwt.claim.sub', true), '') as sub`
  const untouched = { role: 'causeway', claims: '', sub: '' }
  await Promise.all(Array.from({ length: 30 }, () => as(olga)((sql) => sql`select 1`)))
  await Promise.all(Array.from({ length: 30 }, () => refusalOf(as(olga)((sql) => sql`select 1 / 0`))))
  const rows = await Promise.all(Array.from({ length: 30 }, look))
  expect(rows.flat()).toEqual(rows.map(() => untouched))
})

describe('a person’s id under another role', () => {
  const asRole = async (role: string, { userId }: PersonActor, statement: string): Promise<postgres.Row[]> => {
    const sql = postgres(url, { max: 1, prepare: false })
    const claims = JSON.stringify({ role: 'authenticated', sub: userId })
    try {
      const [, rows] = await sql.begin((tx) => [
        tx`select set_config('role', ${role}, true), set_config('request.jwt.claims', ${claims}, true), set_config('request.jwt.claim.sub', ${userId}, true)`,
        tx.unsafe(statement),
      ])
      return rows
    } finally {
      await sql.end()
    }
  }

  test('makes a guest no operator', async () => {
    expect(await asRole('anon', olga, 'select private.is_operator() as yes')).toEqual([{ yes: false }])
    expect(await asRole('anon', olga, 'select id from public.onramp_sessions')).toEqual([])
  })

  test('makes a guest no owner', async () => {
    expect(await asRole('anon', alice, 'select id from public.onramp_sessions')).toEqual([])
    expect(await asRole('anon', alice, 'select session_id from public.onramp_events')).toEqual([])
  })

  test('counts where the role is a person’s', async () => {
    expect(await asRole('authenticated', alice, 'select id from public.onramp_sessions')).toEqual([{ id: session.id }])
  })
})

test('an operator’s claims in the token itself make nobody an operator', async () => {
  const sql = postgres(url, { max: 1, prepare: false })
  const claims = JSON.stringify({ sub: alice.userId, app_metadata: { role: 'operator' }, user_role: 'operator' })
  const [, rows] = await sql.begin((tx) => [
    tx`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${claims}, true)`,
    tx`select private.account_id() as account, private.is_operator() as yes`,
  ])
  await sql.end()
  expect(rows).toEqual([{ account: alice.userId, yes: false }])
})
