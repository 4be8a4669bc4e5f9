import { type Address, createTestClient, http, parseUnits } from 'viem'
import type { World } from '#e2e/support/world.ts'
import { mintToken } from '#sandbox/chain/mint.ts'

/** Gives an address test USDC, and what the chain's fees are paid with. */
export async function fund(world: World, to: Address, amount: string): Promise<void> {
  const client = createTestClient({ mode: 'anvil', transport: http(world.rpc) })
  await client.setBalance({ address: to, value: 10n ** 18n })
  await mintToken({ rpcUrl: world.rpc, asset: 'USDC', to, amount: parseUnits(amount, 6) })
}
