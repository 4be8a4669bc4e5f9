import type { Sql } from 'postgres'

/** A year of ten minutes. */
export const yearOfTicks = 365 * 144

/** A year of ticks for every pair, up to now, with their hours and days: written in bulk, which is not what is measured with them. */
export async function seedYear(sql: Sql): Promise<void> {
  await sql`
    insert into public.rate_ticks (asset, currency, at, price, spread_basis_points, sources, observed_at, origin)
    select p.asset, p.currency, t.at, round((40000 + 20000 * sin(n / 3000.0) + n % 97 + 0.01 * (n % 83))::numeric, 2), 3,
      '{coingecko,coinbase}', t.at + interval '1 minute', 'feed'
    from public.rate_policies p cross join generate_series(1, ${yearOfTicks}) n
      cross join lateral (select date_bin('10 minutes', now(), timestamptz 'epoch') - (${yearOfTicks} - n) * interval '10 minutes' as at) t
    where t.at + interval '1 minute' <= now()`
  await sql`select private.roll_up_rates(p.asset, p.currency, now() - interval '366 days', now()) from public.rate_policies p`
  await sql`analyze public.rate_ticks, public.rate_hours, public.rate_days`
}
