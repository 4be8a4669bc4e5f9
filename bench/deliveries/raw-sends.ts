import { type Address, createWalletClient, defineChain, erc20Abi, type Hex, http, publicActions } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { musd } from '#bench/deliveries/chain.ts'

type RawSends = { rpcUrl: string; privateKey: Hex; buyers: Address[]; amount: bigint; confirmations: number }

/**
 * What anybody would write: one transfer after the other, each sent by viem once the one before has its confirmations. It keeps
 * no record, checks nothing and loses its place when it ends. Returns how many milliseconds it took.
 */
export async function sendRaw({ rpcUrl, privateKey, buyers, amount, confirmations }: RawSends): Promise<number> {
  const chain = defineChain({
    id: 31611,
    name: 'Mezo testnet',
    nativeCurrency: { name: 'Bitcoin', symbol: 'BTC', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  })
  const account = privateKeyToAccount(privateKey)
  const client = createWalletClient({ account, chain, transport: http(rpcUrl), pollingInterval: 5 }).extend(
    publicActions,
  )
  const start = performance.now()
  for (const to of buyers) {
    const hash = await client.writeContract({
      address: musd,
      abi: erc20Abi,
      functionName: 'transfer',
      args: [to, amount],
    })
    const { status } = await client.waitForTransactionReceipt({ hash, confirmations })
    if (status !== 'success') throw new Error(`The transfer ${hash} failed.`)
  }
  return performance.now() - start
}
