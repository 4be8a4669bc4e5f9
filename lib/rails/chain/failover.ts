import { custom, type PublicClient, type Transport } from 'viem'
import { refusalOf } from '#lib/rails/chain/errors.ts'

/** How long a node that did not answer is asked after the others. */
const restMs = 30_000

const restingUntil = new WeakMap<PublicClient, number>()

/** The nodes in the order they are asked: as configured, those that just failed to answer last. */
export function inOrder(nodes: readonly PublicClient[]): PublicClient[] {
  const now = Date.now()
  const rests = (node: PublicClient): boolean => (restingUntil.get(node) ?? 0) > now
  return [...nodes.filter((node) => !rests(node)), ...nodes.filter(rests)]
}

/** The nodes that are not resting, or all of them when every one rests. */
export function awake(nodes: readonly PublicClient[]): PublicClient[] {
  const now = Date.now()
  const ready = nodes.filter((node) => (restingUntil.get(node) ?? 0) <= now)
  return ready.length > 0 ? ready : [...nodes]
}

/** Runs a read on one node and remembers whether the node could answer. What a node definitely refuses is an answer. */
export async function ask<Result>(node: PublicClient, read: (node: PublicClient) => Promise<Result>): Promise<Result> {
  try {
    const result = await read(node)
    restingUntil.delete(node)
    return result
  } catch (error) {
    if (refusalOf(error) === undefined) restingUntil.set(node, Date.now() + restMs)
    throw error
  }
}

/**
 * Asks one node after the other until one answers. It is for reads that stand alone: two reads through it may come from two
 * nodes, so whatever compares answers takes one node for all of them (`freshestClient`). Broadcasts do not pass here: whoever
 * sends decides for each node what its answer means.
 */
export function failover(nodes: readonly PublicClient[]): Transport {
  return custom(
    {
      request: async (request) => {
        if (request.method === 'eth_sendRawTransaction')
          throw new Error('A broadcast is offered to each node by itself.')
        let last: unknown
        for (const node of inOrder(nodes)) {
          try {
            return await ask(node, (client) => client.request(request))
          } catch (error) {
            // A definite answer would be the same at the next node.
            if (refusalOf(error) !== undefined) throw error
            last = error
          }
        }
        throw last
      },
    },
    { retryCount: 0 },
  )
}
