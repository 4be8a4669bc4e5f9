import type { PublicClient } from 'viem'
import type { Network } from '#lib/money/assets.ts'
import { publicClient } from '#lib/rails/chain/client.ts'
import { outcomeOf } from '#lib/rails/chain/errors.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import type { Health } from '#lib/rails/rail.ts'

/** A chain of ours makes a block every few seconds; a head this old means that the node, or the chain, has stopped. */
const staleSeconds = 300

/** Whether the network's node answers, is of the right chain, and follows it. Never throws. */
export async function health(network: Network, client: PublicClient = publicClient(network)): Promise<Health> {
  const { label, chainId } = networks[network]
  try {
    const [answered, head] = await Promise.all([client.getChainId(), client.getBlock({ blockTag: 'latest' })])
    if (answered !== chainId) {
      return { ok: false, detail: `The node for ${label} is of chain ${answered}, not ${chainId}` }
    }
    const age = Math.floor(Date.now() / 1000) - Number(head.timestamp)
    if (age > staleSeconds) return { ok: false, detail: `${label} has had no new block for ${age} seconds` }
    return { ok: true, detail: `block ${head.number}` }
  } catch (error) {
    const outcome = outcomeOf(error)
    if (outcome === 'refused') return { ok: false, detail: `The node for ${label} refuses us` }
    const reached = outcome === 'unavailable' ? 'cannot be reached' : 'did not answer clearly'
    return { ok: false, detail: `The node for ${label} ${reached}` }
  }
}
