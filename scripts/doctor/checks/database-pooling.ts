import { type Check, ok, warn } from '#scripts/doctor/check.ts'

/** Supabase's port for connections that are shared between transactions. */
const sharedPort = '6543'

/** Functions that come and go share connections; a worker listens and holds a lock, and needs one of its own. */
export const databasePooling: Check = {
  name: 'pooling',
  needs: ['DATABASE_URL'],
  look: ({ need, values }) => {
    const { hostname, port } = new URL(need('DATABASE_URL'))
    const shared = port === sharedPort
    if (!/\.supabase\.(com|co)$/.test(hostname)) return ok('not a database of Supabase: nothing to compare')
    if (values.VERCEL) {
      return shared
        ? ok(`port ${sharedPort}: the functions share connections`)
        : warn(
            `port ${port || '5432'}: each function holds connections of its own, and the database soon has none left`,
            `On Vercel, use port ${sharedPort} of the transaction pooler in DATABASE_URL.`,
          )
    }
    return shared
      ? warn(
          `port ${sharedPort} shares connections: a worker hears of new jobs only by asking, and its sign of life is lost`,
          'For the worker, use port 5432 of the session pooler, or the direct connection, in DATABASE_URL.',
        )
      : ok('a connection of its own, as a worker needs it')
  },
}
