import { tickAt } from '#sandbox/prices/coins.ts'
import type { World } from '#sim/world.ts'

const coins = { USDC: 'usd-coin', MUSD: 'mezo-usd' } as const

/** By so much what a source says is older than now. */
const ageMs = 120_000

/**
 * The feed reads its source: the prices of the sandbox's own market at this moment, which Stripe's stand-in sells by too. In
 * trouble the source is away now and then, or MUSD has another price than it should.
 */
export async function readRates({ clock, dice, sql, trouble, tell }: World): Promise<void> {
  if (trouble && dice.chance(0.25)) return tell('  the price source is away')
  const at = clock.now() - ageMs
  const off = trouble && dice.chance(0.1) ? dice.between(960, 1040) : 1000
  const readings = Object.entries(coins).flatMap(([asset, coin]) =>
    ['USD', 'EUR'].map((currency) => {
      const price = tickAt(coin, currency.toLowerCase(), at).price
      const said = asset === 'MUSD' ? (price * off) / 1000 : price
      return { source: 'simulated', asset, currency, price: String(said), observedAt: new Date(at).toISOString() }
    }),
  )
  await sql`select app.record_rates(${sql.json(readings)})`
}
