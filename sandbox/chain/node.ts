import {
  type Address,
  createTestClient,
  type Hex,
  http,
  publicActions,
  type TransactionReceipt,
  walletActions,
} from 'viem'

/** A client of an anvil node: reads, sends, and does what only a test node can. */
export function nodeClient(rpcUrl: string) {
  const transport = http(rpcUrl, { retryCount: 0, timeout: 20_000 })
  return createTestClient({ mode: 'anvil', transport, pollingInterval: 100, cacheTime: 0 })
    .extend(publicActions)
    .extend(walletActions)
}

export type NodeClient = ReturnType<typeof nodeClient>

type Call = { from: Address; to?: Address; data: Hex }

/** The node's words for a nonce that another caller was given at the same moment. Nothing was accepted then. */
const lostRace = /replacement transaction underpriced|already imported|nonce too low/

/**
 * Sends a call in the name of any account, without its key, and returns the hash. The node gives it the next nonce
 * itself. Two callers at the same moment can be given the same one; who comes second is refused and asks again.
 */
export async function sendAs(node: NodeClient, { from, to, data }: Call): Promise<Hex> {
  await node.impersonateAccount({ address: from })
  for (let tries = 1; ; tries += 1) {
    try {
      return await node.sendTransaction({ account: from, to: to ?? null, data, chain: null })
    } catch (error) {
      if (tries === 20 || !(error instanceof Error && lostRace.test(error.message))) throw error
    }
  }
}

/** The receipt, once there is one. A transaction that failed throws. */
export async function succeeded(node: NodeClient, hash: Hex): Promise<TransactionReceipt> {
  const receipt = await node.waitForTransactionReceipt({ hash, timeout: 20_000 })
  if (receipt.status !== 'success') throw new Error(`The transaction ${hash} was reverted.`)
  return receipt
}
