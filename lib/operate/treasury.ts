import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { formatAmount } from '#lib/money/amount.ts'
import { type Asset, isNetwork, type Network } from '#lib/money/assets.ts'
import { showAmount } from '#lib/onramp/session.ts'
import { treasuryTerms } from '#lib/onramp/treasury-terms.ts'
import { addressUrl, networks } from '#lib/rails/chain/networks.ts'
import { explorerUrl } from '#lib/rails/chain/rpc.ts'

const units = z.string().regex(/^\d{1,78}$/)

/** What the health check 'treasury' measured; null where it could not. */
const Detail = z.object({
  network: z.string().refine(isNetwork),
  address: z.string().regex(/^0x[0-9a-fA-F]{40}$/),
  native: units,
  nativeLow: units,
  assets: z.array(z.object({ asset: z.string(), network: z.string(), amount: units, held: units, low: units })),
})

export type Inventory = {
  asset: Asset
  network: Network
  /** As read on chain at a block. Null before it was ever read. */
  onChain: { amount: string; block: string; at: string } | null
  posted: string
  /** Promised to buyers, on its way. */
  held: string
  /** Posted less held: what may still be sold. */
  free: string
  low: string | null
  isLow: boolean
  /** How full it is beside its low mark, in percent: the mark is at a quarter. Null without a mark. */
  fill: number | null
  /** MUSD is sold from here; USDC is what payments for it leave behind. */
  forSale: boolean
  /** What buyers were promised in the last 24 hours. Null where that is nothing. */
  sold: { amount: string; purchases: number; average: string; left: string; hours: string } | null
}

export type TreasuryView = {
  configured: boolean
  address: string | null
  addressUrl: string | null
  network: Network | null
  gas: { amount: string; low: string; symbol: string; isLow: boolean } | null
  checkedAt: string | null
  inventory: Inventory[]
}

type Place = { network: Network; asset: Asset }
type Account = Place & { posted: string; held: string }
type Observation = Place & { amount: string; block: string; at: Date }
type Sale = Place & { amount: string; purchases: number }

/** What the treasury has, has promised, and how long it lasts. For anyone but an operator it is empty, or refused. */
export async function getTreasury({ actor }: { actor: Actor }): Promise<TreasuryView> {
  const [accounts, observations, sales, [check]] = await Promise.all([
    readAccounts(actor),
    readObservations(actor),
    readSales(actor),
    as(actor)((sql) => sql`select detail, checked_at from public.health_checks where name = 'treasury'`),
  ])
  const detail = Detail.safeParse(check?.detail).data
  return {
    configured: treasuryTerms() !== undefined,
    address: detail?.address ?? null,
    addressUrl: detail ? addressUrl(explorerUrl(detail.network), detail.address) : null,
    network: detail?.network ?? treasuryTerms()?.network ?? null,
    gas: detail ? gasOf(detail) : null,
    checkedAt: check?.checked_at.toISOString() ?? null,
    inventory: accounts.map((account) => inventoryOf(account, observations, sales, detail)),
  }
}

async function readAccounts(actor: Actor): Promise<Account[]> {
  const rows = await as(actor)(
    (sql) => sql`select network, asset, posted::text, held::text from public.ledger_accounts
      where kind = 'treasury' order by asset, network`,
  )
  return rows.map(({ network, asset, posted, held }) => ({ network, asset, posted, held }))
}

async function readObservations(actor: Actor): Promise<Observation[]> {
  const rows = await as(actor)(
    (sql) => sql`select network, asset, amount::text, block_number::text as block, observed_at as at
      from app.read_treasury_observations()`,
  )
  return rows.map(({ network, asset, amount, block, at }) => ({ network, asset, amount, block, at }))
}

/** What buyers were promised in the last 24 hours and was not taken back. */
async function readSales(actor: Actor): Promise<Sale[]> {
  const rows = await as(actor)(
    (sql) => sql`select a.network, a.asset, sum(-e.amount)::text as amount, count(*)::int as purchases
      from public.ledger_transfers l join public.ledger_entries e on e.transfer_id = l.id
        join public.ledger_accounts a on a.id = e.account_id and a.kind = 'treasury'
      where l.kind = 'onramp_delivery' and l.status <> 'voided' and l.created_at > now() - interval '24 hours'
      group by a.network, a.asset`,
  )
  return rows.map(({ network, asset, amount, purchases }) => ({ network, asset, amount, purchases }))
}

function gasOf({ network, native, nativeLow }: z.infer<typeof Detail>): TreasuryView['gas'] {
  const { symbol, decimals } = networks[network].nativeCurrency
  const show = (amount: string) => formatAmount(BigInt(amount), decimals, { minimumDecimals: 2 })
  return { amount: show(native), low: show(nativeLow), symbol, isLow: BigInt(native) < BigInt(nativeLow) }
}

const same =
  ({ network, asset }: Place) =>
  (other: Place) =>
    other.network === network && other.asset === asset

function inventoryOf(
  account: Account,
  observations: Observation[],
  sales: Sale[],
  detail: z.infer<typeof Detail> | undefined,
): Inventory {
  const { network, asset, posted, held } = account
  const show = (amount: bigint | string) => showAmount(String(amount), asset, network)
  const free = BigInt(posted) - BigInt(held)
  const seen = observations.find(same(account))
  const sale = sales.find(same(account))
  const measured = detail?.assets.find((each) => each.asset === asset && each.network === network)
  // A mark of nothing is none: of what buyers' payments leave behind there is never too little.
  const low = BigInt(measured?.low ?? 0) || null
  return {
    asset,
    network,
    onChain: seen ? { amount: show(seen.amount), block: seen.block, at: seen.at.toISOString() } : null,
    posted: show(posted),
    held: show(held),
    free: show(free),
    low: low === null ? null : show(low),
    isLow: low !== null && free < low,
    fill: low === null ? null : Number(min(100n, (free * 25n) / low)),
    forSale: asset === 'MUSD',
    sold: sale ? soldOf(sale, free, show) : null,
  }
}

const min = (a: bigint, b: bigint): bigint => (a < b ? a : b)

/** How long what is free lasts if the next days are like the last: whole purchases and whole hours, rounded down. */
function soldOf(sale: Sale, free: bigint, show: (amount: bigint) => string): Inventory['sold'] {
  const amount = BigInt(sale.amount)
  const average = amount / BigInt(sale.purchases)
  return {
    amount: show(amount),
    purchases: sale.purchases,
    average: show(average),
    left: String(average === 0n ? 0n : free / average),
    hours: String(amount === 0n ? 0n : (free * 24n) / amount),
  }
}
