import { type Address, type Hex, parseUnits } from 'viem'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { networks } from '#lib/rails/chain/networks.ts'
import { startAnvil } from '#sandbox/chain/anvil.ts'
import { placeTokens } from '#sandbox/chain/deploy.ts'
import { addGas, mintMusd } from '#sandbox/chain/mint.ts'
import { type NodeClient, nodeClient } from '#sandbox/chain/node.ts'
import { type RpcProxy, startRpcProxy } from '#sandbox/chain/rpc-proxy.ts'

export type TestChain = {
  node: NodeClient
  /** Stands between the app and the node, to lose or change an answer. */
  proxy: RpcProxy
  /** A new address with gas and MUSD, and its key. */
  fundedAccount: () => Promise<{ address: Address; privateKey: Hex }>
  stop: () => Promise<void>
}

/**
 * A chain for one file of tests: the tokens at their pinned addresses, and blocks only when the test mines them. The
 * app's Mezo testnet is pointed at it, through the proxy; call this before anything reads the environment.
 */
export async function startTestChain(): Promise<TestChain> {
  const anvil = await startAnvil({ chainId: networks['mezo-testnet'].chainId })
  const { rpcUrl } = anvil
  const node = nodeClient(rpcUrl)
  const owner = privateKeyToAddress(generatePrivateKey())
  await addGas({ rpcUrl, to: owner, amount: parseUnits('1', 18) })
  await placeTokens(node, owner)
  const proxy = await startRpcProxy(rpcUrl)
  process.env.RPC_URL_MEZO_TESTNET = proxy.url

  return {
    node,
    proxy,
    fundedAccount: async () => {
      const privateKey = generatePrivateKey()
      const address = privateKeyToAddress(privateKey)
      await node.setAutomine(true)
      await addGas({ rpcUrl, to: address, amount: parseUnits('1', 18) })
      await mintMusd({ rpcUrl, to: address, amount: parseUnits('1000', 18) })
      await node.setAutomine(false)
      return { address, privateKey }
    },
    stop: async () => {
      await proxy.stop()
      await anvil.stop()
    },
  }
}
