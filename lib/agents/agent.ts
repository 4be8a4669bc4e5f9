import type postgres from 'postgres'
import { Agent } from '#lib/agents/schema.ts'
import { toWallet, walletJson } from '#lib/wallets/wallet.ts'

/** The columns of an agent as `a` from which `toAgent` makes the API's. Row-level security decides which there are. */
export function agentColumns(sql: postgres.TransactionSql): postgres.PendingQuery<postgres.Row[]> {
  return sql`a.id, a.name, a.frozen_at, a.created_at,
    (select coalesce(jsonb_agg(${walletJson(sql)} order by w.created_at, w.id), '[]') from public.wallets w where w.agent_id = a.id) as wallets`
}

/** A row of `agentColumns` as the API shows it. */
export function toAgent(row: postgres.Row): Agent {
  return Agent.parse({
    id: row.id,
    name: row.name,
    frozenAt: row.frozen_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    wallets: row.wallets.map(toWallet),
  })
}
