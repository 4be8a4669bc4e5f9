import { as } from '#lib/db/as.ts'
import { createWallet, createWalletSet } from '#lib/rails/circle/wallets.ts'

type Payload = { walletId: string }

const worker = as({ role: 'worker' })

/**
 * Makes an agent's wallet at Circle, in the set of its person. The ids of our own rows are the keys, so whoever died in
 * between, or runs at the same time, finds the same set and the same wallet.
 */
export async function createAgentWallet({ walletId }: Payload): Promise<void> {
  const [wallet] = await worker(
    (sql) => sql`select w.network, w.address, w.wallet_set_id, s.circle_wallet_set_id
      from public.wallets w join public.wallet_sets s on s.id = w.wallet_set_id
      where w.id = ${walletId}`,
  )
  if (!wallet) throw new Error(`There is no wallet ${walletId}`)
  if (wallet.address !== null) return
  const setId =
    wallet.circle_wallet_set_id ??
    (await createWalletSet({ idempotencyKey: wallet.wallet_set_id, name: wallet.wallet_set_id })).id
  const { id, address } = await createWallet({
    idempotencyKey: walletId,
    walletSetId: setId,
    network: wallet.network,
    name: walletId,
    refId: walletId,
  })
  await worker((sql) => sql`select app.record_wallet(${walletId}, ${setId}, ${id}, ${address.toLowerCase()})`)
}
