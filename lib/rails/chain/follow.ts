import type { Address, Hex, PublicClient } from 'viem'
import type { Asset, Network } from '#lib/money/assets.ts'
import { freshestClient } from '#lib/rails/chain/client.ts'
import { findInclusion, type Seen } from '#lib/rails/chain/inclusion.ts'
import { findTaken } from '#lib/rails/chain/nonce-taken.ts'
import { type Observation, observeTransfer } from '#lib/rails/chain/observe.ts'

export type Followed =
  | (Observation & { hash: Hex })
  /** A transaction fills a nonce and was to move nothing: it is in a canonical block. */
  | ({ state: 'filled'; hash: Hex } & Seen)
  /** Another transaction, `hash`, has the nonce for good: none of those that were followed can ever be mined. */
  | ({ state: 'displaced'; hash: Hex } & Seen)
  /** Likewise; and that other transaction moved the token to the recipient. */
  | ({ state: 'paid_otherwise'; hash: Hex } & Seen)

export type Follow = {
  network: Network
  /** Without an asset it only fills a nonce. */
  asset: Asset | null
  to: Address
  /** Every transaction that may turn out to be the one, the newest first. At most one of ours can be mined: they share a nonce. */
  hashes: readonly Hex[]
  /** For transactions of our own: who sends them, at which place in the sender's order. */
  origin?: { from: Address; nonce: number }
}

/**
 * Looks for a transfer under each of its hashes, and tells what the one in the chain did. Where none is, it tells of the newest,
 * or that another transaction took their place. Everything is read from one node, the freshest. Undefined where nothing was signed
 * yet and the place is still free.
 */
export async function followTransfer(follow: Follow): Promise<Followed | undefined> {
  const client = await freshestClient(follow.network)
  const looks = await Promise.all(follow.hashes.map((hash) => lookAt(client, follow, hash)))
  const mined = looks.find(({ state }) => state !== 'absent' && state !== 'pending')
  return mined ?? (await displacement(client, follow)) ?? looks[0]
}

async function lookAt(client: PublicClient, { network, asset, to }: Follow, hash: Hex): Promise<Followed> {
  if (asset !== null) return { ...(await observeTransfer({ network, asset, hash, to }, client)), hash }
  const found = await findInclusion(client, hash)
  if (found.state !== 'mined') return { ...found, hash }
  const { receipt, state: _mined, ...seen } = found
  return { state: receipt.status === 'reverted' ? 'reverted' : 'filled', hash, ...seen }
}

async function displacement(client: PublicClient, follow: Follow): Promise<Followed | undefined> {
  const { network, asset, to, hashes, origin } = follow
  if (!origin) return undefined
  const { from: address, nonce } = origin
  if ((await client.getTransactionCount({ address, blockTag: 'latest' })) <= nonce) return undefined
  // A node that has no longer the states to look in proves nothing: it stays as it is until one has, or an operator looks.
  const taken = await findTaken(client, { network, address, nonce }).catch(() => undefined)
  if (!taken || hashes.includes(taken.hash)) return undefined
  if (asset === null) return { state: 'displaced', ...taken }
  const seen = await observeTransfer({ network, asset, hash: taken.hash, to }, client)
  if (seen.state === 'absent' || seen.state === 'pending') return undefined
  const paid = seen.state === 'included' || (seen.state === 'mismatch' && seen.transfers > 0)
  return { state: paid ? 'paid_otherwise' : 'displaced', ...taken }
}
