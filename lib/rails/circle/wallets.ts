import { type Address, getAddress, isAddress } from 'viem'
import { z } from 'zod'
import type { Network } from '#lib/money/assets.ts'
import { readAnswer } from '#lib/rails/circle/answer.ts'
import { type CircleClient, call, circle } from '#lib/rails/circle/client.ts'
import { requireBlockchain } from '#lib/rails/circle/networks.ts'

const WalletSet = z.object({ walletSet: z.object({ id: z.uuid() }) })

/** Makes the set that holds all wallets of one person. The same key finds the same set. */
export async function createWalletSet(
  { idempotencyKey, name }: { idempotencyKey: string; name: string },
  client: CircleClient = circle(),
): Promise<{ id: string }> {
  const answer = await call('createWalletSet', () => client.createWalletSet({ idempotencyKey, name }))
  return { id: readAnswer(WalletSet, answer.data, 'wallet set').walletSet.id }
}

export type CreateWallet = {
  /** A version 4 UUID of our own row, so that a repeat finds the same wallet. */
  idempotencyKey: string
  walletSetId: string
  network: Network
  name: string
  refId: string
}

/** Makes one wallet with a key of its own, which Circle keeps. The same key finds the same wallet. */
export async function createWallet(
  { idempotencyKey, walletSetId, network, name, refId }: CreateWallet,
  client: CircleClient = circle(),
): Promise<{ id: string; address: Address }> {
  const blockchain = requireBlockchain(network)
  const Wallets = z.object({
    wallets: z.tuple([
      z.object({
        id: z.uuid(),
        address: z.string().refine((text) => isAddress(text)),
        blockchain: z.literal(blockchain),
        walletSetId: z.literal(walletSetId),
      }),
    ]),
  })
  const answer = await call('createWallets', () =>
    client.createWallets({
      idempotencyKey,
      walletSetId,
      blockchains: [blockchain],
      accountType: 'EOA',
      count: 1,
      metadata: [{ name, refId }],
    }),
  )
  const [wallet] = readAnswer(Wallets, answer.data, 'wallet').wallets
  return { id: wallet.id, address: getAddress(wallet.address) }
}
