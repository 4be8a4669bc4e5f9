import { createHash, randomBytes } from 'node:crypto'
import postgres from 'postgres'
import type { Database } from '#bench/world.ts'

/** An agent with money, guards of the usual kinds, and a key; and what it paid so far. */
export type Seeded = { walletId: string; keyHash: string }

const merchant = `0x${'c0'.repeat(20)}`

/** Guards of each kind that reads what was spent or paid before. None refuses what the bench proposes; the last asks, as it is the same again. */
const guards = [
  { type: 'budget', period: 'day', limit: '1000000.00' },
  { type: 'budget', period: 'month', limit: '10000000.00', window: 'rolling' },
  { type: 'rate', period: 'day', limit: '900000' },
  { type: 'single_payment', max: '100.00' },
  { type: 'approval', threshold: '50.00' },
  { type: 'new_recipient', action: 'ask' },
  { type: 'duplicate', minutes: '1' },
]

/** Spread over a year; the thousand newest over the last day, however many there are: that is traffic, and not what is stored. */
const at = `case when n - i < 1000 then now() - interval '1 day' * (n - i + 1) / 1050 - interval '10 minutes'
  else now() - interval '1 day' - interval '364 days' * (n - i) / n end`
const recipient = `'0x' || lpad(to_hex(i % 10000), 40, 'b')`

/** Makes the agent, and so many past payments as the commands would have left what the guards read of them. */
export async function seed(database: Database, past: number): Promise<Seeded> {
  const sql = postgres(database.adminUrl, { max: 1, onnotice: () => {} })
  const key = createHash('sha256').update(randomBytes(32)).digest()
  try {
    const [made] = await sql`
      with person as (insert into auth.users (id, email) values (gen_random_uuid(), 'payer@causeway.test') returning id),
        wallet_set as (insert into public.wallet_sets (owner_id) select id from person returning id),
        agent as (insert into public.agents (wallet_set_id, name) select id, 'Bench' from wallet_set returning id, wallet_set_id)
      insert into public.wallets (wallet_set_id, agent_id, kind, network, address, circle_wallet_id)
      select wallet_set_id, id, 'circle', 'mezo-testnet', ${`0x${'a1'.repeat(20)}`}, 'bench' from agent
      returning id, wallet_set_id, agent_id`
    const { id: walletId, wallet_set_id: walletSetId, agent_id: agentId } = made ?? {}
    await sql`insert into public.api_keys (agent_id, name, prefix, key_hash, scopes)
      values (${agentId}, 'bench', 'cw_bench', ${key}, array['read', 'simulate', 'propose', 'cancel'])`
    await sql`insert into public.guard_sets (wallet_set_id, agent_id, version, guards, actor)
      values (${walletSetId}, ${agentId}, 1, ${sql.json(guards)}, 'account:bench')`
    await sql`insert into public.ledger_accounts (kind, network, asset, floor, wallet_id, posted)
      values ('wallet', 'mezo-testnet', 'USDC', 0, ${walletId}, 1000000000000000), ('wallet_outside', 'mezo-testnet', 'USDC', null, ${walletId}, -1000000000000000)`
    await sql`insert into private.paid_recipients (wallet_set_id, address) values (${walletSetId}, ${merchant})`
    await sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`
      await tx.unsafe(
        `insert into public.intents (id, wallet_set_id, wallet_id, agent_id, status, network, asset, amount, amount_micros, recipient,
           recipient_address, purpose, guard_results, expires_at, created_at, updated_at, finalized_at)
         select gen_random_uuid(), $2, $3, $4, 'settled', 'mezo-testnet', 'USDC', 1000000, 1000000, ${recipient}, ${recipient}, 'a past payment',
           '[]', ${at}, ${at}, ${at}, ${at}
         from (select i, $1::integer as n from generate_series(1, $1::integer) i) numbers`,
        [past, walletSetId, walletId, agentId],
      )
      await tx`insert into private.spend_buckets (scope_id, step, starts_at, used_micros, payments)
        select scope_id, step, case step when 'total' then 'epoch' else date_trunc(step, i.created_at, 'UTC') end, sum(i.amount_micros), count(*)
        from public.intents i, unnest(array[i.wallet_set_id, i.agent_id]) scope_id, unnest(array['minute', 'hour', 'day', 'total']) step
        group by 1, 2, 3`
      await tx`insert into private.paid_recipients (wallet_set_id, address)
        select distinct wallet_set_id, recipient_address from public.intents on conflict do nothing`
    })
    await sql`vacuum (analyze)`
    return { walletId, keyHash: key.toString('hex') }
  } finally {
    await sql.end()
  }
}

/** A transaction of pgbench's that asks a command as the agent, as the app does. */
export function asAgent({ keyHash }: Seeded, command: string): string {
  const claims = JSON.stringify({ role: 'agent', api_key_hash: keyHash })
  return `begin;
select set_config('role', 'agent', true), set_config('request.jwt.claims', '${claims}', true), set_config('request.jwt.claim.sub', '', true);
select ${command};
commit;
`
}

export const proposal = ({ walletId }: Seeded): string =>
  `app.propose_intent(gen_random_uuid()::text, '\\x00', '${walletId}', '${merchant}', 1000, 'USDC', null, 'a bench')`

export const simulation = ({ walletId }: Seeded): string =>
  `app.simulate_intent('${walletId}', '${merchant}', 1000, 'USDC', null)`
