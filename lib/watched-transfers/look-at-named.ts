import { type Address, type Hex, type PublicClient, TransactionNotFoundError } from 'viem'
import { as } from '#lib/db/as.ts'
import type { Network } from '#lib/money/assets.ts'
import { findInclusion } from '#lib/rails/chain/inclusion.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { findTaken } from '#lib/rails/chain/nonce-taken.ts'

/** A transaction that a person named as the one that pays, and no block had at the last look. */
export type Named = { id: string; hash: Hex; from: Address; nonce: number | null }

/**
 * Looks what became of a transaction that a person named. That it pays is told by its log, elsewhere; here is told what ends it for
 * good: the chain refused it, the wallet put another in its place, or it is something else.
 */
export async function lookAtNamed(client: PublicClient, network: Network, named: Named): Promise<void> {
  const found = await findInclusion(client, named.hash)
  if (found.state === 'mined') {
    if (found.confirmations < networks[network].confirmations) return
    const outcome = found.receipt.status === 'reverted' ? 'reverted' : 'mismatch'
    return await record(named.id, outcome, null, found.blockNumber)
  }
  if (found.state === 'pending') {
    const nonce = await nonceOf(client, named)
    return nonce === undefined ? undefined : await record(named.id, 'pending', nonce, null)
  }
  if (named.nonce === null) return
  const taken = await findTaken(client, { network, address: named.from, nonce: named.nonce })
  if (taken && taken.hash !== named.hash) await record(named.id, 'displaced', null, taken.blockNumber)
}

/** Its place in its sender's order. One that another wallet sends has no place in this one's. */
async function nonceOf(client: PublicClient, { hash, from }: Named): Promise<number | undefined> {
  try {
    const transaction = await client.getTransaction({ hash })
    return transaction.from.toLowerCase() === from ? transaction.nonce : undefined
  } catch (error) {
    if (error instanceof TransactionNotFoundError) return undefined
    throw error
  }
}

async function record(id: string, state: string, nonce: number | null, block: bigint | null): Promise<void> {
  await as({ role: 'worker' })(
    (sql) =>
      sql`select app.record_named_transaction(${id}, ${state}, ${nonce}, ${block === null ? null : String(block)})`,
  )
}
