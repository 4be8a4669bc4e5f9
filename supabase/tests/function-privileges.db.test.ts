import { expect, test } from 'vitest'
import { callersOfCommands } from '#supabase/tests/support/callers-of-commands.ts'
import { callersOfPrivate } from '#supabase/tests/support/callers-of-private.ts'
import { callersOfReads } from '#supabase/tests/support/callers-of-reads.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

const { adminSql } = await testDatabase()

/** Every function, and who may call it. A new function fails here until somebody says who may. */
const expected = { ...callersOfCommands, ...callersOfPrivate, ...callersOfReads }

const roles = ['anon', 'authenticated', 'agent', 'webhook', 'worker', 'causeway', 'service_role', 'public']

const actual = await adminSql<{ name: string; callers: string; definer: boolean }[]>`
  select n.nspname || '.' || p.proname as name, p.prosecdef as definer,
    coalesce(string_agg(role, ' ' order by position) filter (where has_function_privilege(role, p.oid, 'execute')), '') as callers
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace, unnest(${roles}::text[]) with ordinality as r (role, position)
  where n.nspname in ('app', 'private', 'public')
  group by p.oid, n.nspname, p.proname, p.prosecdef order by 1`

test('every function is listed here, each name once', () => {
  expect(actual.map(({ name }) => name)).toEqual(Object.keys(expected))
})

test.each(Object.entries(expected))('%s may be called by: %s', (name, callers) => {
  expect(actual.find((row) => row.name === name)?.callers).toBe(callers)
})

test('what a browser’s role may call in private tells something and does nothing', async () => {
  const callable = actual
    .filter(({ name, callers }) => name.startsWith('private.') && callers !== '')
    .map(({ name }) => name)
  const rows = await adminSql`
    select n.nspname || '.' || p.proname as name, p.provolatile from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname || '.' || p.proname = any(${callable})`
  expect(rows.filter(({ provolatile }) => provolatile === 'v')).toEqual([])
})

test('a new function belongs to nobody until it is granted', async () => {
  await adminSql`create function app.made_by_this_test() returns void language sql set search_path = '' return null`
  const rows = await adminSql`
    select role from unnest(${roles}::text[]) role where has_function_privilege(role, 'app.made_by_this_test()', 'execute')`
  expect(rows).toEqual([])
})

test('a new table belongs to nobody until it is granted', async () => {
  await adminSql`create table public.made_by_this_test (id bigint generated always as identity)`
  const rows = await adminSql`
    select role from unnest(${roles}::text[]) role
    where has_table_privilege(role, 'public.made_by_this_test', 'select, insert, update, delete, truncate')
      or has_sequence_privilege(role, 'public.made_by_this_test_id_seq', 'usage, select, update')`
  expect(rows).toEqual([])
})
