import postgres from 'postgres'
import { describe, expect, test } from 'vitest'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { NO_PRIVILEGE, refusalOf } from '#supabase/tests/support/refusal.ts'

const { adminSql, url } = await testDatabase()

const doors = ['agent', 'anon', 'authenticated', 'webhook', 'worker']

test('no role of the app has a power of its own', async () => {
  const rows = await adminSql`
    select rolname from pg_roles where rolname = any(${[...doors, 'causeway']})
      and (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)`
  expect(rows).toEqual([])
})

test('the server’s login is the only one that can log in, and inherits nothing', async () => {
  const rows = await adminSql`
    select rolname, rolcanlogin, rolinherit from pg_roles where rolname = any(${[...doors, 'causeway']}) and rolcanlogin`
  expect(rows).toEqual([{ rolname: 'causeway', rolcanlogin: true, rolinherit: false }])
})

test('it may take each door’s role, has nothing of it before, and can hand none on', async () => {
  const rows = await adminSql`
    select r.rolname as role, a.inherit_option, a.set_option, a.admin_option
    from pg_auth_members a join pg_roles r on r.oid = a.roleid where a.member = 'causeway'::regrole order by 1`
  expect(rows).toEqual(doors.map((role) => ({ role, inherit_option: false, set_option: true, admin_option: false })))
})

test('no door’s role leads to another', async () => {
  const rows =
    await adminSql`select member::regrole::text from pg_auth_members where member::regrole::text = any(${doors})`
  expect(rows).toEqual([])
})

test('none of them owns anything, in any database', async () => {
  const rows = await adminSql`
    select refobjid::regrole::text as role, classid::regclass::text from pg_shdepend
    where refclassid = 'pg_authid'::regclass and deptype = 'o' and refobjid::regrole::text = any(${[...doors, 'causeway']})`
  expect(rows).toEqual([])
})

describe('the login by itself', () => {
  const alone = async (statement: string): Promise<string> => {
    const sql = postgres(url, { max: 1, prepare: false })
    const outcome = await refusalOf(sql.unsafe(statement))
    await sql.end()
    return outcome
  }

  test.each([
    'select app.schedule_stalled_work()',
    'select app.release_idempotency_key(gen_random_uuid())',
    'select private.actor()',
    `select private.add_job('send_transfer', '{}')`,
    'create table public.mine ()',
    'create schema mine',
    'create role mine',
    'set role postgres',
    'set role service_role',
    'alter role causeway bypassrls',
    'select * from auth.users',
    `copy (select 1) to program 'true'`,
    `select pg_read_file('/etc/passwd')`,
  ])('may not: %s', async (statement) => {
    expect(await alone(statement)).toBe(NO_PRIVILEGE)
  })
})

test.each(doors)('%s cannot leave its role for a stronger one by itself', async (role) => {
  const sql = postgres(url, { max: 1, prepare: false })
  const outcomes = []
  for (const stronger of ['postgres', 'service_role']) {
    outcomes.push(
      await refusalOf(
        sql.begin((tx) => [
          tx`select set_config('role', ${role}, true)`,
          tx`select set_config('role', ${stronger}, true)`,
        ]),
      ),
    )
  }
  await sql.end()
  expect(outcomes).toEqual([NO_PRIVILEGE, NO_PRIVILEGE])
})
