import { beforeAll, expect, test } from 'vitest'
import { makeCode } from '#lib/codes/code.ts'
import { listIssuedCodes } from '#lib/codes/list-issued.ts'
import { listOwnCodes } from '#lib/codes/list-own.ts'
import { redeemCode } from '#lib/codes/redeem.ts'
import { getDashboard } from '#lib/dashboard/get.ts'
import { closeConnection } from '#lib/db/connection.ts'
import { listIntents } from '#lib/intents/list.ts'
import { listOnrampSessions } from '#lib/onramp/list.ts'
import { sessionStatuses } from '#lib/onramp/schema.ts'
import { deskCounts } from '#lib/operate/counts.ts'
import { listDeskSessions } from '#lib/operate/list-sessions.ts'
import { listTransfers, transferStatuses } from '#lib/operate/list-transfers.ts'
import { listPasses } from '#lib/passes/list.ts'
import { makeAgent, propose } from '#supabase/tests/support/agents.ts'
import { alice, introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { buyPass } from '#supabase/tests/support/passes.ts'
import { fund, treasury, treasuryHolds } from '#supabase/tests/support/purchase.ts'

// What runs every few minutes, or is looked at all day, reads no table that grows with every purchase from end to end. Postgres is
// told to do so only where it has no other way, and then counts that it did; on the large it would choose as it likes (bench/sessions).

const { adminSql, as } = await testDatabase()
const worker = as({ role: 'worker' })

const large = [
  'onramp_sessions',
  'onramp_events',
  'transfers',
  'transfer_events',
  'signed_transactions',
  'ledger_transfers',
  'ledger_entries',
  'receipts',
  'intents',
  'intent_events',
  'spend_reservations',
  'spend_buckets',
  'webhook_events',
  'webhook_event_history',
  'audit_log',
  'rate_ticks',
  'rate_readings',
  'pass_orders',
  'pass_order_events',
  'passes',
  'pass_events',
  'invite_codes',
  'code_redemptions',
]

beforeAll(async () => {
  await introduceCast(adminSql)
  await treasuryHolds(1000n * 10n ** 18n, 1)
  await fund()
  await propose(await makeAgent(adminSql, { owner: alice }))
  await buyPass(adminSql, alice)
  await listOwnCodes(alice)
  // The first of each day reads the whole books.
  await worker((sql) => sql`select * from app.note_findings()`)
  const [row] = await adminSql`select current_database() as name`
  await adminSql.unsafe(`alter database ${row?.name} set enable_seqscan = off`)
  await closeConnection()
})

/** How often each large table was read from end to end by now. A connection tells what it counted when it ends. */
async function scans(): Promise<Record<string, number>> {
  await closeConnection()
  while (
    (await adminSql`select from pg_stat_activity where datname = current_database() and usename = 'causeway'`).length >
    0
  );
  const rows = await adminSql`
    select relname as name, seq_scan::int as scans from pg_stat_user_tables where relname = any(${large}) order by 1`
  expect(rows).toHaveLength(large.length)
  return Object.fromEntries(rows.map(({ name, scans }) => [name, scans]))
}

test.each<[string, () => Promise<unknown>]>([
  ['stalled work', () => worker((sql) => sql`select app.schedule_stalled_work()`)],
  ['alerts', () => worker((sql) => sql`select * from app.review_alerts('{}')`)],
  ['findings', () => worker((sql) => sql`select * from app.note_findings()`)],
  ['how the feed is', () => worker((sql) => sql`select * from app.measure_rates()`)],
  ['gaps in the prices', () => worker((sql) => sql`select * from app.rate_gaps()`)],
  ['sessions to read again', () => worker((sql) => sql`select app.reread_open_sessions(240)`)],
  ['events to fetch', () => worker((sql) => sql`select app.read_events_listed_until('stripe')`)],
  ['the treasury’s balance', () => treasuryHolds(1000n * 10n ** 18n, 2)],
  [
    'the treasury’s balance against its ledger',
    () => worker((sql) => sql`select app.reconcile_treasury('mezo-testnet', 'MUSD', ${treasury}, 1, 3)`),
  ],
  ['a gap in the nonces', () => worker((sql) => sql`select app.fill_nonce_gap('mezo-testnet', ${treasury}, 0, 3)`)],
  ['a person’s purchases', () => listOnrampSessions({ actor: alice })],
  ['passes whose time is over', () => worker((sql) => sql`select app.expire_passes()`)],
  ['a person’s passes', () => listPasses(alice)],
  ['a person’s codes', () => listOwnCodes(alice)],
  ['the operators’ codes', () => listIssuedCodes(olga)],
  ['a code that is none', () => redeemCode(olga, { code: makeCode() }).catch(() => undefined)],
  ['a person’s dashboard', () => getDashboard(alice)],
  ['a person’s payments', () => listIntents(alice)],
  ['the desk’s counts', () => deskCounts({ actor: olga })],
  ['the desk’s sessions', () => listDeskSessions({ actor: olga })],
  ['the desk’s sessions that wait', () => listDeskSessions({ actor: olga, filter: 'attention' })],
  ...sessionStatuses.map((filter): [string, () => Promise<unknown>] => [
    `the desk’s sessions in ${filter}`,
    () => listDeskSessions({ actor: olga, filter }),
  ]),
  ['the desk’s transfers', () => listTransfers({ actor: olga })],
  ...transferStatuses.map((status): [string, () => Promise<unknown>] => [
    `the desk’s transfers in ${status}`,
    () => listTransfers({ actor: olga, status }),
  ]),
])('%s', async (_, look) => {
  const before = await scans()
  await look()
  expect(await scans()).toEqual(before)
})
