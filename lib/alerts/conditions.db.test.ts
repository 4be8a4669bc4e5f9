import { randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { acknowledgeAlert } from '#lib/alerts/acknowledge.ts'
import { reviewAlerts } from '#lib/alerts/review-alerts.ts'
import { log } from '#lib/log.ts'
import { receiveStripeWebhook } from '#lib/webhooks/receive.ts'
import { introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import {
  bury,
  deliver,
  fund,
  musd,
  read,
  recordBroadcast,
  sign,
  transferOf,
  treasury,
  treasuryHolds,
} from '#supabase/tests/support/purchase.ts'
import { signed } from '#supabase/tests/support/stripe-webhook.ts'

// What an operator is told of: once, while it lasts, with the page that shows it.

const { adminSql, as } = await testDatabase()

beforeAll(() => introduceCast(adminSql))
beforeEach(() => {
  vi.spyOn(log, 'warn').mockImplementation(() => {})
  vi.spyOn(log, 'info').mockImplementation(() => {})
})

type Alert = { id: string; title: string; detail: string; path: string; open: boolean; waited: number }

const alertsOf = async (kind: string, subject: string): Promise<Alert[]> =>
  await adminSql<Alert[]>`
    select id, title, detail, path, cleared_at is null as open, extract(epoch from opened_at - since)::integer as waited
    from public.alerts where kind = ${kind} and subject = ${subject} order by opened_at`

/** What no command can do, the owner does with every trigger off. */
const force = (statement: (sql: postgres.TransactionSql) => postgres.PendingQuery<postgres.Row[]>) =>
  adminSql.begin((tx) => [tx`set local session_replication_role = replica`, statement(tx)])

const statusIsOld = (sessionId: string, interval: string) =>
  force((tx) => tx`update public.onramp_events set at = at - ${interval}::interval where session_id = ${sessionId}`)

const found = (checks: object[]) =>
  as({ role: 'worker' })((sql) => sql`select app.record_health(${sql.json(checks as never)})`)

const held = { network: 'mezo-testnet', asset: 'MUSD', held: '0', low: String(10n ** 22n) }
const treasuryFound = (status: string, detail: object) =>
  found([{ name: 'treasury', status, summary: 'a test', detail }])
const rich = { network: 'mezo-testnet', native: '5', nativeLow: '5', assets: [{ ...held, amount: String(10n ** 22n) }] }

let block = 1
const topUp = (amount: bigint) => treasuryHolds(amount, ++block)

async function failedJob(): Promise<string> {
  const task = `task_${randomUUID()}`
  await adminSql`select graphile_worker.add_job(${task}, max_attempts => 1)`
  await adminSql`update graphile_worker._private_jobs j set attempts = 1
    from graphile_worker._private_tasks t where t.id = j.task_id and t.identifier = ${task}`
  return task
}

const forgetJobs = () => adminSql`delete from graphile_worker._private_jobs`

type Condition = {
  kind: string
  name: string
  /** Brings it about. Resolves to the subject. */
  arrange: () => Promise<string>
  /** It is there, and not for long enough to be told. */
  early?: (subject: string) => Promise<unknown>
  mend: (subject: string) => Promise<unknown>
  path: (subject: string) => string
  detail: RegExp
}

const conditions: Condition[] = [
  {
    kind: 'session_stuck',
    name: 'a purchase that needs attention',
    arrange: async () => {
      await topUp(0n)
      const session = await fund()
      expect(await deliver(session)).toBe('needs_attention')
      return session.id
    },
    early: (id) => statusIsOld(id, '4 minutes'),
    mend: async (id) => {
      await topUp(10n ** 21n)
      expect(await deliver({ id })).toBe('delivering')
    },
    path: (id) => `/operate/sessions/${id}`,
    detail: /treasury_short/,
  },
  {
    kind: 'session_stuck',
    name: 'a delivery that stays unclear',
    arrange: async () => {
      await topUp(10n ** 21n)
      const session = await fund()
      await deliver(session, 1)
      const { id } = await transferOf(session, 'treasury_delivery')
      await sign(id)
      await recordBroadcast(id, 'unclear')
      expect(await read(session)).toMatchObject({ status: 'unknown' })
      await statusIsOld(session.id, '9 minutes')
      return session.id
    },
    early: (id) => statusIsOld(id, '2 minutes'),
    mend: async (id) => bury((await transferOf({ id }, 'treasury_delivery')).id, { amount: musd, from: treasury }),
    path: (id) => `/operate/sessions/${id}`,
    detail: /no clear answer/,
  },
  {
    kind: 'webhook_quarantined',
    name: 'a webhook in quarantine',
    arrange: async () => {
      const { id } = await receiveStripeWebhook(signed('{"id":"evt_poison","type":"customer.created"}', 'whsec_tests'))
      await force(
        (tx) =>
          tx`update public.webhook_events set status = 'quarantined', attempts = 8, last_error = 'x' where id = ${id}`,
      )
      return id
    },
    mend: (id) => as(olga)((sql) => sql`select app.replay_webhook_event(${id})`),
    path: (id) => `/operate/webhooks/${id}`,
    detail: /^customer\.created failed 8 times/,
  },
  {
    kind: 'webhook_body_changed',
    name: 'a webhook whose body changed',
    arrange: async () => {
      const id = `evt_${randomUUID()}`
      const body = (part: string) => JSON.stringify({ id, type: 'customer.created', part })
      const first = await receiveStripeWebhook(signed(body('as it was'), 'whsec_tests'))
      await receiveStripeWebhook(signed(body('as it is now'), 'whsec_tests'))
      return first.id
    },
    mend: async (subject) => {
      const [alert] = await alertsOf('webhook_body_changed', subject)
      await acknowledgeAlert({ actor: olga, id: alert?.id ?? '' })
    },
    path: (id) => `/operate/webhooks/${id}`,
    detail: /1 times\. The first body stands/,
  },
  {
    kind: 'queue_lagging',
    name: 'a queue that nobody works',
    arrange: async () => {
      await adminSql`select graphile_worker.add_job('late', run_at => now() - interval '110 seconds')`
      return 'queue'
    },
    early: () => adminSql`update graphile_worker._private_jobs set run_at = run_at - interval '15 seconds'`,
    mend: forgetJobs,
    path: () => '/operate/jobs',
    detail: /more than two minutes/,
  },
  {
    kind: 'job_failed',
    name: 'a job that was given up',
    arrange: failedJob,
    mend: forgetJobs,
    path: () => '/operate/jobs',
    detail: /^1 failed at the last attempt/,
  },
  {
    kind: 'treasury_low',
    name: 'too little MUSD that is not promised',
    arrange: async () => {
      const short = { ...held, amount: String(10n ** 22n), held: String(10n ** 21n) }
      await treasuryFound('degraded', { ...rich, assets: [short] })
      return 'mezo-testnet/MUSD'
    },
    mend: () => treasuryFound('ok', rich),
    path: () => '/operate/treasury',
    detail: /^9000 free on mezo-testnet, and the low mark is 10000\.$/,
  },
  {
    kind: 'treasury_low',
    name: 'too little gas',
    arrange: async () => {
      await treasuryFound('degraded', { ...rich, native: String(10n ** 15n), nativeLow: String(10n ** 16n) })
      return 'mezo-testnet/gas'
    },
    mend: () => treasuryFound('ok', rich),
    path: () => '/operate/treasury',
    detail: /^0\.001 free on mezo-testnet, and the low mark is 0\.01\.$/,
  },
  {
    kind: 'part_down',
    name: 'a provider that was down when it was looked at twice',
    arrange: async () => {
      await found([{ name: 'stripe', status: 'down', summary: 'Stripe cannot be reached', detail: {} }])
      return 'stripe'
    },
    early: async () => {
      await adminSql`update public.health_checks set since = since - interval '1 minute' where name = 'stripe'`
      await found([{ name: 'stripe', status: 'down', summary: 'Stripe cannot be reached', detail: {} }])
    },
    mend: () => found([{ name: 'stripe', status: 'ok', summary: 'test mode', detail: {} }]),
    path: () => '/operate/health',
    detail: /^Stripe cannot be reached$/,
  },
  {
    kind: 'finding',
    name: 'what comparing has found',
    arrange: async () => {
      await adminSql`insert into public.reconciliation_findings (kind, subject) values ('treasury_drift', 'mezo/MUSD')`
      return 'treasury_drift:mezo/MUSD'
    },
    mend: () =>
      adminSql`update public.reconciliation_findings set cleared_at = clock_timestamp() where cleared_at is null`,
    path: () => '/operate/treasury',
    detail: /^treasury_drift: mezo\/MUSD$/,
  },
]

describe.each(conditions)('$name', ({ kind, arrange, early, mend, path, detail }) => {
  test('is one alert while it lasts, ends when it is gone, and is a new one when it is back', async () => {
    const subject = await arrange()
    if (early) {
      await reviewAlerts()
      expect((await alertsOf(kind, subject)).filter(({ open }) => open)).toEqual([])
      await early(subject)
    }
    await reviewAlerts()
    await reviewAlerts()
    const [alert, ...more] = await alertsOf(kind, subject)
    expect(more).toEqual([])
    expect(alert).toMatchObject({ open: true, path: path(subject), detail: expect.stringMatching(detail) })
    expect(alert?.waited).toBeGreaterThanOrEqual(early ? 30 : -1)

    await mend(subject)
    await reviewAlerts()
    await reviewAlerts()
    expect((await alertsOf(kind, subject)).map(({ open }) => open)).toEqual([false])

    if (!['queue_lagging', 'job_failed', 'treasury_low', 'finding'].includes(kind)) return
    const again = await arrange()
    await early?.(again)
    await reviewAlerts()
    expect((await alertsOf(kind, again)).at(-1)).toMatchObject({ open: true })
    await mend(again)
    await reviewAlerts()
  })
})

describe('what is silent', () => {
  test('a purchase that waits for nobody but its buyer', async () => {
    const session = await fund()
    await statusIsOld(session.id, '1 day')
    await reviewAlerts()
    expect(await alertsOf('session_stuck', session.id)).toEqual([])
  })

  test('a part that is only degraded, and one that is no longer looked at', async () => {
    await found([{ name: 'chain:base', status: 'degraded', summary: 'one node is away', detail: {} }])
    await adminSql`update public.health_checks set since = since - interval '1 hour'`
    await reviewAlerts()
    expect(await alertsOf('part_down', 'chain:base')).toEqual([])
    await found([])
    expect(await adminSql`select from public.health_checks`).toEqual([])
  })
})
