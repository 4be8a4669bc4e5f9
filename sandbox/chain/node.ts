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

/**
 * Sends a call in the name of any account, without its key, and returns the hash. The node gives it the next nonce
 * itself, so that callers in several processes do not race for one.
 */
export async function sendAs(node: NodeClient, { from, to, data }: Call): Promise<Hex> {
  await node.impersonateAccount({ address: from })
  return await node.sendTransaction({ account: from, to: to ?? null, data, chain: null })
}

/** The receipt, once there is one. A transaction that failed throws. */
export async function succeeded(node: NodeClient, hash: Hex): Promise<TransactionReceipt> {
  const receipt = await node.waitForTransactionReceipt({ hash, timeout: 20_000 })
  if (receipt.status !== 'success') throw new Error(`The transaction ${hash} was reverted.`)
  return receipt
}
