import { type Check, fail, ok, warn } from '#scripts/doctor/check.ts'

const step =
  'Append ?sslmode=verify-full to DATABASE_URL, and set DATABASE_CA to the certificate from the database settings of Supabase.'

/** Whether the way to the database is encrypted, and the server proves who it is. */
export const databaseEncryption: Check = {
  name: 'encryption',
  needs: ['DATABASE_URL'],
  look: ({ need, live }) => {
    const { hostname, searchParams } = new URL(need('DATABASE_URL'))
    if (['localhost', '127.0.0.1', '[::1]'].includes(hostname)) return ok('not needed: the database is on this machine')
    const mode = searchParams.get('sslmode') ?? 'disable'
    if (mode === 'verify-full') return ok('encrypted, and the server proves who it is')
    if (mode !== 'disable') return warn(`sslmode=${mode}: our two drivers understand it differently`, step)
    const seen = `not encrypted on the way to ${hostname}`
    return live ? fail(seen, step) : warn(seen, step)
  },
}
