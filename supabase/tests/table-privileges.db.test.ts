import postgres from 'postgres'
import { afterAll, describe, expect, test } from 'vitest'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { NO_PRIVILEGE, refusalOf } from '#supabase/tests/support/refusal.ts'

const { adminSql, url } = await testDatabase()

const people = { anon: 'select', authenticated: 'select' }
const operators = { authenticated: 'select' }

/** Every table, and all that anybody but its owner may do with it. A new table fails here until somebody says who may what. */
const expected: Record<string, Record<string, string>> = {
  'private.books_read': {},
  'private.call_transitions': {},
  'private.chain_watches': {},
  'private.circle_transfer_transitions': {},
  'private.cooldowns': {},
  'private.counted_calls': {},
  'private.forecast_orders': {},
  'private.intent_transitions': {},
  'private.invitation_transitions': {},
  'private.link_transitions': {},
  'private.listed_events': {},
  'private.nonces': {},
  'private.onramp_transitions': {},
  'private.outbox': {},
  'private.paid_recipients': {},
  'private.pass_order_transitions': {},
  'private.pass_terms': {},
  'private.pass_transitions': {},
  'private.rate_alert_transitions': {},
  'private.rate_backfills': {},
  'private.rate_limits': {},
  'private.receipt_numbers': {},
  'private.room_terms': {},
  'private.sanctioned_addresses': {},
  'private.signed_transactions': {},
  'private.spend_buckets': {},
  'private.stream_dead_letters': {},
  'private.stream_relay': {},
  'private.stream_topics': {},
  'private.transfer_transitions': {},
  'private.treasury_observations': {},
  'private.wallet_observations': {},
  'private.watched_transfer_transitions': {},
  'private.webhook_endpoints': {},
  'private.webhook_transitions': {},
  'public.account_roles': operators,
  'public.agents': { authenticated: 'select', agent: 'select', worker: 'select' },
  'public.alert_messages': operators,
  'public.alert_notices': operators,
  'public.alerts': operators,
  'public.api_keys': { authenticated: 'select', agent: 'select' },
  'public.audit_log': operators,
  'public.blocks': operators,
  'public.call_events': operators,
  'public.call_members': operators,
  'public.call_messages': {},
  'public.call_signals': {},
  'public.calls': operators,
  'public.chat_conversations': operators,
  'public.chat_messages': operators,
  'public.circle_transfer_events': { authenticated: 'select', agent: 'select', worker: 'select' },
  'public.circle_transfers': { authenticated: 'select', agent: 'select', worker: 'select' },
  'public.code_redemptions': operators,
  'public.contacts': { authenticated: 'select', agent: 'select' },
  'public.guard_sets': { authenticated: 'select', agent: 'select' },
  'public.handles': operators,
  'public.health_checks': operators,
  'public.idempotency_keys': {},
  'public.intent_approvals': { authenticated: 'select', agent: 'select' },
  'public.intent_events': { authenticated: 'select', agent: 'select' },
  'public.intent_refunds': { authenticated: 'select', agent: 'select', worker: 'select' },
  'public.intents': { authenticated: 'select', agent: 'select', worker: 'select' },
  'public.invitation_events': operators,
  'public.invitations': operators,
  'public.invite_codes': operators,
  'public.ledger_accounts': { authenticated: 'select', agent: 'select' },
  'public.ledger_entries': operators,
  'public.ledger_transfers': operators,
  'public.link_events': operators,
  'public.links': operators,
  'public.onramp_events': people,
  'public.onramp_sessions': { ...people, worker: 'select' },
  'public.pass_events': operators,
  'public.pass_order_events': operators,
  'public.pass_orders': operators,
  'public.passes': operators,
  'public.profiles': operators,
  'public.rate_alert_attempts': operators,
  'public.rate_alert_events': operators,
  'public.rate_alerts': operators,
  'public.rate_backtests': { ...people, worker: 'select' },
  'public.rate_days': { ...people, worker: 'select' },
  'public.rate_forecast_points': { ...people, worker: 'select' },
  'public.rate_forecasts': { ...people, worker: 'select' },
  'public.rate_hours': { ...people, worker: 'select' },
  'public.rate_policies': { ...people, worker: 'select' },
  'public.rate_readings': { ...operators, worker: 'select' },
  'public.rate_sources': { ...operators, worker: 'select' },
  'public.rate_ticks': { ...people, worker: 'select' },
  'public.receipts': { ...people, agent: 'select', worker: 'select' },
  'public.reconciliation_findings': { ...operators, worker: 'select' },
  'public.reports': operators,
  'public.room_presence': {},
  'public.spend_reservations': operators,
  'public.standing_approvals': operators,
  'public.suspensions': operators,
  'public.transfer_events': people,
  'public.transfers': { ...people, worker: 'select' },
  'public.wallet_sets': { ...operators, worker: 'select' },
  'public.wallets': { authenticated: 'select', agent: 'select', worker: 'select' },
  'public.watched_transfer_events': operators,
  'public.watched_transfers': operators,
  'public.webhook_event_history': operators,
  'public.webhook_events': { ...operators, worker: 'select' },
}

