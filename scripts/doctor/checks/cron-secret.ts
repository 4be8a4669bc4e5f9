import { type Check, fail, ok, skip } from '#scripts/doctor/check.ts'

/** On Vercel the scheduler works the queue, and shows this secret. Elsewhere the worker does. */
export const cronSecret: Check = {
  name: 'CRON_SECRET',
  look: ({ values, faults }) => {
    if (faults.some(({ name }) => name === 'CRON_SECRET')) return skip('not asked: it is malformed')
    if (values.CRON_SECRET) return ok('is set: /api/cron/jobs lets the scheduler in')
    return values.VERCEL
      ? fail(
          'is not set, so the scheduler is turned away and delayed work never runs',
          'Set CRON_SECRET in the Vercel project: at least 16 random characters, such as from `openssl rand -hex 32`.',
        )
      : ok('is not set: /api/cron/jobs is closed, and a long-lived worker is needed')
  },
}
