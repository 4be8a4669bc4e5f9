-- Chapter 84: reading rates. The functions that the public API is made of: they stand in `public`, where the edge can call them
-- over the REST API, and say prices as texts, because a price that becomes a JSON number loses digits.

create function private.instant(p_at timestamptz) returns text
language sql stable set search_path = ''
return to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
comment on function private.instant is 'A moment as the API writes it, whatever the session''s time zone.';

create function private.newest_rate(p_asset public.rate_asset, p_currency public.rate_currency) returns jsonb
language sql stable set search_path = ''
begin atomic
  with newest as (
    -- What a quote would stand on, as private.fresh_tick() has it; else the newest there is, which is then stale.
    (select 1 as preference, f.*, false as stale
     from (select t.* from public.rate_ticks t
           where t.asset = p_asset and t.currency = p_currency and t.origin = 'feed' order by t.at desc limit 1) f
     where f.observed_at > now() - private.rate_freshness())
    union all
    (select 2, t.*, true from public.rate_ticks t
     where t.asset = p_asset and t.currency = p_currency order by t.at desc limit 1)
    order by preference limit 1
  )
  select jsonb_build_object(
    'base', n.asset, 'quote', n.currency, 'price', trim_scale(n.price)::text, 'at', private.instant(n.observed_at),
    'freshUntil', private.instant(n.observed_at + private.rate_freshness()), 'stale', n.stale,
    'spreadBasisPoints', n.spread_basis_points, 'sources', to_jsonb(n.sources))
  from newest n;
end;
comment on function private.newest_rate is 'The newest price of a pair, however old; null where there is none.';

create function public.current_rate(p_base public.rate_asset, p_quote public.rate_currency) returns jsonb
language sql stable set search_path = ''
return private.newest_rate(p_base, p_quote);
comment on function public.current_rate is 'Anybody: the newest price of a pair, and whether it is stale; null where there is none.';

create function public.rate_pairs() returns jsonb
language sql stable set search_path = ''
return (
  select jsonb_agg(jsonb_build_object(
    'base', p.asset, 'quote', p.currency,
    'markup', jsonb_build_object('absolute', trim_scale(p.markup_absolute)::text, 'basisPoints', p.markup_basis_points),
    'historyFrom', (select private.instant(t.at) from public.rate_ticks t
                    where t.asset = p.asset and t.currency = p.currency order by t.at limit 1),
    'current', private.newest_rate(p.asset, p.currency)))
  from public.rate_policies p
);
comment on function public.rate_pairs is 'Anybody: every pair with its markup, since when its price is known, and its newest price.';

create function public.rate_history(
  p_base public.rate_asset, p_quote public.rate_currency, p_from timestamptz, p_to timestamptz, p_interval text
) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  -- In hours: a day that the clock is changed on has as many as any other.
  v_step interval := case p_interval when '10m' then '10 minutes' when '1h' then '1 hour' when '1d' then '24 hours' end;
  v_usual interval := case p_interval when '10m' then '24 hours' when '1h' then '720 hours' when '1d' then '8760 hours' end;
  v_from timestamptz;
  v_to timestamptz;
  v_points jsonb;