const roles = ['anon', 'authenticated', 'agent', 'webhook', 'worker', 'causeway', 'service_role', 'public']
const tables = Object.keys(expected)

/** What each role really may do, a grant on a single column and a right by membership included. */
const actual = await adminSql<{ relation: string; role: string; privileges: string }[]>`
  select n.nspname || '.' || c.relname as relation, role, string_agg(privilege, ' ' order by privilege) as privileges
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
    cross join unnest(${roles}::text[]) role
    cross join unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger', 'maintain']) privilege
  where n.nspname in ('public', 'private', 'app') and c.relkind in ('r', 'p', 'v', 'm', 'f')
    and case when privilege in ('select', 'insert', 'update', 'references')
      then has_any_column_privilege(role, c.oid, privilege) else has_table_privilege(role, c.oid, privilege) end
  group by 1, 2`

describe('what each role may do with each table', () => {
  test('every table is listed here', async () => {
    const rows = await adminSql`
      select n.nspname || '.' || c.relname as relation from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'private', 'app') and c.relkind in ('r', 'p', 'v', 'm', 'f') order by 1`
    expect(rows.map(({ relation }) => relation)).toEqual(tables)
  })

  test.each(tables)('%s', (table) => {
    const rights = actual.filter(({ relation }) => relation === table).map(({ role, privileges }) => [role, privileges])
    expect(Object.fromEntries(rights)).toEqual(expected[table])
  })

  test('no role may use a sequence', async () => {
    const rows = await adminSql`
      select c.oid::regclass::text, role from pg_class c join pg_namespace n on n.oid = c.relnamespace, unnest(${roles}::text[]) role
      where n.nspname in ('public', 'private', 'app') and c.relkind = 'S' and has_sequence_privilege(role, c.oid, 'usage, select, update')`
    expect(rows).toEqual([])
  })
})

describe('what each role may do with each schema', () => {
  test.each([
    ['public', roles.join(' ')],
    ['private', 'anon authenticated agent worker'],
    ['app', 'anon authenticated agent webhook worker'],
    ['graphile_worker', 'causeway'],
  ])('%s', async (schema, expectedRoles) => {
    const rows = await adminSql`
      select role, has_schema_privilege(role, ${schema}, 'usage') as usage, has_schema_privilege(role, ${schema}, 'create') as create
      from unnest(${roles}::text[]) role`
    const usage = rows.filter((row) => row.usage).map(({ role }) => role)
    expect(usage.sort()).toEqual(expectedRoles.split(' ').sort())
    expect(rows.filter((row) => row.create)).toEqual([])
  })
})

describe('over a real connection', () => {
  const sql = postgres(url, { max: 1, prepare: false })
  afterAll(() => sql.end())

  const attempt = (role: string, statement: string): Promise<string> =>
    refusalOf(sql.begin((tx) => [tx`select set_config('role', ${role}, true)`, tx.unsafe(statement)]))

  test('the server’s login may read no table before it takes a role', async () => {
    const outcomes = []
    for (const table of tables) outcomes.push(await refusalOf(sql`select from ${sql(table)}`))
    expect(outcomes).toEqual(tables.map(() => NO_PRIVILEGE))
  })

  test.each(['agent', 'webhook'])('%s sees no table but those named above', async (role) => {
    const others = tables.filter((table) => expected[table]?.[role] === undefined)
    const outcomes = []
    for (const table of others) outcomes.push(await attempt(role, `select from ${table}`))
    expect(outcomes).toEqual(others.map(() => NO_PRIVILEGE))
  })

  test.each(['anon', 'authenticated', 'agent', 'webhook', 'worker'])('%s can write to no table', async (role) => {
    const outcomes = []
    for (const table of tables) {
      for (const statement of [`insert into ${table} default values`, `delete from ${table}`, `truncate ${table}`]) {
        outcomes.push(await attempt(role, statement))
      }
    }
    expect(new Set(outcomes)).toEqual(new Set([NO_PRIVILEGE]))
  })
})
