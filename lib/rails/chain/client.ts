import { createPublicClient, defineChain, http, type PublicClient, type Transport } from 'viem'
import { log } from '#lib/log.ts'
import type { Network } from '#lib/money/assets.ts'
import { ask, awake, failover } from '#lib/rails/chain/failover.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { rpcUrls } from '#lib/rails/chain/rpc.ts'
import { tracedTransport } from '#lib/rails/chain/traced-transport.ts'

/** How long a node may take to answer. Past it the outcome is unclear, never a failure. */
const timeoutMs = 10_000
/** Where another node can be asked instead, there is less to wait for. */
const timeoutAmongSeveralMs = 5_000

/**
 * A client of one node. It repeats nothing by itself, since a job decides that, and caches nothing: viem would keep the
 * head of the chain for seconds, and confirmations are counted from heads that were read.
 */
export function createChainClient(network: Network, url: string, timeout: number = timeoutMs): PublicClient {
  return clientOver(network, url, tracedTransport(network, url, http(url, { timeout, retryCount: 0 })))
}

function clientOver(network: Network, url: string, transport: Transport): PublicClient {
  const { chainId: id, label: name, nativeCurrency } = networks[network]
  const chain = defineChain({ id, name, nativeCurrency, rpcUrls: { default: { http: [url] } } })
  return createPublicClient({ chain, transport, cacheTime: 0 })
}

type Clients = { nodes: readonly PublicClient[]; reader: PublicClient }

const known = new Map<Network, Clients>()

function clientsOf(network: Network): Clients {
  const made = known.get(network)
  if (made) return made
  const urls = rpcUrls(network)
  const timeout = urls.length > 1 ? timeoutAmongSeveralMs : timeoutMs
  const nodes = urls.map((url) => createChainClient(network, url, timeout))
  const [only] = nodes
  const reader = nodes.length === 1 && only ? only : clientOver(network, urls[0], failover(nodes))
  const clients = { nodes, reader }
  known.set(network, clients)
  return clients
}

/** This process's clients of the network's nodes, in the configured order, made on first use. */
export function nodeClients(network: Network): readonly PublicClient[] {
  return clientsOf(network).nodes
}

/** A client for reads that stand alone: whichever node answers. */
export function publicClient(network: Network): PublicClient {
  return clientsOf(network).reader
}

/**
 * The node for reads that are compared with each other: of those that answer now, the one whose head is the highest. A node
 * that lags, or sits on a branch that the others have left, therefore counts no confirmations and undoes none while a fresher
 * one answers, and head, block and receipt are never mixed from two nodes.
 */
export async function freshestClient(network: Network): Promise<PublicClient> {
  const nodes = nodeClients(network)
  const [only] = nodes
  if (nodes.length === 1 && only) return only
  const ready = awake(nodes)
  const rest = nodes.filter((node) => !ready.includes(node))
  const found = (await highest(network, ready)) ?? (await highest(network, rest))
  if (found) return found
  // Nobody answered. Asking once more one by one gives the caller the error itself, to sort as any other.
  await publicClient(network).getBlockNumber()
  throw new Error(`No node of ${network} answered.`)
}

const ofRightChain = new WeakSet<PublicClient>()

async function highest(network: Network, nodes: readonly PublicClient[]): Promise<PublicClient | undefined> {
  const heads = await Promise.all(
    nodes.map((node) => ask(node, (client) => headOf(network, client)).catch(() => undefined)),
  )
  let best: { node: PublicClient; head: bigint } | undefined
  for (const [index, node] of nodes.entries()) {
    const head = heads[index]
    if (head !== undefined && (!best || head > best.head)) best = { node, head }
  }
  return best?.node
}

/** The node's head. A node of another chain, whose heads may be higher than any of ours, is as good as none. */
async function headOf(network: Network, node: PublicClient): Promise<bigint> {
  if (!ofRightChain.has(node)) {
    const chainId = await node.getChainId()
    if (chainId !== networks[network].chainId) {
      log.error('a node is of another chain', { network, chainId })
      throw new Error(`A node for ${network} is of chain ${chainId}.`)
    }
    ofRightChain.add(node)
  }
  return await node.getBlockNumber()
}
