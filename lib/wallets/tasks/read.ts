import { as } from '#lib/db/as.ts'
import { log } from '#lib/log.ts'
import { tokenBalance } from '#lib/rails/chain/balance.ts'
import { tokens } from '#lib/rails/chain/tokens.ts'

type Payload = { walletId: string }

const worker = as({ role: 'worker' })

/** Reads what a wallet holds of each token on its chain, and lets the database compare it with the ledger. */
export async function readWallet({ walletId }: Payload): Promise<void> {
  const [wallet] = await worker(
    (sql) => sql`select network, address from public.wallets where id = ${walletId} and kind = 'circle'`,
  )
  if (!wallet?.address) return
  const { network, address } = wallet
  for (const { asset } of tokens.filter((token) => token.network === network)) {
    const { amount, blockNumber } = await tokenBalance({ network, asset, address })
    const [row] = await worker(
      (sql) =>
        sql`select app.record_wallet_balance(${walletId}, ${asset}, ${String(amount)}, ${String(blockNumber)}) as outcome`,
    )
    if (row?.outcome === 'new') log.error('a wallet holds less than its ledger says', { walletId, asset })
    if (row?.outcome === 'cleared') log.info('a wallet and its ledger agree again', { walletId, asset })
  }
}
