import { expect, test } from 'vitest'
import { testDatabase } from '#supabase/tests/support/database.ts'

const { adminSql } = await testDatabase()

const predicate = 'anon authenticated'

/** Every function, and who may call it. A new function fails here until somebody says who may. */
const expected: Record<string, string> = {
  'app.acknowledge_alert': 'authenticated',
  'app.add_external_wallet': 'authenticated',
  'app.adopt_onramp_session': 'authenticated',
  'app.answer_in_chat': 'authenticated',
  'app.ask_in_chat': 'authenticated',
  'app.begin_chat': 'authenticated',
  'app.cancel_intent': 'authenticated agent',
  'app.claim_handle': 'authenticated',
  'app.create_agent': 'authenticated',
  'app.create_api_key': 'authenticated',
  'app.create_onramp_session': 'anon authenticated',
  'app.decide_intent': 'authenticated',
  'app.delete_chat': 'authenticated',
  'app.delete_contact': 'authenticated',
  'app.describe_schema': 'worker',
  'app.expire_intent': 'worker',
  'app.expire_onramp_session': 'worker',
  'app.fill_nonce_gap': 'worker',
  'app.find_attempt': 'authenticated',
  'app.find_webhooks_of_session': 'authenticated',
  'app.find_webhooks_of_type': 'authenticated',
  'app.finish_alert_message': 'worker',
  'app.finish_intent': 'worker',
  'app.finish_webhook': 'worker',
  'app.freeze_agent': 'authenticated',
  'app.measure_queue': 'worker',
  'app.note_findings': 'worker',
  'app.open_onramp_checkout': 'worker',
  'app.propose_intent': 'authenticated agent',
  'app.propose_intents': 'authenticated agent',
  'app.read_attempts': 'authenticated',
  'app.read_dashboard': 'authenticated',
  'app.read_events_listed_until': 'worker',
  'app.read_job_counts': 'authenticated',
  'app.read_jobs': 'authenticated',
  'app.read_onramp_answer': 'anon authenticated',
  'app.read_signed_transfer': 'worker',
  'app.read_standing_approvals': 'authenticated',
  'app.read_transfer_attempts': 'worker',
  'app.read_treasury_holds': 'worker',
  'app.read_treasury_observations': 'authenticated',
  'app.receive_webhook': 'webhook',
  'app.receive_webhooks': 'webhook',
  'app.reconcile_treasury': 'worker',
  'app.record_broadcast': 'worker',
  'app.record_events_listed': 'worker',
  'app.record_health': 'worker',
  'app.record_replacement': 'worker',
  'app.record_signed_transfer': 'worker',
  'app.record_stripe_session': 'worker',
  'app.record_transfer_observation': 'worker',
  'app.record_treasury_balance': 'worker',
  'app.record_unsigned': 'worker',
  'app.record_wallet': 'worker',
  'app.record_wallet_balance': 'worker',
  'app.release_idempotency_key': 'worker',
  'app.rename_agent': 'authenticated',
  'app.replay_guards': 'authenticated',
  'app.replay_webhook_event': 'authenticated',
  'app.reread_open_sessions': 'worker',
  'app.retry_job': 'authenticated',
  'app.retry_onramp_delivery': 'authenticated',
  'app.review_alerts': 'worker',
  'app.revoke_api_key': 'authenticated',
  'app.revoke_standing_approval': 'authenticated',
  'app.save_contact': 'authenticated',
  'app.schedule_stalled_work': 'worker',
  'app.set_guards': 'authenticated',
  'app.settle_onramp_delivery': 'authenticated',
  'app.settle_paid_after_expiry': 'authenticated',
  'app.simulate_intent': 'authenticated agent',
  'app.start_alert_message': 'worker',
  'app.start_intent': 'worker',
  'app.start_onramp_delivery': 'worker',
  'app.start_webhook': 'worker',
  'app.store_fetched_event': 'worker',
  'app.take_rate_limit': 'worker',
  'app.try_guards': 'authenticated',
  'app.use_api_key': 'agent',
  'private.account_id': predicate,
  'private.acting_role': 'anon authenticated agent worker',
  'private.actor': '',
  'private.add_job': '',
  'private.agent_guards': '',
  'private.agent_id': 'agent',
  'private.alert_conditions': '',
  'private.allocate_nonce': '',
  'private.amount_text': 'authenticated agent',
  'private.api_key': 'agent',
  'private.are_guards': '',
  'private.are_texts': '',
  'private.available_amount': '',
  'private.balances_of': '',
  'private.budgets_of': '',
  'private.can_see_onramp_session': predicate,
  'private.check_idempotency_key': '',
  'private.check_payment': '',
  'private.claim_idempotency_key': '',
  'private.claims': 'anon authenticated agent worker',
  'private.continue_intent': '',
  'private.count_spending': '',
  'private.decimals_of': 'authenticated agent',
  'private.delivery_amount': '',
  'private.dollars': '',
  'private.end_hold': '',
  'private.facts_of': '',
  'private.facts_then': '',
  'private.fail_transfer': '',
  'private.finish_ledger_transfer': '',
  'private.hold_payment': '',
  'private.idempotency_scope': '',
  'private.intent_hash': '',
  'private.intent_json': 'authenticated agent',
  'private.is_guard': '',
  'private.is_operator': predicate,
  'private.is_replaced': '',
  'private.is_within_hours': '',
  'private.issue_receipt': '',
  'private.job_cause': '',
  'private.judge': '',
  'private.ledger_account': '',
  'private.micros': '',
  'private.micros_of': '',
  'private.minutes_text': '',
  'private.move_in_ledger': '',
  'private.need_attention': '',
  'private.note_finding': '',
  'private.onramp_session_told_of': '',
  'private.outcomes_of': '',
  'private.own_agent': '',
  'private.own_chat': '',
  'private.own_wallet_set': '',
  'private.owner_id': 'authenticated agent',
  'private.person_guards': '',
  'private.refuse': '',
  'private.replay_payments': '',
  'private.replay_totals': '',
  'private.require_guards': '',
  'private.require_means': '',
  'private.require_operator': '',
  'private.require_scope': '',
  'private.resolve_recipient': '',
  'private.session_secret_hash': predicate,
  'private.settle_transfer': '',
  'private.shift_spending': '',
  'private.spending_of': '',
  'private.standing_approvals_of': '',
  'private.status_by': '',
  'private.tg__append_only': '',
  'private.tg_alerts__guard': '',
  'private.tg_intents__guard': '',
  'private.tg_intents__write_event': '',
  'private.tg_ledger_entries__balance': '',
  'private.tg_ledger_transfers__guard': '',
  'private.tg_onramp_sessions__guard': '',
  'private.tg_onramp_sessions__write_event': '',
  'private.tg_reconciliation_findings__guard': '',
  'private.tg_transfers__guard': '',
  'private.tg_transfers__write_event': '',
  'private.tg_wallets__guard': '',
  'private.tg_webhook_events__guard': '',
  'private.tg_webhook_events__write_first_history': '',
  'private.tg_webhook_events__write_history': '',
  'private.unlocked_jobs': '',
  'private.use_standing_approval': '',
  'private.verdicts_by': '',
  'private.verdicts_of': '',
  'private.wallet_account': '',
  'private.wallet_set_id': 'authenticated agent',
  'private.webhook_faults_allowed': '',
  'private.webhook_patience': '',
  'private.window_of': '',
  'private.write_alert_messages': '',
  'private.write_audit': '',
}

