import { reasonOf } from '#scripts/doctor/ask.ts'
import { type Check, fail, ok, type Verdict } from '#scripts/doctor/check.ts'

/** Who logs in: the role `causeway`, which by itself may do nothing. */
export const databaseLogin: Check = {
  name: 'login',
  needs: ['DATABASE_URL'],
  look: async ({ sql, need }) => {
    const { host } = new URL(need('DATABASE_URL'))
    const [row] = await sql()`
      select rolname as name, rolinherit as inherits, rolsuper or rolcreaterole or rolcreatedb or rolbypassrls or rolreplication as powerful
      from pg_roles where rolname = current_user`.catch((error: unknown) => [{ error }])
    if (row === undefined || 'error' in row) return explain(host, row?.error)
    const { name, inherits, powerful } = row
    if (name !== 'causeway') {
      return fail(
        `logs in as ${name}: row-level security and the roles of each door would not hold it`,
        'Put the user causeway and its password into DATABASE_URL.',
      )
    }
    if (inherits || powerful) {
      return fail(
        `causeway ${inherits ? 'inherits what its roles may do' : 'has powers of its own'}`,
        'As the owner: alter role causeway noinherit nosuperuser nocreaterole nocreatedb nobypassrls noreplication;',
      )
    }
    return ok(`causeway at ${host}, without inheritance and without powers of its own`)
  },
}

const copy = "Copy the host and port from Supabase's Connect dialog into DATABASE_URL."

/** What the driver and the server say, sorted by what is to be done about it. */
function explain(host: string, error: unknown): Verdict {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === '28P01' || code === '28000' || /user not found/i.test(String(error))) {
    return fail(
      `${host} refuses the user or its password`,
      'Set the password again: CAUSEWAY_PASSWORD=… DATABASE_ADMIN_URL=… npm run db:migrate, and the same in DATABASE_URL.',
    )
  }
  if (/CERT|SELF_SIGNED|VERIFY|ALTNAME/.test(code)) {
    return fail(
      `${host} shows a certificate that is not trusted here (${code})`,
      "Set DATABASE_CA to the text of the certificate from Supabase's database settings, SSL configuration.",
    )
  }
  if (code === '3D000')
    return fail(`${host} has no such database`, 'Supabase calls it postgres: end DATABASE_URL with /postgres.')
  const refused = error instanceof Error ? Object.assign(new Error(error.message), { cause: error }) : error
  const reason = code === 'CONNECT_TIMEOUT' ? 'does not answer within ten seconds' : reasonOf(refused)
  return fail(`${host}: ${reason}`, copy)
}
