import { type Check, fail, ok } from '#scripts/doctor/check.ts'

/** Row-level security is on for every table of ours, also for one that somebody made by hand. */
export const rowSecurity: Check = {
  name: 'row security',
  needs: ['DATABASE_URL'],
  look: async ({ sql }) => {
    const rows = await sql()<{ name: string; guarded: boolean }[]>`
      select c.oid::regclass::text as name, c.relrowsecurity as guarded
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'private', 'app') and c.relkind in ('r', 'p') order by 1`
    const open = rows.filter(({ guarded }) => !guarded).map(({ name }) => name)
    if (rows.length === 0)
      return fail('there are no tables', 'Run the migrations: DATABASE_ADMIN_URL=… npm run db:migrate.')
    return open.length === 0
      ? ok(`is on for all ${rows.length} tables`)
      : fail(
          `is off for ${open.join(', ')}`,
          `As the owner: ${open.map((name) => `alter table ${name} enable row level security;`).join(' ')}`,
        )
  },
}
