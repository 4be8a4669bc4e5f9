-- Chapter 88: forecasts. What a model said of the next hours, the last price beside it, and how good both have been. Only the
-- rates page and its API read them: no price and no quote stands on one.

create table public.rate_forecasts (
  id uuid not null default gen_random_uuid() primary key,
  asset public.rate_asset not null,
  currency public.rate_currency not null,
  made_at timestamptz not null default clock_timestamp(),
  origin_at timestamptz not null,
  as_of timestamptz not null,
  model text not null,
  hours integer not null,
  longest_run integer not null,
  hours_needed integer not null,
  since timestamptz,
  inputs text not null,
  missing_because text,
  price public.price,
  level public.ratio,
  trend public.ratio,
  damping public.ratio,
  reversion public.ratio,
  constraint rate_forecasts_are_made_once_of_the_same_hours unique (asset, currency, origin_at, model, inputs),
  constraint rate_forecasts_begin_on_the_hour check (origin_at = date_bin('1 hour', origin_at, timestamptz 'epoch')),
  constraint rate_forecasts_know_no_more_than_their_past check (origin_at <= as_of and since < origin_at),
  constraint rate_forecasts_name_their_model check (model ~ '^[a-z_]+_[0-9]+$'),
  constraint rate_forecasts_name_their_inputs check (inputs ~ '^[0-9a-f]{64}$'),
  constraint rate_forecasts_count_their_hours check (
    longest_run between 0 and hours and hours_needed > 0 and (hours = 0) = (since is null)),
  constraint rate_forecasts_are_missing_for_a_known_reason check (missing_because in ('too_few_hours', 'no_recent_price')),
  constraint rate_forecasts_need_enough_hours check (missing_because is not null or longest_run >= hours_needed),
  constraint rate_forecasts_say_something_or_why_not check (
    case when missing_because is null then num_nonnulls(price, level, trend, damping, reversion) = 5
    else num_nulls(price, level, trend, damping, reversion) = 5 end),
  constraint rate_forecasts_parameters_are_parts_of_one check (
    level between 0 and 1 and trend between 0 and 1 and damping between 0 and 1 and reversion between 0 and 1)
);
comment on table public.rate_forecasts is 'What was foretold of a pair, and when; or why nothing was. Made again of the same hours it is the same row.';
comment on column public.rate_forecasts.origin_at is 'The end of the last whole hour: the model knows nothing later.';
comment on column public.rate_forecasts.as_of is 'Ticks that were recorded later are not in it: those of before, again, give the same forecast.';
comment on column public.rate_forecasts.inputs is 'SHA-256 of the hours that the model learnt from.';
comment on column public.rate_forecasts.hours is 'How many hours had a price.';
comment on column public.rate_forecasts.longest_run is 'The most of them in a row: a forecast needs so many as hours_needed says.';
comment on column public.rate_forecasts.price is 'The last price before origin_at: what the baseline says of every hour to come.';
create index rate_forecasts_newest on public.rate_forecasts (asset, currency, made_at desc);
alter table public.rate_forecasts enable row level security;
create trigger rate_forecasts_are_append_only before update or delete on public.rate_forecasts
  for each row execute function private.tg__append_only();
create trigger rate_forecasts_are_never_truncated before truncate on public.rate_forecasts
  for each statement execute function private.tg__append_only();

create table public.rate_forecast_points (
  forecast_id uuid not null references public.rate_forecasts (id) on delete restrict,
  hours integer not null,
  price public.price not null,
  low_80 public.price not null,
  high_80 public.price not null,
  low_95 public.price not null,
  high_95 public.price not null,
  baseline_low_80 public.price not null,
  baseline_high_80 public.price not null,
  baseline_low_95 public.price not null,
  baseline_high_95 public.price not null,
  constraint rate_forecast_points_pkey primary key (forecast_id, hours),
  constraint rate_forecast_points_lie_ahead check (hours between 1 and 168),
  constraint rate_forecast_points_lie_in_their_bands check (
    low_95 <= low_80 and low_80 <= price and price <= high_80 and high_80 <= high_95),
  constraint rate_forecast_points_bands_of_the_baseline_are_nested check (
    baseline_low_95 <= baseline_low_80 and baseline_low_80 <= baseline_high_80 and baseline_high_80 <= baseline_high_95)
);
comment on table public.rate_forecast_points is 'What a forecast says of so many hours ahead, with its bands and those of the last price.';
alter table public.rate_forecast_points enable row level security;
create trigger rate_forecast_points_are_append_only before update or delete on public.rate_forecast_points
  for each row execute function private.tg__append_only();
