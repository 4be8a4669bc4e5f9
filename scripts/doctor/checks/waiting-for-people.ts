import { type Check, ok, type Verdict, warn } from '#scripts/doctor/check.ts'

/** What does not go on by itself: purchases that need a person, and webhooks whose handling failed. */
export const waitingForPeople: Check = {
  name: 'open cases',
  needs: ['DATABASE_URL'],
  look: async ({ asWorker, values }): Promise<Verdict> => {
    const rows = await asWorker(
      (sql) => sql`
        select attention_code as code, count(*)::int as count from public.onramp_sessions where status = 'needs_attention' group by 1
        union all
        select 'paid_after_expiry', count(*)::int from public.onramp_sessions where paid_after_expiry_at is not null having count(*) > 0
        union all
        select 'webhook_failed', count(*)::int from public.webhook_events where status = 'failed' having count(*) > 0`,
    )
    if (rows.length === 0) return ok('none')
    const cases = rows.map(({ code, count }) => `${count} ${code}`)
    return warn(
      cases.join(', '),
      `See them at ${values.APP_URL ?? ''}/operate; docs/runbook.md says what each code asks of you.`,
    )
  },
}
