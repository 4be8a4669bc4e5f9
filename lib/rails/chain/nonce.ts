import type { Address } from 'viem'
import type { Network } from '#lib/money/assets.ts'
import { freshestClient, nodeClients } from '#lib/rails/chain/client.ts'
import { ask } from '#lib/rails/chain/failover.ts'

type Account = { network: Network; address: Address }

/**
 * The nonce after every transaction of the address that any of our nodes has seen, mined or waiting. Somebody else may have
 * seen more, so this is the lower bound of what our own table allocates under its lock, never the allocation itself.
 */
export async function pendingNonce({ network, address }: Account): Promise<number> {
  const count = { address, blockTag: 'pending' } as const
  const answers = await Promise.allSettled(
    nodeClients(network).map((node) => ask(node, (client) => client.getTransactionCount(count))),
  )
  const counts = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  if (counts.length > 0) return Math.max(...counts)
  throw answers.find((answer) => answer.status === 'rejected')?.reason
}

/** The nonce that the chain's next block may take from the address, as the freshest node has it. */
export async function nextNonce({ network, address }: Account): Promise<number> {
  return await (await freshestClient(network)).getTransactionCount({ address, blockTag: 'latest' })
}
