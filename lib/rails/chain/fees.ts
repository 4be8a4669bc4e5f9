import { formatGwei } from 'viem'
import { env } from '#lib/env.ts'
import type { Network } from '#lib/money/assets.ts'
import { publicClient } from '#lib/rails/chain/client.ts'
import { networks } from '#lib/rails/chain/networks.ts'

export type Fees = { maxFeePerGas: bigint; maxPriorityFeePerGas: bigint }

/** The network asks for more than we are ready to pay. The same is tried again later, when it may be cheaper. */
export class FeesAboveCap extends Error {
  override name = 'FeesAboveCap'
}

/**
 * What is offered is this many times the present base fee, and the tip. The base fee grows by an eighth a block at the most, so
 * twice is six full blocks of waiting before the transaction is too cheap; what is not needed is not charged.
 */
const baseFeeMultiplier = 2n

/** The most this installation pays for a unit of gas on the network, in wei. */
export function feeCap(network: Network): bigint {
  return env().TREASURY_MAX_FEE_GWEI ?? networks[network].maxFeePerGas
}

/**
 * What to offer for a unit of gas now (EIP-1559), never above the cap. When it is to replace a transaction that waits, both
 * of its numbers are at least an eighth above that one's, which is what the strictest nodes demand. Throws FeesAboveCap when
 * the base fee, or that eighth, is out of reach.
 */
export async function currentFees(network: Network, replaced?: Fees): Promise<Fees> {
  const client = publicClient(network)
  const [block, tip] = await Promise.all([
    client.getBlock({ blockTag: 'latest' }),
    client.estimateMaxPriorityFeePerGas(),
  ])
  if (block.baseFeePerGas === null) throw new Error(`${network} has no base fee, so its fees are not EIP-1559.`)
  return feesWithin(feeCap(network), { baseFee: block.baseFeePerGas, tip }, replaced)
}

/** As `currentFees`, of numbers that are known already. */
export function feesWithin(cap: bigint, market: { baseFee: bigint; tip: bigint }, replaced?: Fees): Fees {
  const least: Fees = replaced
    ? { maxFeePerGas: raised(replaced.maxFeePerGas), maxPriorityFeePerGas: raised(replaced.maxPriorityFeePerGas) }
    : { maxFeePerGas: 0n, maxPriorityFeePerGas: 0n }
  if (market.baseFee > cap) throw new FeesAboveCap(sentence('The base fee', market.baseFee, cap))
  if (least.maxFeePerGas > cap) throw new FeesAboveCap(sentence('A replacement', least.maxFeePerGas, cap))
  const tip = larger(market.tip, least.maxPriorityFeePerGas)
  const wanted = larger(market.baseFee * baseFeeMultiplier + tip, least.maxFeePerGas)
  const maxFeePerGas = smaller(wanted, cap)
  return { maxFeePerGas, maxPriorityFeePerGas: smaller(tip, maxFeePerGas) }
}

/** An eighth more, rounded up, and always more. */
function raised(fee: bigint): bigint {
  return larger(fee + 1n, (fee * 9n + 7n) / 8n)
}

// Math.max and Math.min take no bigint.
const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b)
const smaller = (a: bigint, b: bigint): bigint => (a > b ? b : a)

function sentence(what: string, needed: bigint, cap: bigint): string {
  return `${what} comes to ${formatGwei(needed)} gwei, and the cap is ${formatGwei(cap)}.`
}
