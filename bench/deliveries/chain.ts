import { type Address, type Hex, parseAbiItem, parseUnits } from 'viem'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { networks } from '#lib/rails/chain/networks.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { startAnvil } from '#sandbox/chain/anvil.ts'
import { placeTokens } from '#sandbox/chain/deploy.ts'
import { addGas, mintMusd } from '#sandbox/chain/mint.ts'
import { type NodeClient, nodeClient } from '#sandbox/chain/node.ts'

const transferEvent = parseAbiItem('event Transfer(address indexed from, address indexed to, uint256 value)')

export const musd = requireToken('MUSD', 'mezo-testnet').address

export type Chain = {
  rpcUrl: string
  node: NodeClient
  /** A new key with gas and a million MUSD. */
  treasury(): Promise<{ privateKey: Hex; address: Address }>
  /** Every amount of MUSD that came from an address, by who got it. */
  paidBy(from: Address): Promise<Map<string, bigint[]>>
  stop(): Promise<void>
}

/** A node that answers as Mezo's testnet does, with MUSD at its pinned address, and a block for each transaction at once. */
export async function startChain(): Promise<Chain> {
  const { rpcUrl, stop } = await startAnvil({ chainId: networks['mezo-testnet'].chainId })
  const node = nodeClient(rpcUrl)
  const owner = privateKeyToAddress(generatePrivateKey())
  await addGas({ rpcUrl, to: owner, amount: parseUnits('1', 18) })
  await placeTokens(node, owner)
  return {
    rpcUrl,
    node,
    stop,
    treasury: async () => {
      const privateKey = generatePrivateKey()
      const address = privateKeyToAddress(privateKey)
      await addGas({ rpcUrl, to: address, amount: parseUnits('10', 18) })
      await mintMusd({ rpcUrl, to: address, amount: parseUnits('1000000', 18) })
      return { privateKey, address }
    },
    paidBy: async (from) => {
      const logs = await node.getLogs({ address: musd, event: transferEvent, args: { from }, fromBlock: 0n })
      const paid = new Map<string, bigint[]>()
      for (const { args } of logs) {
        const to = String(args.to).toLowerCase()
        paid.set(to, [...(paid.get(to) ?? []), args.value ?? 0n])
      }
      return paid
    },
  }
}