const roles = ['anon', 'authenticated', 'agent', 'webhook', 'worker', 'causeway', 'service_role', 'public']

const actual = await adminSql<{ name: string; callers: string; definer: boolean }[]>`
  select n.nspname || '.' || p.proname as name, p.prosecdef as definer,
    coalesce(string_agg(role, ' ' order by position) filter (where has_function_privilege(role, p.oid, 'execute')), '') as callers
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace, unnest(${roles}::text[]) with ordinality as r (role, position)
  where n.nspname in ('app', 'private', 'public')
  group by p.oid, n.nspname, p.proname, p.prosecdef order by 1`

test('every function is listed here, each name once, and none is in the exposed schema', () => {
  expect(actual.map(({ name }) => name)).toEqual(Object.keys(expected))
})

test.each(Object.entries(expected))('%s may be called by: %s', (name, callers) => {
  expect(actual.find((row) => row.name === name)?.callers).toBe(callers)
})

test('what a browser’s role may call in private tells something and does nothing', async () => {
  const callable = actual
    .filter(({ name, callers }) => name.startsWith('private.') && callers !== '')
    .map(({ name }) => name)
  const rows = await adminSql`
    select n.nspname || '.' || p.proname as name, p.provolatile from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname || '.' || p.proname = any(${callable})`
  expect(rows.filter(({ provolatile }) => provolatile === 'v')).toEqual([])
})

test('a new function belongs to nobody until it is granted', async () => {
  await adminSql`create function app.made_by_this_test() returns void language sql set search_path = '' return null`
  const rows = await adminSql`
    select role from unnest(${roles}::text[]) role where has_function_privilege(role, 'app.made_by_this_test()', 'execute')`
  expect(rows).toEqual([])
})

test('a new table belongs to nobody until it is granted', async () => {
  await adminSql`create table public.made_by_this_test (id bigint generated always as identity)`
  const rows = await adminSql`
    select role from unnest(${roles}::text[]) role
    where has_table_privilege(role, 'public.made_by_this_test', 'select, insert, update, delete, truncate')
      or has_sequence_privilege(role, 'public.made_by_this_test_id_seq', 'usage, select, update')`
  expect(rows).toEqual([])
})
