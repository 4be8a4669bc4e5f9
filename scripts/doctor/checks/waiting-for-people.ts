import { type Check, fail, ok, type Verdict, warn } from '#scripts/doctor/check.ts'

/** Findings of the reconciliation that say that the books, or the treasury, are not what they claim. */
const grave = ['treasury_drift', 'ledger_unbalanced', 'delivered_without_transfer']

/** What does not go on by itself: purchases that need a person, webhooks that were given up, and what comparing has found. */
export const waitingForPeople: Check = {
  name: 'open cases',
  needs: ['DATABASE_URL'],
  look: async ({ asWorker, values }): Promise<Verdict> => {
    const rows = await asWorker(
      (sql) => sql`
        select attention_code as code, count(*)::int as count from public.onramp_sessions where status = 'needs_attention' group by 1
        union all
        select 'webhook_quarantined', count(*)::int from public.webhook_events where status = 'quarantined' having count(*) > 0
        union all
        select kind, count(*)::int from public.reconciliation_findings where cleared_at is null group by 1`,
    )
    if (rows.length === 0) return ok('none')
    const cases = rows.map(({ code, count }) => `${count} ${code}`).join(', ')
    const step = `See them at ${values.APP_URL ?? ''}/operate; docs/runbook.md says what each code asks of you.`
    return rows.some(({ code }) => grave.includes(code)) ? fail(cases, step) : warn(cases, step)
  },
}
