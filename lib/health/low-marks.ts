import type { Environment } from '#lib/env.ts'
import { parseAmount } from '#lib/money/amount.ts'
import type { Network } from '#lib/money/assets.ts'
import { limits } from '#lib/onramp/limits.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'

/** A transfer to an address that never held the token, with the margin that is signed. */
export const gasOfOneDelivery = 81_250n
/** With gas for fewer than these it is time to send some. */
const fewDeliveries = 100n

/** Below this the treasury is short of MUSD: TREASURY_LOW_MUSD, or the largest purchase, taken as one MUSD for a dollar. */
export function lowMusd({ TREASURY_LOW_MUSD: mark }: Pick<Environment, 'TREASURY_LOW_MUSD'>, network: Network): bigint {
  const { decimals } = requireToken('MUSD', network)
  return mark === undefined ? limits.USD.max * 10n ** BigInt(decimals - 2) : parseAmount(mark, decimals)
}

/** Below this it is short of gas: TREASURY_LOW_GAS, or what a hundred deliveries cost at this price of a unit of gas. */
export function lowGas(
  { TREASURY_LOW_GAS: mark }: Pick<Environment, 'TREASURY_LOW_GAS'>,
  network: Network,
  gasPrice: bigint,
): bigint {
  const { decimals } = networks[network].nativeCurrency
  return mark === undefined ? fewDeliveries * gasOfOneDelivery * gasPrice : parseAmount(mark, decimals)
}
