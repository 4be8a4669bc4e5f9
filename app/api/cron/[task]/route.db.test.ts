import { beforeEach, expect, test, vi } from 'vitest'
import { log } from '#lib/log.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

// Where nobody but the scheduler works, its call does all that a worker's clock does: here with every provider away.

const { adminSql } = await testDatabase()
const nobody = 'http://127.0.0.1:1'
Object.assign(process.env, {
  CRON_SECRET: 'a-secret-of-the-tests-only',
  STRIPE_NETWORKS: 'mezo-testnet=base',
  RPC_URL_MEZO_TESTNET: nobody,
  ALERT_WEBHOOK_URL: nobody,
})
const { GET } = await import('#app/api/cron/[task]/route.ts')

beforeEach(() => {
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(log, level).mockImplementation(() => {})
})

const call = async (task = 'jobs') => {
  const headers = { authorization: 'Bearer a-secret-of-the-tests-only' }
  const request = new Request(`http://causeway.test/api/cron/${task}`, { headers })
  return (await GET(request, { params: Promise.resolve({ task }) })).status
}

test('every part is looked at, what is wrong becomes an alert, and its message is tried at once', async () => {
  await adminSql`insert into public.reconciliation_findings (kind, subject) values ('ledger_unbalanced', 'MUSD')`
  expect(await call()).toBe(200)
  expect(await adminSql`select name, status from public.health_checks where status = 'down' order by name`).toEqual([
    { name: 'chain:mezo-testnet', status: 'down' },
    { name: 'circle', status: 'down' },
    { name: 'queue', status: 'down' },
    { name: 'rates', status: 'down' },
    { name: 'stripe', status: 'down' },
    { name: 'supabase', status: 'down' },
  ])
  expect(await adminSql`select kind, path from public.alerts`).toEqual([{ kind: 'finding', path: '/operate/ledger' }])
  expect(await adminSql`select attempts, last_error from public.alert_messages`).toEqual([
    { attempts: 1, last_error: 'the chat cannot be reached' },
  ])
})

test('what one step cannot do keeps no other from its work', async () => {
  await adminSql`alter function app.record_health rename to record_health_is_away`
  await adminSql`update public.reconciliation_findings set cleared_at = clock_timestamp()`
  expect(await call()).toBe(500)
  expect(await adminSql`select cleared_at is not null as over from public.alerts`).toEqual([{ over: true }])
})

test.each(['rates', 'rate-history'])('%s are asked for, and a source that is away is written down', async (task) => {
  await adminSql`delete from public.rate_sources`
  expect(await call(task)).toBe(200)
  const sources = await adminSql`select name, last_failure from public.rate_sources`
  expect(sources).toEqual([{ name: 'coingecko', last_failure: 'It cannot be reached' }])
})
