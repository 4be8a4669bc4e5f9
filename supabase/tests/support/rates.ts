import { as } from '#lib/db/as.ts'
import type { RateAsset, RateCurrency } from '#lib/rates/pairs.ts'

/** What a source says: the price of an asset in a currency, and when it held. */
export type Said = { asset: RateAsset; currency: RateCurrency; price: string; at?: Date; source?: string }

/** The feed says so, as the worker hears it. */
export async function feedSays(...said: Said[]): Promise<void> {
  const readings = said.map(({ asset, currency, price, at = new Date(), source = 'tests' }) => ({
    source,
    asset,
    currency,
    price,
    observedAt: at.toISOString(),
  }))
  await as({ role: 'worker' })((sql) => sql`select app.record_rates(${sql.json(readings)})`)
}

let last = { said: Promise.resolve(), freshUntil: 0 }

/** A dollar, a euro and their coins are worth the same, and it was read just now: so amounts stay round. */
export function freshRates(): Promise<void> {
  if (Date.now() >= last.freshUntil) {
    const pairs = (['USDC', 'MUSD'] as const).flatMap((asset) =>
      (['USD', 'EUR'] as const).map((currency) => ({ asset, currency, price: '1' })),
    )
    last = { said: feedSays(...pairs), freshUntil: Date.now() + 5 * 60_000 }
  }
  return last.said
}
