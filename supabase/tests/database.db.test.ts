import { expect, test } from 'vitest'
import { testDatabase } from '#supabase/tests/support/database.ts'

const { adminSql, as } = await testDatabase()

test('the app logs in as a role that owns nothing and inherits nothing', async () => {
  const [role] = await adminSql`
    select rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolbypassrls,
      (select count(*)::int from pg_class where relowner = pg_roles.oid) as owns
    from pg_roles where rolname = 'causeway'`
  expect(role).toEqual({
    rolsuper: false,
    rolinherit: false,
    rolcreaterole: false,
    rolcreatedb: false,
    rolbypassrls: false,
    owns: 0,
  })
})

test('a transaction runs in its actor’s role and with the actor’s claims', async () => {
  const userId = '00000000-0000-4000-8000-000000000001'
  const rows = await as({ role: 'authenticated', userId, isAnonymous: false })(
    (sql) => sql`select current_user as role, auth.uid() as uid`,
  )
  expect(rows).toEqual([{ role: 'authenticated', uid: userId }])
})