create trigger rate_forecast_points_are_never_truncated before truncate on public.rate_forecast_points
  for each statement execute function private.tg__append_only();

create table public.rate_backtests (
  forecast_id uuid not null references public.rate_forecasts (id) on delete restrict,
  hours integer not null,
  judged_from timestamptz not null,
  judged_to timestamptz not null,
  origins integer not null,
  independent integer not null,
  error public.exact_decimal not null,
  error_percent public.exact_decimal not null,
  baseline_error public.exact_decimal not null,
  baseline_error_percent public.exact_decimal not null,
  skill public.ratio,
  coverage_80 public.ratio not null,
  coverage_95 public.ratio not null,
  baseline_coverage_80 public.ratio not null,
  baseline_coverage_95 public.ratio not null,
  constraint rate_backtests_pkey primary key (forecast_id, hours),
  constraint rate_backtests_are_of_a_horizon check (hours in (1, 24, 168)),
  constraint rate_backtests_look_back check (judged_from < judged_to),
  constraint rate_backtests_judge_something check (origins > 0 and independent between 1 and origins),
  constraint rate_backtests_skill_is_against_an_error check ((skill is null) = (baseline_error = 0)),
  constraint rate_backtests_coverage_is_a_percentage check (
    coverage_80 between 0 and 100 and coverage_95 between coverage_80 and 100
    and baseline_coverage_80 between 0 and 100 and baseline_coverage_95 between baseline_coverage_80 and 100)
);
comment on table public.rate_backtests is 'How good forecasts of that many hours were, each made of its own past alone; the last price beside them, also where it was better.';
alter table public.rate_backtests enable row level security;
create trigger rate_backtests_are_append_only before update or delete on public.rate_backtests
  for each row execute function private.tg__append_only();
create trigger rate_backtests_are_never_truncated before truncate on public.rate_backtests
  for each statement execute function private.tg__append_only();

grant select on public.rate_forecasts, public.rate_forecast_points, public.rate_backtests to anon, authenticated, worker;
create policy "forecasts are public" on public.rate_forecasts for select to anon, authenticated, worker using (true);
create policy "forecasts are public" on public.rate_forecast_points for select to anon, authenticated, worker using (true);
create policy "forecasts are public" on public.rate_backtests for select to anon, authenticated, worker using (true);

create table private.forecast_orders (
  single boolean not null default true primary key,
  at timestamptz not null,
  constraint forecast_orders_is_one_row check (single)
);
comment on table private.forecast_orders is 'When an operator last asked for forecasts: once a minute is often enough.';
alter table private.forecast_orders enable row level security;

create function app.read_rate_hours(
  p_asset public.rate_asset, p_currency public.rate_currency, p_until timestamptz default null, p_as_of timestamptz default null
) returns jsonb
language sql stable security definer set search_path = ''
as $$
  with asked as (
    select coalesce(p_as_of, now()) as as_of, date_bin('1 hour', coalesce(p_until, now()), timestamptz 'epoch') as until
  ), ticks as (
    -- The buckets of an hour end with it, so nothing that was observed later is in it.
    select date_bin('1 hour', t.at, timestamptz 'epoch') as hour, t.at, t.price
    from asked a join public.rate_ticks t on t.at >= a.until - interval '8760 hours' and t.at < a.until and t.recorded_at <= a.as_of
    where t.asset = p_asset and t.currency = p_currency
  ), hours as (
    select distinct on (t.hour) t.hour + interval '1 hour' as at, t.price from ticks t order by t.hour, t.at desc
  )
  select jsonb_build_object('asOf', private.instant(a.as_of), 'until', private.instant(a.until), 'hours', coalesce(
    (select jsonb_agg(jsonb_build_array(extract(epoch from h.at)::bigint / 3600, trim_scale(h.price)::text) order by h.at) from hours h), '[]'))
  from asked a
$$;
comment on function app.read_rate_hours is
  'Worker: the last price of each hour of the past year that had one, by the hour''s end; nothing that was recorded after p_as_of.';

