import { type Check, fail, ok } from '#scripts/doctor/check.ts'

/** Without a role, the login reads and writes no table. What it needs of the queue lies in graphile_worker. */
export const databaseReads: Check = {
  name: 'own rights',
  needs: ['DATABASE_URL'],
  look: async ({ sql }) => {
    const rows = await sql()<{ name: string }[]>`
      select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'private', 'auth') and c.relkind in ('r', 'p', 'v', 'm', 'f')
        and has_table_privilege(current_user, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')
      order by 1`
    const [first] = rows
    if (first) {
      const more = rows.length > 1 ? ` and ${rows.length - 1} more` : ''
      return fail(
        `without taking a role, causeway reaches ${first.name}${more}`,
        `As the owner: revoke all on ${rows.map(({ name }) => name).join(', ')} from causeway, public;`,
      )
    }
    const read = await sql()`select from public.onramp_sessions limit 1`.catch((error: unknown) => error)
    const code = read instanceof Error && 'code' in read ? read.code : undefined
    if (code === '42501') return ok('reads and writes no table by itself')
    return code === '42P01' || code === '3F000'
      ? fail('the tables are not there', 'Run the migrations: DATABASE_ADMIN_URL=… npm run db:migrate.')
      : fail(
          'causeway reads public.onramp_sessions by itself',
          'As the owner: alter role causeway noinherit; and grant its roles to it again.',
        )
  },
}
