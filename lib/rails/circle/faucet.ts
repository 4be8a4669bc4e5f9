import type { Address } from 'viem'
import type { Network } from '#lib/money/assets.ts'
import { type CircleClient, call, circle } from '#lib/rails/circle/client.ts'
import { requireBlockchain } from '#lib/rails/circle/networks.ts'

/** Asks Circle's faucet for test USDC. It gives on test networks alone, and decides itself how much and how often. */
export async function requestTestUsdc(
  { network, address }: { network: Network; address: Address },
  client: CircleClient = circle(),
): Promise<void> {
  const blockchain = requireBlockchain(network)
  if (blockchain !== 'BASE-SEPOLIA') throw new Error(`Circle gives no test USDC on ${blockchain}.`)
  await call('requestTestnetTokens', () => client.requestTestnetTokens({ address, blockchain, usdc: true }))
}
