import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { pageCursor, readCursor } from '#lib/http/cursor.ts'
import { showAmount } from '#lib/onramp/session.ts'

export type LedgerAccount = {
  id: string
  kind: string
  network: string
  asset: string
  posted: string
  held: string
  available: string
}

/** The ledger's accounts with their balances, those of all wallets as one. Row-level security shows them to operators only. */
export async function listLedgerAccounts({ actor }: { actor: Actor }): Promise<LedgerAccount[]> {
  const rows = await as(actor)(
    (sql) => sql`select min(id)::text as id, kind, network, asset, sum(posted)::text as posted, sum(held)::text as held,
        sum(posted - held)::text as available
      from public.ledger_accounts group by kind, network, asset order by kind = 'treasury' desc, kind, network, asset`,
  )
  return rows.map((row) => {
    const show = (units: string): string => showAmount(units, row.asset, row.network)
    return {
      id: row.id,
      kind: row.kind,
      network: row.network,
      asset: row.asset,
      posted: show(row.posted),
      held: show(row.held),
      available: show(row.available),
    }
  })
}

export type LedgerLine = {
  id: string
  kind: string
  status: 'pending' | 'posted' | 'voided'
  subject: string | null
  createdAt: string
  entries: { account: string; network: string; asset: string; amount: string }[]
}

/** The ledger's movements, newest first, each with its entries, which add up to nothing. */
export async function listLedgerLines({
  actor,
  cursor,
  subject,
  limit = 50,
}: {
  actor: Actor
  cursor?: string
  subject?: string
  limit?: number
}): Promise<{ items: LedgerLine[]; nextCursor: string | null }> {
  const after = readCursor(cursor)
  const rows = await as(actor)(
    (sql) => sql`select l.id, l.kind, l.status, l.subject, l.created_at, l.created_at::text as position,
        (select jsonb_agg(jsonb_build_object('account', a.kind, 'network', a.network, 'asset', a.asset, 'amount', e.amount::text) order by e.amount)
           from public.ledger_entries e join public.ledger_accounts a on a.id = e.account_id where e.transfer_id = l.id) as entries
      from public.ledger_transfers l
      where true ${subject ? sql`and l.subject = ${subject}` : sql``}
        ${after ? sql`and (l.created_at, l.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
      order by l.created_at desc, l.id desc limit ${limit + 1}`,
  )
  const items = rows.slice(0, limit).map((row) => ({
    id: row.id,
    kind: row.kind,
    status: row.status,
    subject: row.subject,
    createdAt: row.created_at.toISOString(),
    entries: (row.entries ?? []).map((entry: { amount: string; asset: 'MUSD' | 'USDC'; network: 'mezo' }) => ({
      ...entry,
      amount: showAmount(entry.amount, entry.asset, entry.network),
    })),
  }))
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { items, nextCursor: last ? pageCursor(last.position, last.id) : null }
}
