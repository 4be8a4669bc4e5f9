import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { freshMinutes, type RateAsset, type RateCurrency } from '#lib/rates/pairs.ts'

export type RateSource = {
  name: string
  lastReadAt: string | null
  lastFailedAt: string | null
  lastFailure: string | null
  /** Not asked again before; null when it may be asked. */
  retryAt: string | null
  /** Whether it failed after it last answered. */
  failing: boolean
  /** In the last 24 hours: what it said, and how much of it was held. */
  readings: number
  held: number
}

export type DeskPair = {
  base: RateAsset
  quote: RateCurrency
  /** The newest price; null where there never was one. */
  newest: {
    price: string
    observedAt: string
    spreadBasisPoints: number
    sources: string[]
    origin: 'feed' | 'history'
  } | null
  /** Whether a quote may stand on it. */
  fresh: boolean
  /** Of the 144 ten minutes of the last 24 hours, those that have a price. */
  ticks: number
  markupAbsolute: string
  markupBasisPoints: number
  jumpBasisPoints: number
  changedAt: string
}

export type HeldRate = {
  source: string
  base: RateAsset
  quote: RateCurrency
  at: string
  price: string
  observedAt: string
  because: 'jump' | 'disagreement'
  /** The price of those ten minutes, which some other reading made; null where they have none. */
  instead: string | null
  /** The price before. */
  before: string | null
}

export type RateGap = { from: string; to: string; pairs: string[] }

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

/** Who is asked for prices, and how it goes. Row-level security shows it to operators only. */
export async function listRateSources({ actor }: { actor: Actor }): Promise<RateSource[]> {
  const rows = await as(actor)(
    (sql) => sql`select s.*, s.retry_at > now() as waiting,
        coalesce(s.last_failed_at > s.last_read_at, s.last_failed_at is not null) as failing, r.readings, r.held
      from public.rate_sources s cross join lateral (
        select count(*)::int as readings, count(r.held_because)::int as held from public.rate_readings r
        where r.source = s.name and r.at > now() - interval '24 hours') r
      order by s.name`,
  )
  return rows.map((row) => ({
    name: row.name,
    lastReadAt: iso(row.last_read_at),
    lastFailedAt: iso(row.last_failed_at),
    lastFailure: row.last_failure,
    retryAt: row.waiting ? iso(row.retry_at) : null,
    failing: row.failing,
    readings: row.readings,
    held: row.held,
  }))
}

/** Every pair: its newest price, how old it is, and what a quote adds to it. */
export async function listDeskPairs({ actor }: { actor: Actor }): Promise<DeskPair[]> {
  const rows = await as(actor)(
    (
      sql,
    ) => sql`select p.asset, p.currency, p.markup_absolute, p.markup_basis_points, p.jump_basis_points, p.changed_at,
        t.price, t.observed_at, t.spread_basis_points, t.sources, t.origin, coalesce(
          t.origin = 'feed' and t.observed_at > now() - make_interval(mins => ${freshMinutes}), false) as fresh,
        (select count(*)::int from public.rate_ticks d
          where d.asset = p.asset and d.currency = p.currency and d.at > now() - interval '24 hours') as ticks
      from public.rate_policies p left join lateral (
        select * from public.rate_ticks t where t.asset = p.asset and t.currency = p.currency order by t.at desc limit 1) t on true
      order by array_position(array['BTC', 'ETH', 'MUSD', 'USDC', 'BDX'], p.asset::text),
        array_position(array['USD', 'EUR', 'INR'], p.currency::text)`,
  )
  return rows.map((row) => ({
    base: row.asset,
    quote: row.currency,
    newest: row.price && {
      price: row.price,
      observedAt: row.observed_at.toISOString(),
      spreadBasisPoints: row.spread_basis_points,
      sources: row.sources,
      origin: row.origin,
    },
    fresh: row.fresh,
    ticks: row.ticks,
    markupAbsolute: row.markup_absolute,
    markupBasisPoints: row.markup_basis_points,
    jumpBasisPoints: row.jump_basis_points,
    changedAt: row.changed_at.toISOString(),
  }))
}

/** What was held in the last 7 days, the newest first: at most 50. */
export async function listHeldRates({ actor }: { actor: Actor }): Promise<HeldRate[]> {
  const rows = await as(actor)(
    (sql) => sql`select r.source, r.asset, r.currency, r.at, r.price, r.observed_at, r.held_because, t.price as instead,
        (select b.price from public.rate_ticks b
          where b.asset = r.asset and b.currency = r.currency and b.at < r.at order by b.at desc limit 1) as before
      from public.rate_readings r
        left join public.rate_ticks t on t.asset = r.asset and t.currency = r.currency and t.at = r.at
      where r.held_because is not null and r.at > now() - interval '7 days'
      order by r.at desc, r.asset, r.currency, r.source limit 50`,
  )
  return rows.map((row) => ({
    source: row.source,
    base: row.asset,
    quote: row.currency,
    at: row.at.toISOString(),
    price: row.price,
    observedAt: row.observed_at.toISOString(),
    because: row.held_because,
    instead: row.instead,
    before: row.before,
  }))
}

/** Where the last 7 days have no price, the newest first, with all the pairs that lack it: at most 20. */
export async function listRateGaps({ actor }: { actor: Actor }): Promise<RateGap[]> {
  const rows = await as(actor)(
    (sql) => sql`with line as (
        select t.asset, t.currency, t.at, lead(t.at) over (partition by t.asset, t.currency order by t.at) as next
        from public.rate_ticks t where t.at > now() - interval '7 days'
      )
      select l.at + interval '10 minutes' as from, coalesce(l.next, date_bin('10 minutes', now(), timestamptz 'epoch')) as to,
        array_agg(l.asset || '/' || l.currency order by l.asset, l.currency) as pairs
      from line l
      where coalesce(l.next, date_bin('10 minutes', now(), timestamptz 'epoch')) > l.at + interval '10 minutes'
      group by 1, 2 order by 1 desc, 2 desc limit 20`,
  )
  return rows.map((row) => ({ from: row.from.toISOString(), to: row.to.toISOString(), pairs: row.pairs }))
}
