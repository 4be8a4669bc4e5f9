import { ask, reasonOf } from '#scripts/doctor/ask.ts'
import { type Check, fail, ok, type Verdict } from '#scripts/doctor/check.ts'

const tables = [
  'onramp_sessions',
  'transfers',
  'receipts',
  'webhook_events',
  'ledger_accounts',
  'audit_log',
  'idempotency_keys',
  'account_roles',
]

/** What everybody can do who reads the publishable key out of a page: ask for each table, and get no row. */
export const restStranger: Check = {
  name: 'a stranger reads',
  needs: ['SUPABASE_URL', 'SUPABASE_PUBLISHABLE_KEY'],
  look: async ({ need }): Promise<Verdict> => {
    const open: string[] = []
    for (const table of tables) {
      const answer = await ask(`${need('SUPABASE_URL')}/rest/v1/${table}?limit=1`, {
        headers: { apikey: need('SUPABASE_PUBLISHABLE_KEY') },
      }).catch(reasonOf)
      if (typeof answer === 'string') return fail(answer, "Set SUPABASE_URL to the project's URL.")
      if (answer.code === 'PGRST205' || answer.code === '42P01') {
        return fail(
          `the REST API does not know ${table}`,
          'Run the migrations: DATABASE_ADMIN_URL=… npm run db:migrate.',
        )
      }
      const rows = Array.isArray(answer.json) ? answer.json.length : 0
      if (answer.status === 200 && rows > 0) open.push(table)
    }
    return open.length === 0
      ? ok(`no row of any of ${tables.length} tables`)
      : fail(
          `rows of ${open.join(', ')}`,
          'Read the lines of the database above; restore the policies by a new migration.',
        )
  },
}
