import { expect, test } from 'vitest'
import { testDatabase } from '#supabase/tests/support/database.ts'

// What holds for everything in our schemas, including what somebody adds tomorrow.

const { adminSql } = await testDatabase()

const ours = ['public', 'private', 'app']

test('every table has row-level security', async () => {
  const rows = await adminSql`
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any(${ours}) and c.relkind in ('r', 'p') and not c.relrowsecurity`
  expect(rows).toEqual([])
})

test('every function pins an empty search path', async () => {
  const rows = await adminSql`
    select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = any(${ours}) and not coalesce('search_path=""' = any(p.proconfig), false)`
  expect(rows).toEqual([])
})

test('every foreign key begins an index, and says what becomes of the row', async () => {
  const rows = await adminSql`
    select k.conrelid::regclass::text as relation, k.conname as name from pg_constraint k join pg_namespace n on n.oid = k.connamespace
    where n.nspname = any(${ours}) and k.contype = 'f' and not exists (
      select from pg_index i where i.indrelid = k.conrelid and i.indpred is null
        and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey)`
  expect(rows).toEqual([])
  const unspoken = await adminSql`
    select k.conname as name from pg_constraint k join pg_namespace n on n.oid = k.connamespace
    where n.nspname = any(${ours}) and k.contype = 'f' and k.confdeltype = 'a' and k.conname not like '%_transition_is_allowed'`
  expect(unspoken).toEqual([])
})

const policies = await adminSql<
  { name: string; roles: string[]; cmd: string; qual: string | null; permissive: string }[]
>`
  select tablename || ': ' || policyname as name, roles, cmd, qual, permissive from pg_policies where schemaname = any(${ours})`

test('every policy lets someone read, and names whom', () => {
  const wrong = policies.filter(
    ({ cmd, roles, permissive }) => cmd !== 'SELECT' || permissive !== 'PERMISSIVE' || roles.includes('public'),
  )
  expect(wrong).toEqual([])
})

test('every policy asks who it is once a query, not once a row', () => {
  const asks = /(private\.(account_id|is_operator|session_secret_hash|claims|acting_role)|auth\.\w+|current_setting)\(/
  const wrong = policies.filter(({ qual }) => asks.test((qual ?? '').replaceAll(/\( SELECT [\w.]+\(\) AS \w+\)/g, '')))
  expect(wrong).toEqual([])
})

test('a policy that lets everything through is for the worker only, or for what is public', () => {
  const isPublic = /: (prices|markups|forecasts) are public$/
  const open = policies
    .filter(({ qual, name }) => qual === 'true' && !isPublic.test(name))
    .flatMap(({ roles }) => roles)
  expect(new Set(open)).toEqual(new Set(['worker']))
})

test('every table and every command says what it is for', async () => {
  const rows = await adminSql`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any(${ours}) and c.relkind in ('r', 'p') and obj_description(c.oid, 'pg_class') is null
    union all
    select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'app' and obj_description(p.oid, 'pg_proc') is null`
  expect(rows).toEqual([])
})

test('amounts are whole numbers beside an asset, prices exact decimals; nothing is a float', async () => {
  const rows = await adminSql`
    select table_name, column_name, data_type from information_schema.columns
    where table_schema = any(${ours}) and coalesce(domain_name, '') not in ('price', 'exact_decimal', 'ratio')
      and (data_type in ('real', 'double precision', 'money')
      or (data_type = 'numeric' and coalesce(numeric_scale, 1) <> 0))`
  expect(rows).toEqual([])
})
