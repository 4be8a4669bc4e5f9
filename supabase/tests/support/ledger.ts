import type postgres from 'postgres'
import { expect } from 'vitest'

export type Account = { kind: string; asset: string; posted: bigint; held: bigint }

/** The accounts as they stand. */
export async function accounts(sql: postgres.Sql): Promise<Account[]> {
  const rows = await sql`select kind, asset, posted::text, held::text from public.ledger_accounts order by kind, asset`
  return rows.map(({ kind, asset, posted, held }) => ({ kind, asset, posted: BigInt(posted), held: BigInt(held) }))
}

/** The account of that kind; zeros before its first movement. */
export async function account(
  sql: postgres.Sql,
  kind: string,
  asset = 'MUSD',
): Promise<Pick<Account, 'posted' | 'held'>> {
  const { posted, held } = (await accounts(sql)).find((row) => row.kind === kind && row.asset === asset) ?? {
    posted: 0n,
    held: 0n,
  }
  return { posted, held }
}

/**
 * What holds of the ledger at every instant: the sum over every asset is zero, in the accounts and in the entries, pending
 * ones included; each account is the sum of its entries; what is held is what is pending; nothing is below its floor.
 */
export async function expectSoundLedger(sql: postgres.Sql): Promise<void> {
  const wrong = await sql`
    select 'sum of accounts' as rule, asset::text as what from public.ledger_accounts group by asset having sum(posted) <> 0
    union all
    select 'sum of entries', a.asset from public.ledger_entries e join public.ledger_accounts a on a.id = e.account_id
      group by a.asset having sum(e.amount) <> 0
    union all
    select 'posted', a.kind || ' ' || a.asset from public.ledger_accounts a where posted <> (
      select coalesce(sum(e.amount), 0) from public.ledger_entries e join public.ledger_transfers t on t.id = e.transfer_id
      where e.account_id = a.id and t.status = 'posted')
    union all
    select 'held', a.kind || ' ' || a.asset from public.ledger_accounts a where held <> (
      select coalesce(-sum(e.amount), 0) from public.ledger_entries e join public.ledger_transfers t on t.id = e.transfer_id
      where e.account_id = a.id and t.status = 'pending' and e.amount < 0)
    union all
    select 'floor', kind || ' ' || asset from public.ledger_accounts where posted - held < floor
    union all
    select 'treasury has a floor', asset from public.ledger_accounts where kind = 'treasury' and floor is distinct from 0`
  expect(wrong).toEqual([])
}
