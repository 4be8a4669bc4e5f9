import type postgres from 'postgres'
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

/** A price as it stands, whoever said it and whenever: as the owner of everything writes it. */
export async function tick(
  adminSql: postgres.Sql,
  {
    asset,
    currency,
    price,
    at = new Date(),
    recordedAt = at,
    origin = 'feed',
  }: Said & { recordedAt?: Date; origin?: string },
): Promise<void> {
  await adminSql`
    insert into public.rate_ticks (asset, currency, at, price, spread_basis_points, sources, observed_at, origin, recorded_at)
    values (${asset}, ${currency}, date_bin('10 minutes', ${at}, timestamptz 'epoch'), ${price}, 0, array['tests'], ${at}, ${origin}, ${recordedAt})`
}

/** As if no price had ever been read: what only the owner can do, and only past the table's own triggers. */
export async function forgetRates(adminSql: postgres.Sql): Promise<void> {
  last = { said: Promise.resolve(), freshUntil: 0 }
  await adminSql.begin((sql) => [
    sql`set local session_replication_role = replica`,
    sql`delete from public.rate_ticks`,
    sql`delete from public.rate_readings`,
    sql`delete from public.rate_hours`,
    sql`delete from public.rate_days`,
  ])
}
