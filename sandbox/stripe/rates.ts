import { tickAt } from '#sandbox/prices/coins.ts'
import { invalid } from '#sandbox/stripe/errors.ts'

export const currencies = ['usd', 'eur'] as const
export type Currency = (typeof currencies)[number]

/** The networks of Stripe's enum, and the key under which it files each. USDC is sold on those marked so. */
export const networks = [
  { name: 'avalanche', key: 'avalanche', usdc: true },
  { name: 'base', key: 'base_network', usdc: true },
  { name: 'bitcoin', key: 'bitcoin', usdc: false },
  { name: 'ethereum', key: 'ethereum', usdc: true },
  { name: 'optimism', key: 'optimism', usdc: false },
  { name: 'polygon', key: 'polygon', usdc: true },
  { name: 'solana', key: 'solana', usdc: false },
  { name: 'stellar', key: 'stellar', usdc: false },
  { name: 'sui', key: 'sui', usdc: false },
  { name: 'worldchain', key: 'worldchain', usdc: false },
] as const

/** Of a dollar's worth, in ten-thousandths: a little below the market, as Stripe's spread is. */
const keeps = 9972

/**
 * USDC in ten-thousandths for one unit of the currency. A dollar's never moves, so that whoever pays in dollars gets what they
 * were quoted; any other is the market's, as the price feed of this world has it.
 */
function rateOf(currency: Currency, now: number): bigint {
  return BigInt(currency === 'usd' ? keeps : Math.floor(keeps / tickAt('usd-coin', currency, now).price))
}

const lowestCents = 100n
const highestCents = 3_000_000n

export type Purchase = { sourceCents: bigint; usdcUnits: bigint; processingCents: bigint; networkCents: bigint }

/** The source amount is converted in full; fees come on top: 1.5 % (rounded up) and 0.30, and 0.05 for the network. */
export function purchaseFor(sourceAmount: string, currency: Currency, now = Date.now()): Purchase {
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(sourceAmount)
  const sourceCents = match ? BigInt(match[1] ?? '') * 100n + BigInt((match[2] ?? '').padEnd(2, '0')) : -1n
  if (sourceCents < lowestCents || sourceCents > highestCents) {
    throw invalid(
      `source_amount must be a decimal between ${cents(lowestCents)} and ${cents(highestCents)}.`,
      'source_amount',
      'crypto_onramp_invalid_source_amount',
    )
  }
  return {
    sourceCents,
    // Cents (1/100) by ten-thousandths are millionths: USDC's own unit, exactly.
    usdcUnits: sourceCents * rateOf(currency, now),
    processingCents: (sourceCents * 15n + 999n) / 1000n + 30n,
    networkCents: 5n,
  }
}

/** The smallest source amount that buys at least this much USDC. */
export function sourceAmountFor(destinationAmount: string, currency: Currency, now = Date.now()): string {
  const match = /^(\d{1,9})(?:\.(\d{1,6}))?$/.exec(destinationAmount)
  if (!match) {
    throw invalid(
      'destination_amount must be a decimal with at most six places.',
      'destination_amount',
      'crypto_onramp_invalid_destination_amount',
    )
  }
  const units = BigInt(match[1] ?? '') * 1_000_000n + BigInt((match[2] ?? '').padEnd(6, '0'))
  const rate = rateOf(currency, now)
  return cents((units + rate - 1n) / rate)
}

/** `2500n` → `25.00`. */
export function cents(amount: bigint): string {
  return `${amount / 100n}.${String(amount % 100n).padStart(2, '0')}`
}

/** `24930000n` → `24.93`: at least two places, no needless zeros. */
export function usdc(units: bigint): string {
  const fraction = String(units % 1_000_000n).padStart(6, '0')
  return `${units / 1_000_000n}.${fraction.slice(0, 2)}${fraction.slice(2).replace(/0+$/, '')}`
}

export const totalCents = (purchase: Purchase) =>
  purchase.sourceCents + purchase.processingCents + purchase.networkCents