create function app.record_rate_forecast(p_forecast jsonb) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  v_id uuid;
begin
  insert into public.rate_forecasts (asset, currency, origin_at, as_of, model, hours, longest_run, hours_needed, since, inputs, missing_because,
    price, level, trend, damping, reversion)
  select f.asset, f.currency, f."originAt", f."asOf", f.model, f.hours, f."longestRun", f."hoursNeeded", f.since, f.inputs, f."missingBecause",
    f.price, f.level, f.trend, f.damping, f.reversion
  from jsonb_to_record(p_forecast) f (asset text, currency text, "originAt" timestamptz, "asOf" timestamptz, model text, hours integer,
    "longestRun" integer, "hoursNeeded" integer, since timestamptz, inputs text, "missingBecause" text, price numeric, level numeric, trend numeric,
    damping numeric, reversion numeric)
  on conflict on constraint rate_forecasts_are_made_once_of_the_same_hours do nothing
  returning id into v_id;
  if v_id is null then
    return null;
  end if;
  insert into public.rate_forecast_points (forecast_id, hours, price, low_80, high_80, low_95, high_95,
    baseline_low_80, baseline_high_80, baseline_low_95, baseline_high_95)
  select v_id, p.hours, p.price, p.bands[1], p.bands[2], p.bands[3], p.bands[4],
    p.baseline[1], p.baseline[2], p.baseline[3], p.baseline[4]
  from jsonb_to_recordset(p_forecast -> 'points') p (hours integer, price numeric, bands numeric[], baseline numeric[]);
  insert into public.rate_backtests (forecast_id, hours, judged_from, judged_to, origins, independent, error, error_percent,
    baseline_error, baseline_error_percent, skill, coverage_80, coverage_95, baseline_coverage_80, baseline_coverage_95)
  select v_id, b.hours, b."from", b."to", b.origins, b.independent, b.error, b."errorPercent",
    b."baselineError", b."baselineErrorPercent", b.skill, b.coverage[1], b.coverage[2], b."baselineCoverage"[1], b."baselineCoverage"[2]
  from jsonb_to_recordset(p_forecast -> 'backtest') b (hours integer, "from" timestamptz, "to" timestamptz, origins integer,
    independent integer, error numeric, "errorPercent" numeric, "baselineError" numeric, "baselineErrorPercent" numeric,
    skill numeric, coverage numeric[], "baselineCoverage" numeric[]);
  if (select f.missing_because is null from public.rate_forecasts f where f.id = v_id)
    and (select count(*) from public.rate_backtests b join public.rate_forecast_points using (forecast_id, hours) where forecast_id = v_id) <> 3 then
    raise exception 'A forecast looks 1, 24 and 168 hours ahead, and says how good it was at each.' using errcode = 'check_violation';
  end if;
  return v_id;
end
$$;
comment on function app.record_rate_forecast is
  'Worker: what was foretold of a pair, with its record; or why nothing was. Null where it had been said already, of the same hours.';

create function app.request_rate_forecasts() returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.require_operator();
  insert into private.forecast_orders as o (at) values (clock_timestamp())
  on conflict on constraint forecast_orders_pkey do update set at = excluded.at where o.at <= excluded.at - interval '1 minute';
  if not found then
    raise exception 'Forecasts were asked for less than a minute ago.' using errcode = 'CWSTA';
  end if;
  perform private.add_job('forecast_rates', '{}', 'forecast_rates');
  perform private.write_audit('rates.forecast', 'all');
end
$$;
comment on function app.request_rate_forecasts is 'Operator: makes the forecasts of every pair now, once a minute at most; audited.';

grant execute on function app.read_rate_hours, app.record_rate_forecast to worker;
grant execute on function app.request_rate_forecasts to authenticated;

create function private.forecast_band(p_low public.price, p_high public.price) returns jsonb
language sql immutable set search_path = ''
return jsonb_build_object('low', trim_scale(p_low)::text, 'high', trim_scale(p_high)::text);
comment on function private.forecast_band is 'A band as the API writes it.';

