import { type Check, fail, ok } from '#scripts/doctor/check.ts'

/** Browsers read, and only read; and the service key, which the app does not have, moves nothing either. */
export const browserRights: Check = {
  name: 'browser rights',
  needs: ['DATABASE_URL'],
  look: async ({ sql }) => {
    const rows = await sql()<{ role: string; name: string }[]>`
      select r.rolname as role, c.oid::regclass::text as name
      from pg_class c join pg_namespace n on n.oid = c.relnamespace, pg_roles r
      where n.nspname in ('public', 'private') and c.relkind in ('r', 'p', 'v', 'm', 'f')
        and r.rolname in ('anon', 'authenticated', 'service_role')
        and has_table_privilege(r.oid, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
      order by 1, 2`
    const [first] = rows
    if (first === undefined) return ok('anon, authenticated and service_role write no table')
    const more = rows.length > 1 ? ` (and ${rows.length - 1} more such rights)` : ''
    return fail(
      `${first.role} may write ${first.name}${more}`,
      `As the owner: ${rows.map(({ role, name }) => `revoke insert, update, delete, truncate on ${name} from ${role};`).join(' ')}`,
    )
  },
}
