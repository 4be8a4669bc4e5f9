import { type Check, fail, ok } from '#scripts/doctor/check.ts'

const doors = ['anon', 'authenticated', 'agent', 'webhook', 'worker'] as const

/** The server takes each door's role, and no other. */
export const databaseRoles: Check = {
  name: 'roles',
  needs: ['DATABASE_URL'],
  look: async ({ sql }) => {
    const rows = await sql()<{ name: string }[]>`
      select r.rolname as name from pg_auth_members m join pg_roles r on r.oid = m.roleid
      where m.member = (select oid from pg_roles where rolname = current_user)`
    const others = rows.map(({ name }) => name).filter((name) => !doors.some((door) => door === name))
    if (others.length > 0) {
      return fail(
        `causeway may also become ${others.join(', ')}`,
        `As the owner: revoke ${others.join(', ')} from causeway;`,
      )
    }
    const refused: string[] = []
    for (const door of doors) {
      const taken = await sql()
        .begin((tx) => [tx`select set_config('role', ${door}, true)`])
        .catch(() => undefined)
      if (taken === undefined) refused.push(door)
    }
    return refused.length === 0
      ? ok(`takes ${doors.join(', ')}, and no other`)
      : fail(`causeway may not become ${refused.join(', ')}`, `As the owner: grant ${refused.join(', ')} to causeway;`)
  },
}
