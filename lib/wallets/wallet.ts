import type postgres from 'postgres'
import { getAddress } from 'viem'
import { formatAmount } from '#lib/money/amount.ts'
import type { Asset, Network } from '#lib/money/assets.ts'
import { addressUrl, networks } from '#lib/rails/chain/networks.ts'
import { explorerUrl } from '#lib/rails/chain/rpc.ts'
import { tokens } from '#lib/rails/chain/tokens.ts'
import { type Balance, Wallet } from '#lib/wallets/schema.ts'

type Sql = postgres.TransactionSql

/** A wallet as `w`, as the JSON from which `toWallet` makes the API's. Row-level security decides which there are. */
export function walletJson(sql: Sql): postgres.PendingQuery<postgres.Row[]> {
  return sql`jsonb_build_object('id', w.id, 'kind', w.kind, 'agentId', w.agent_id, 'network', w.network, 'address', w.address,
    'createdAt', w.created_at, 'accounts', (select coalesce(jsonb_agg(jsonb_build_object(
        'asset', a.asset, 'posted', a.posted::text, 'held', a.held::text)), '[]')
      from public.ledger_accounts a where a.kind = 'wallet' and a.wallet_id = w.id))`
}

type Account = { asset: Asset; posted: string; held: string }
type StoredWallet = {
  id: string
  kind: 'circle' | 'external'
  agentId: string | null
  network: Network
  address: string | null
  createdAt: string
  accounts: Account[]
}

/** What `walletJson` makes of a wallet, as the API shows it: amounts as decimal texts, each asset of its chain listed. */
export function toWallet({ accounts, ...stored }: StoredWallet): Wallet {
  const address = stored.address && getAddress(stored.address)
  return Wallet.parse({
    ...stored,
    address,
    chain: networks[stored.network].caip2,
    explorerUrl: address && addressUrl(explorerUrl(stored.network), address),
    balances: stored.kind === 'external' ? [] : balancesOn(stored.network, accounts),
    createdAt: new Date(stored.createdAt).toISOString(),
  })
}

function balancesOn(network: Network, accounts: Account[]): Balance[] {
  return tokens
    .filter((token) => token.network === network)
    .map(({ asset, decimals }) => {
      const account = accounts.find((each) => each.asset === asset)
      const posted = BigInt(account?.posted ?? 0)
      const held = BigInt(account?.held ?? 0)
      const text = (amount: bigint) => formatAmount(amount, decimals, { minimumDecimals: 2 })
      return { asset, balance: text(posted), held: text(held), available: text(posted - held) }
    })
}
