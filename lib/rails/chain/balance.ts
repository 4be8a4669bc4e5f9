import { type Address, erc20Abi } from 'viem'
import type { Asset, Network } from '#lib/money/assets.ts'
import { freshestClient } from '#lib/rails/chain/client.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'

/** An amount in base units, as of one block. */
export type Balance = { amount: bigint; blockNumber: bigint }

/** What the address holds of the pinned token, as of the head that was read for it. */
export async function tokenBalance(query: { network: Network; asset: Asset; address: Address }): Promise<Balance> {
  const client = await freshestClient(query.network)
  const blockNumber = await client.getBlockNumber()
  const amount = await client.readContract({
    address: requireToken(query.asset, query.network).address,
    abi: erc20Abi,
    functionName: 'balanceOf',
    args: [query.address],
    blockNumber,
  })
  return { amount, blockNumber }
}

/** What the address holds to pay gas with: BTC on Mezo, ether elsewhere, 18 decimals on each. */
export async function gasBalance({ network, address }: { network: Network; address: Address }): Promise<Balance> {
  const client = await freshestClient(network)
  const blockNumber = await client.getBlockNumber()
  return { amount: await client.getBalance({ address, blockNumber }), blockNumber }
}
