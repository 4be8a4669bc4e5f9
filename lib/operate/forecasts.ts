import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import type { RateAsset, RateCurrency } from '#lib/rates/pairs.ts'

export type DeskForecast = {
  base: RateAsset
  quote: RateCurrency
  madeAt: string
  /** How many hours it learnt from. */
  hours: number
  /** Why nothing was foretold; null where something was. */
  missingBecause: 'too_few_hours' | 'no_recent_price' | null
  /** One hour, a day and a week ahead; empty where nothing was foretold. */
  record: {
    hours: number
    independent: number
    /** Null where the last price was never wrong. */
    skill: string | null
    coverage80: string
    coverage95: string
  }[]
}

/** The newest forecast of every pair that has one, with how good those before it would have been. */
export async function listForecasts({ actor }: { actor: Actor }): Promise<DeskForecast[]> {
  const rows = await as(actor)(
    (sql) => sql`select f.asset, f.currency, f.made_at, f.hours, f.missing_because, b.record
      from public.rate_policies p
        cross join lateral (select * from public.rate_forecasts f
          where f.asset = p.asset and f.currency = p.currency order by f.made_at desc limit 1) f
        cross join lateral (select coalesce(jsonb_agg(jsonb_build_object('hours', b.hours, 'independent', b.independent,
            'skill', b.skill::text, 'coverage80', b.coverage_80::text, 'coverage95', b.coverage_95::text) order by b.hours), '[]') as record
          from public.rate_backtests b where b.forecast_id = f.id) b
      order by array_position(array['BTC', 'ETH', 'MUSD', 'USDC', 'BDX'], p.asset::text),
        array_position(array['USD', 'EUR', 'INR'], p.currency::text)`,
  )
  return rows.map((row) => ({
    base: row.asset,
    quote: row.currency,
    madeAt: row.made_at.toISOString(),
    hours: row.hours,
    missingBecause: row.missing_because,
    record: row.record,
  }))
}
