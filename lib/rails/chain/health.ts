import type { PublicClient } from 'viem'
import type { Network } from '#lib/money/assets.ts'
import { nodeClients } from '#lib/rails/chain/client.ts'
import { outcomeOf } from '#lib/rails/chain/errors.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import type { Health } from '#lib/rails/rail.ts'

/** A chain of ours makes a block every few seconds; a head this old means that the node, or the chain, has stopped. */
const staleSeconds = 300

export type ChainHealth = Health & {
  /** The newest block that a well node tells of, and how long ago it was made. */
  head?: { number: string; ageSeconds: number }
  /** How many of the network's nodes are not well. */
  ill: number
}

/**
 * Whether the network can be reached: a node that answers, is of the right chain, and follows it. Without a client every node
 * is asked; one that is well is enough, and the others are told of. Never throws.
 */
export async function health(network: Network, client?: PublicClient): Promise<ChainHealth> {
  const all = await Promise.all((client ? [client] : nodeClients(network)).map((node) => healthOf(network, node)))
  const ill = all.filter(({ ok }) => !ok)
  const details = (ill.length === all.length ? ill : [...all.filter(({ ok }) => ok).slice(0, 1), ...ill]).map(
    ({ detail }) => detail,
  )
  const heads = all.flatMap(({ ok, head }) => (ok && head ? [head] : []))
  const newest = heads.toSorted((a, b) => a.ageSeconds - b.ageSeconds)[0]
  return {
    ok: ill.length < all.length,
    detail: [...new Set(details)].join('; '),
    ill: ill.length,
    ...(newest && { head: newest }),
  }
}

type NodeHealth = Pick<ChainHealth, 'ok' | 'detail' | 'head'>

async function healthOf(network: Network, client: PublicClient): Promise<NodeHealth> {
  const { label, chainId } = networks[network]
  try {
    const [answered, head] = await Promise.all([client.getChainId(), client.getBlock({ blockTag: 'latest' })])
    if (answered !== chainId) {
      return { ok: false, detail: `The node for ${label} is of chain ${answered}, not ${chainId}` }
    }
    // A block may be stamped a little ahead of our clock.
    const age = Math.max(0, Math.floor(Date.now() / 1000) - Number(head.timestamp))
    if (age > staleSeconds) return { ok: false, detail: `${label} has had no new block for ${age} seconds` }
    return { ok: true, detail: `block ${head.number}`, head: { number: String(head.number), ageSeconds: age } }
  } catch (error) {
    const outcome = outcomeOf(error)
    if (outcome === 'refused') return { ok: false, detail: `The node for ${label} refuses us` }
    const reached = outcome === 'unavailable' ? 'cannot be reached' : 'did not answer clearly'
    return { ok: false, detail: `The node for ${label} ${reached}` }
  }
}