create function private.forecast_json(p_forecast public.rate_forecasts) returns jsonb
language sql stable set search_path = ''
begin atomic
  with points as (
    select p.hours, b.hours as horizon, private.instant((p_forecast).origin_at + make_interval(hours => p.hours)) as at, trim_scale(p.price)::text as price,
      round((p.price / (p_forecast).price - 1) * 100, 4) as change,
      private.forecast_band(p.low_80, p.high_80) as band_80, private.forecast_band(p.low_95, p.high_95) as band_95,
      private.forecast_band(p.baseline_low_80, p.baseline_high_80) as baseline_80, private.forecast_band(p.baseline_low_95, p.baseline_high_95) as baseline_95
    from public.rate_forecast_points p left join public.rate_backtests b using (forecast_id, hours)
    where p.forecast_id = (p_forecast).id
  ), horizons (hours, name) as (
    values (1, '1h'), (24, '24h'), (168, '7d')
  )
  select jsonb_build_object(
    'base', (p_forecast).asset, 'quote', (p_forecast).currency,
    'madeAt', private.instant((p_forecast).made_at), 'stale', (p_forecast).made_at < now() - interval '26 hours',
    'last', jsonb_build_object('at', private.instant((p_forecast).origin_at), 'price', trim_scale((p_forecast).price)::text),
    'horizons', (select jsonb_agg(jsonb_build_object(
        'horizon', h.name, 'at', p.at, 'price', p.price, 'changePercent', trim_scale(p.change)::text,
        'trend', case when p.change > 2 then 'rising' when p.change < -2 then 'falling' else 'steady' end,
        'band80', p.band_80, 'band95', p.band_95,
        'baseline', jsonb_build_object('price', trim_scale((p_forecast).price)::text, 'band80', p.baseline_80, 'band95', p.baseline_95)) order by p.hours)
      from points p join horizons h using (hours)),
    'path', (select jsonb_agg(jsonb_build_object('at', p.at, 'price', p.price, 'band80', p.band_80, 'band95', p.band_95) order by p.hours) from points p),
    'model', jsonb_build_object(
      'name', (p_forecast).model, 'level', trim_scale((p_forecast).level)::text, 'trend', trim_scale((p_forecast).trend)::text,
      'damping', trim_scale((p_forecast).damping)::text, 'reversion', trim_scale((p_forecast).reversion)::text,
      'hours', (p_forecast).hours, 'since', private.instant((p_forecast).since), 'inputs', (p_forecast).inputs),
    'baseline', jsonb_build_object('name', 'last_value'),
    'backtest', (select jsonb_build_object(
        'from', private.instant(min(b.judged_from)), 'to', private.instant(max(b.judged_to)),
        'horizons', jsonb_agg(jsonb_build_object(
          'horizon', h.name, 'origins', b.origins, 'independent', b.independent,
          'error', trim_scale(b.error)::text, 'errorPercent', trim_scale(b.error_percent)::text,
          'baselineError', trim_scale(b.baseline_error)::text, 'baselineErrorPercent', trim_scale(b.baseline_error_percent)::text,
          'skill', trim_scale(b.skill)::text,
          'winner', case when b.skill > 0 then 'model' when b.skill < 0 then 'baseline' else 'neither' end,
          'coverage80', trim_scale(b.coverage_80)::text, 'coverage95', trim_scale(b.coverage_95)::text,
          'baselineCoverage80', trim_scale(b.baseline_coverage_80)::text, 'baselineCoverage95', trim_scale(b.baseline_coverage_95)::text) order by b.hours))
      from public.rate_backtests b join horizons h using (hours) where b.forecast_id = (p_forecast).id));
end;
comment on function private.forecast_json is 'A forecast as the API writes it.';

create function public.rate_forecast(p_base public.rate_asset, p_quote public.rate_currency) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v public.rate_forecasts;
begin
  select * into v from public.rate_forecasts f where f.asset = p_base and f.currency = p_quote order by f.made_at desc limit 1;
  if not found then
    raise exception 'No forecast of % in % has been made yet.', p_base, p_quote using errcode = 'CWRAT', detail = 'forecast_missing';
  elsif v.missing_because = 'too_few_hours' then
    raise exception 'A forecast of % in % needs % hours of prices in a row, and the longest row has %.', p_base, p_quote, v.hours_needed, v.longest_run
      using errcode = 'CWRAT', detail = 'forecast_missing';
  elsif v.missing_because = 'no_recent_price' then
    raise exception 'No price of % in % was read in the three hours before %, so nothing was foretold.', p_base, p_quote, private.instant(v.origin_at)
      using errcode = 'CWRAT', detail = 'forecast_missing';
  end if;
  return private.forecast_json(v);
end
$$;
comment on function public.rate_forecast is 'Anybody: the newest forecast of a pair with its record. Raises CWRAT where there is none, and says why.';
grant execute on function private.forecast_band, private.forecast_json, public.rate_forecast to anon, authenticated;