begin
  if v_step is null then
    raise exception 'The interval is one of 10m, 1h, 1d.' using errcode = 'CWINV', detail = 'invalid_field';
  end if;
  if not isfinite(coalesce(p_from, now())) or not isfinite(coalesce(p_to, now())) then
    raise exception 'A history has a beginning and an end.' using errcode = 'CWINV', detail = 'invalid_field';
  end if;
  -- Rounded up to the end of the interval that it falls in.
  v_to := date_bin(v_step, coalesce(p_to, now()) + v_step - interval '1 microsecond', timestamptz 'epoch');
  v_from := date_bin(v_step, coalesce(p_from, v_to - v_usual), timestamptz 'epoch');
  if v_from >= v_to then
    raise exception '''to'' has to be later than ''from''.' using errcode = 'CWINV', detail = 'invalid_field';
  end if;
  if extract(epoch from v_to - v_from) > 9000 * extract(epoch from v_step) then
    raise exception 'One answer has at most 9000 points: ask for less time, or for a longer interval.' using errcode = 'CWINV', detail = 'invalid_field';
  end if;
  if p_interval = '10m' then
    select jsonb_agg(jsonb_build_object('at', private.instant(t.at), 'price', trim_scale(t.price)::text) order by t.at) into v_points
    from public.rate_ticks t
    where t.asset = p_base and t.currency = p_quote and t.at >= v_from and t.at < v_to;
  elsif p_interval = '1h' then
    select jsonb_agg(jsonb_build_object('at', private.instant(h.at), 'price', trim_scale(h.close)::text) order by h.at) into v_points
    from public.rate_hours h
    where h.asset = p_base and h.currency = p_quote and h.at >= v_from and h.at < v_to;
  else
    select jsonb_agg(jsonb_build_object('at', private.instant(d.at), 'price', trim_scale(d.close)::text) order by d.at) into v_points
    from public.rate_days d
    where d.asset = p_base and d.currency = p_quote and d.at >= v_from and d.at < v_to;
  end if;
  if v_points is null then
    return null;
  end if;
  return jsonb_build_object('base', p_base, 'quote', p_quote, 'interval', p_interval,
    'from', private.instant(v_from), 'to', private.instant(v_to), 'points', v_points);
end
$$;
comment on function public.rate_history is 'Anybody: the last price of each interval from one moment up to another, oldest first; null where there is none.';

create function private.rate_statistics(
  p_asset public.rate_asset, p_currency public.rate_currency, p_after timestamptz, p_until timestamptz,
  out open public.price, out high public.price, out low public.price, out close public.price,
  out mean public.ratio, out stddev public.ratio, out change_percent public.ratio, out volatility_percent public.ratio,
  out count bigint, out coverage public.ratio
)
language plpgsql stable set search_path = '' as $$
declare
  -- (p_after, p_until] in buckets is [v_from, v_to). Whole days within it are read as days, whole hours beside those as hours,
  -- and what is left at both ends tick by tick.
  v_from timestamptz := date_bin('10 minutes', p_after, timestamptz 'epoch') + interval '10 minutes';
  v_to timestamptz := date_bin('10 minutes', p_until, timestamptz 'epoch') + interval '10 minutes';
  v_hours_from timestamptz := date_bin('1 hour', v_from + interval '50 minutes', timestamptz 'epoch');
  v_hours_to timestamptz := date_bin('1 hour', v_to, timestamptz 'epoch');
  v_days_from timestamptz;
  v_days_to timestamptz;
  v_sum numeric;
  v_deviations numeric;
  v_expected numeric;
begin
  if v_hours_from >= v_hours_to then
    v_hours_from := v_to;
    v_hours_to := v_to;
  end if;
  v_days_from := date_bin('24 hours', v_hours_from + interval '23 hours', timestamptz 'epoch');
  v_days_to := date_bin('24 hours', v_hours_to, timestamptz 'epoch');
  if v_days_from >= v_days_to then
    v_days_from := v_hours_to;
    v_days_to := v_hours_to;
  end if;

  with parts as (
    select t.at, t.price as first, t.price as highest, t.price as lowest, t.price as last,
      t.price as sum, t.price * t.price as sum_of_squares, 1 as ticks
    from public.rate_ticks t
    where t.asset = p_asset and t.currency = p_currency and t.at >= v_from and t.at < v_hours_from
    union all
    select h.at, h.open, h.high, h.low, h.close, h.sum, h.sum_of_squares, h.count from public.rate_hours h
    where h.asset = p_asset and h.currency = p_currency and h.at >= v_hours_from and h.at < v_days_from
    union all
    select d.at, d.open, d.high, d.low, d.close, d.sum, d.sum_of_squares, d.count from public.rate_days d
    where d.asset = p_asset and d.currency = p_currency and d.at >= v_days_from and d.at < v_days_to
    union all
    select h.at, h.open, h.high, h.low, h.close, h.sum, h.sum_of_squares, h.count from public.rate_hours h
    where h.asset = p_asset and h.currency = p_currency and h.at >= v_days_to and h.at < v_hours_to
    union all
    select t.at, t.price, t.price, t.price, t.price, t.price, t.price * t.price, 1 from public.rate_ticks t
    where t.asset = p_asset and t.currency = p_currency and t.at >= v_hours_to and t.at < v_to
  )
  select (array_agg(p.first order by p.at))[1], max(p.highest), min(p.lowest), (array_agg(p.last order by p.at desc))[1],
    sum(p.sum), sum(p.ticks) * sum(p.sum_of_squares) - sum(p.sum) * sum(p.sum), sum(p.ticks)
  into open, high, low, close, v_sum, v_deviations, count
  from parts p;

  if count is null then
    return;
  end if;
  -- Forty decimals for the way, so that none of those shown is rounded twice.
  mean := round(round(v_sum, 40) / count, 12);
  stddev := round(sqrt(round(v_deviations, 40)) / count, 12);
  change_percent := round(round((close - open) * 100, 40) / open, 6);
  volatility_percent := round(sqrt(round(v_deviations, 40)) * 100 / v_sum, 6);
  -- Ten minutes that are not over count once they have a price.
  v_expected := extract(epoch from v_to - v_from) / 600;
  if not exists (select from public.rate_ticks t
                 where t.asset = p_asset and t.currency = p_currency and t.at = v_to - interval '10 minutes') then
    v_expected := v_expected - 1;
  end if;
  coverage := round(count / v_expected, 4);
end
$$;
comment on function private.rate_statistics is 'What the ticks after one moment and until another come to, exactly as if each were read. Nothing but nulls where there is none.';

create function public.rate_statistics(p_base public.rate_asset, p_quote public.rate_currency, p_period text) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  -- In hours: a period is as long on the day that the clock is changed.
  v_period interval := case p_period when '24h' then '24 hours' when '7d' then '168 hours' when '30d' then '720 hours' end;
  v_statistics record;
begin
  if v_period is null then
    raise exception 'The period is one of 24h, 7d, 30d.' using errcode = 'CWINV', detail = 'invalid_field';
  end if;
  select s.* into v_statistics from private.rate_statistics(p_base, p_quote, now() - v_period, now()) s;
  if v_statistics.count is null then
    return null;
  end if;
  return jsonb_build_object('base', p_base, 'quote', p_quote, 'period', p_period,
    'from', private.instant(now() - v_period), 'to', private.instant(now()),
    'open', trim_scale(v_statistics.open)::text, 'high', trim_scale(v_statistics.high)::text, 'low', trim_scale(v_statistics.low)::text, 'close', trim_scale(v_statistics.close)::text,
    'mean', trim_scale(v_statistics.mean)::text, 'stddev', trim_scale(v_statistics.stddev)::text,
    'changePercent', trim_scale(v_statistics.change_percent)::text,
    'volatilityPercent', trim_scale(v_statistics.volatility_percent)::text,
    'count', v_statistics.count, 'coverage', trim_scale(v_statistics.coverage)::text);
end
$$;
comment on function public.rate_statistics is 'Anybody: the statistics of the last 24 hours, 7 days or 30 days; null where there is no price in them.';

-- What anybody may call runs as whoever calls it, and so do its parts; none of them writes.
grant execute on function private.instant, private.rate_freshness, private.newest_rate, private.rate_statistics to anon, authenticated;
grant execute on function public.current_rate, public.rate_pairs, public.rate_history, public.rate_statistics to anon, authenticated;
