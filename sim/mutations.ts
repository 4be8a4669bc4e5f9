import type postgres from 'postgres'

/** A guard that is taken away, to see whether a run notices. Never outside of a simulated database. */
export type Mutation = {
  name: string
  /** A run that notices. */
  caught: { seed: string; steps: number }
  /** Whether every run of the tests looks whether it is still noticed; the others are tried by `npm run sim -- --without`. */
  tested: boolean
  apply: (sql: postgres.Sql) => Promise<void>
}

/** Rewrites a part of a function of ours. Throws where the part is not there, so that no mutation is one in name only. */
async function rewrite(sql: postgres.Sql, name: string, from: string | RegExp, to: string): Promise<void> {
  const [row] = await sql`select pg_get_functiondef(${name}::regproc) as text`
  const text: string = row?.text
  const changed = text.replace(from, to)
  if (changed === text) throw new Error(`${name} has no ${String(from)}`)
  await sql.unsafe(changed)
}

export const mutations: Mutation[] = [
  {
    name: 'a session may have two deliveries',
    caught: { seed: '5', steps: 150 },
    tested: true,
    apply: async (sql) => {
      await sql`drop index public.transfers_one_a_kind_a_session`
      await sql`drop index public.ledger_transfers_once_a_subject`
      await rewrite(
        sql,
        'app.start_onramp_delivery',
        /v_session\.status not in \('funded', 'needs_attention'\)[\s\S]*?then/,
        'v_session.finalized_at is not null then',
      )
    },
  },
  {
    name: 'an event may be stored twice',
    caught: { seed: '4', steps: 130 },
    tested: true,
    apply: async (sql) => {
      await sql`alter table public.webhook_events drop constraint webhook_events_source_event_id_key`
      await rewrite(
        sql,
        'app.receive_webhooks',
        /on conflict on constraint webhook_events_source_event_id_key do update set [^\n]*/,
        '',
      )
      await rewrite(
        sql,
        'app.store_fetched_event',
        'on conflict on constraint webhook_events_source_event_id_key do nothing',
        '',
      )
    },
  },
  {
    name: 'a delivery that is not seen for a minute is taken for lost, and prepared anew',
    caught: { seed: '1', steps: 100 },
    tested: true,
    apply: (sql) =>
      rewrite(
        sql,
        'app.record_transfer_observation',
        /if p_state = 'displaced' and v_transfer\.kind <> 'stripe_payout'/,
        `
        if p_state in ('absent', 'pending') and v_transfer.kind = 'treasury_delivery' and v_transfer.status = 'broadcast' and v_transfer.created_at < now() - interval '1 minute' then
          update public.transfers set status = 'failed', failure = 'nonce_used', displaced_by = v_hash, block_number = 1, block_hash = v_hash, confirmations = 99
          where id = p_transfer_id returning * into v_transfer;
          perform private.fail_transfer(v_transfer);
          return 'failed';
        end if;
        if p_state = 'displaced' and v_transfer.kind <> 'stripe_payout'`,
      ),
  },
  {
    name: 'one confirmation is enough',
    caught: { seed: '2', steps: 150 },
    tested: true,
    apply: async (sql) => {
      await sql`alter table public.transfers drop constraint transfers_final_only_when_buried`
      await rewrite(
        sql,
        'app.record_transfer_observation',
        /v_confirmations >= v_transfer\.required_confirmations then\s*\n\s*-- A log/,
        'v_confirmations >= 1 then\n -- A log',
      )
    },
  },
  {
    name: 'a job that was replaced stays when its worker was killed',
    caught: { seed: '3', steps: 200 },
    tested: false,
    apply: (sql) => rewrite(sql, 'app.schedule_stalled_work', /delete from graphile_worker[^;]*;/, ''),
  },
  {
    name: 'events that never came are not fetched',
    caught: { seed: '5', steps: 150 },
    tested: false,
    apply: (sql) => rewrite(sql, 'app.store_fetched_event', /begin\s/, 'begin return false;\n'),
  },
  {
    name: 'stalled work is left alone',
    caught: { seed: '3', steps: 150 },
    tested: false,
    apply: (sql) => rewrite(sql, 'app.schedule_stalled_work', /begin\s/, 'begin return 0;\n'),
  },
  {
    name: 'the nonce is the chain’s and not ours',
    caught: { seed: '1', steps: 100 },
    tested: false,
    apply: async (sql) => {
      await sql`drop index public.transfers_nonce_once`
      await sql.unsafe(`create or replace function private.allocate_nonce(p_network public.network, p_address public.evm_address, p_chain_nonce bigint)
        returns bigint language sql as 'select p_chain_nonce'`)
    },
  },
  {
    name: 'the treasury takes no fee',
    caught: { seed: '3', steps: 150 },
    tested: false,
    apply: (sql) => rewrite(sql, 'private.delivery_amount', '- p_fee_basis_points', '- 0 * p_fee_basis_points'),
  },
  {
    name: 'the treasury delivers one for one',
    caught: { seed: '3', steps: 150 },
    tested: false,
    apply: (sql) => rewrite(sql, 'app.start_onramp_delivery', 'v_session.usdc_price, v_session.asset_price', '1, 1'),
  },
  {
    name: 'an old price is as good as any',
    caught: { seed: '201', steps: 250 },
    tested: false,
    apply: async (sql) => {
      await rewrite(sql, 'private.rate_freshness', "'00:15:00'", "'30 days'")
    },
  },
]

/** The mutation of that name. */
export function mutationOf(name: string): Mutation {
  const mutation = mutations.find((candidate) => candidate.name === name)
  if (mutation) return mutation
  throw new Error(`There is no mutation '${name}'. There are: ${mutations.map(({ name: known }) => known).join('; ')}`)
}
