-- Chapter 74: the feed. What the sources said is judged, and the median of what stands becomes the price.

create function private.rate_freshness() returns interval
language sql immutable set search_path = ''
return interval '15 minutes';
comment on function private.rate_freshness is 'How long a price is fresh, counted from when its source saw it.';

create function private.median(p_values numeric[]) returns numeric
language sql immutable set search_path = ''
return (
  -- Half of a sum is exact; a division might not be.
  select trim_scale(round(sum(v.value) * case count(*) when 1 then 1 else 0.5 end, 24))
  from (
    select u.value, row_number() over (order by u.value) as place, count(*) over () as total from unnest(p_values) u (value)
  ) v
  where v.place in ((v.total + 1) / 2, v.total / 2 + 1)
);
comment on function private.median is 'The middle one, or half of the sum of the two middle ones: exact, to 24 decimals.';

create function private.is_far(p_price numeric, p_from numeric, p_basis_points integer) returns boolean
language sql immutable set search_path = ''
return abs(p_price - p_from) * 10000 > p_from * p_basis_points;
comment on function private.is_far is 'Whether a price is farther from another than a bound allows.';

create function private.jumps_before(p_policy public.rate_policies, p_source text, p_at timestamptz, p_price numeric)
returns setof public.rate_readings
language sql stable set search_path = ''
as $$
  with latest as (
    select r from public.rate_readings r
    where r.source = p_source and r.asset = p_policy.asset and r.currency = p_policy.currency
      and r.at < p_at and r.at >= p_at - interval '1 hour'
    order by r.at desc limit 2
  )
  select (l.r).* from latest l
  where (
    select count(*) = 2 and bool_and((o.r).held_because is not distinct from 'jump')
      and not private.is_far(greatest(max((o.r).price), p_price), least(min((o.r).price), p_price), p_policy.jump_basis_points)
    from latest o
  )
$$;
comment on function private.jumps_before is
  'The last two things that a source said of a pair, if both were held as a jump and agree with what it says now: three in a row are believed.';

create function private.held_because(p_policy public.rate_policies, p_source text, p_at timestamptz, p_price numeric, p_said numeric[]) returns text
language plpgsql stable set search_path = ''
as $$
declare
  v_bound constant integer := p_policy.jump_basis_points;
  v_last constant numeric := (
    select t.price from public.rate_ticks t
    where t.asset = p_policy.asset and t.currency = p_policy.currency and t.at < p_at and t.at >= p_at - interval '1 day'
    order by t.at desc limit 1);
begin
  if cardinality(p_said) > 2 then
    return case when private.is_far(p_price, private.median(p_said), v_bound) then 'disagreement' end;
  elsif cardinality(p_said) = 2 then
    -- Two that disagree say nothing of who is wrong: the last price does.
    return case when private.is_far(greatest(p_said[1], p_said[2]), least(p_said[1], p_said[2]), v_bound)
      and (v_last is null or private.is_far(p_price, v_last, v_bound)) then 'disagreement' end;
  end if;
  return case when v_last is not null and private.is_far(p_price, v_last, v_bound)
    and not exists (select from private.jumps_before(p_policy, p_source, p_at, p_price)) then 'jump' end;
end
$$;
comment on function private.held_because is
  'Why no price is made of what a source says, given all that was said beside it; null if it stands. Alone, a source is measured by the last price of the day before.';

create function private.roll_up_rates(p_asset public.rate_asset, p_currency public.rate_currency, p_from timestamptz, p_to timestamptz) returns void
language plpgsql set search_path = ''
as $$
begin
  -- Whoever else writes ticks of this pair waits here, and sees these; or came first, and is seen.
  perform from public.rate_policies p where p.asset = p_asset and p.currency = p_currency for update;

  insert into public.rate_hours as h (asset, currency, at, open, high, low, close, sum, sum_of_squares, count)
  select p_asset, p_currency, date_bin('1 hour', t.at, timestamptz 'epoch'), (array_agg(t.price order by t.at))[1], max(t.price), min(t.price),
    (array_agg(t.price order by t.at desc))[1], sum(t.price), sum(t.price * t.price), count(*)
  from public.rate_ticks t
  where t.asset = p_asset and t.currency = p_currency
    and t.at >= date_bin('1 hour', p_from, timestamptz 'epoch') and t.at < date_bin('1 hour', p_to, timestamptz 'epoch') + interval '1 hour'
  group by 3
  on conflict on constraint rate_hours_pkey do update set open = excluded.open, high = excluded.high, low = excluded.low,
    close = excluded.close, sum = excluded.sum, sum_of_squares = excluded.sum_of_squares, count = excluded.count
    where h.count <> excluded.count;

  insert into public.rate_days as d (asset, currency, at, open, high, low, close, sum, sum_of_squares, count)
  select p_asset, p_currency, date_bin('1 day', h.at, timestamptz 'epoch'), (array_agg(h.open order by h.at))[1], max(h.high), min(h.low),
    (array_agg(h.close order by h.at desc))[1], sum(h.sum), sum(h.sum_of_squares), sum(h.count)
  from public.rate_hours h
  where h.asset = p_asset and h.currency = p_currency
    and h.at >= date_bin('1 day', p_from, timestamptz 'epoch') and h.at < date_bin('1 day', p_to, timestamptz 'epoch') + interval '1 day'
  group by 3
  on conflict on constraint rate_days_pkey do update set open = excluded.open, high = excluded.high, low = excluded.low,
    close = excluded.close, sum = excluded.sum, sum_of_squares = excluded.sum_of_squares, count = excluded.count
    where d.count <> excluded.count;
end
$$;
comment on function private.roll_up_rates is
  'Makes the hours and days again that lie between two moments, from their ticks. Whoever writes ticks calls it in the same transaction, pair after pair in order. Ticks are only ever added, so that a row with as many ticks is as it should be.';

create function app.record_rates(p_readings jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_policy public.rate_policies;
  v_reading record;
  v_because text;
  v_first timestamptz;
  v_last timestamptz;
  v_count integer;
  v_ticks integer := 0;
  v_held jsonb := '[]';
begin
  if exists (select from jsonb_to_recordset(p_readings) r ("observedAt" timestamptz) where r."observedAt" > clock_timestamp() + interval '1 minute') then
    perform private.refuse('invalid_field', 'A price cannot have been observed in the future.');
  end if;
  insert into public.rate_sources (name, last_read_at)
  select distinct r.source, now() from jsonb_to_recordset(p_readings) r (source text) order by 1
  on conflict on constraint rate_sources_pkey do update set last_read_at = excluded.last_read_at, retry_at = null;

  for v_policy in
    select p.* from public.rate_policies p
    where exists (select from jsonb_to_recordset(p_readings) r (asset text, currency text) where r.asset = p.asset and r.currency = p.currency)
    order by p.asset, p.currency for update
  loop
    v_first := null;
    for v_reading in
      with said as (
        select r.source, r.price, r."observedAt" as observed_at, date_bin('10 minutes', r."observedAt", timestamptz 'epoch') as at
        from jsonb_to_recordset(p_readings) r (source text, asset text, currency text, price numeric, "observedAt" timestamptz)
        where r.asset = v_policy.asset and r.currency = v_policy.currency
      )
      select s.*, (select array_agg(o.price) from said o
        where o.observed_at between s.observed_at - interval '10 minutes' and s.observed_at + interval '10 minutes') as beside
      from said s
      where not exists (select from public.rate_readings k
        where k.asset = v_policy.asset and k.currency = v_policy.currency and k.at = s.at and k.source = s.source)
      order by s.at, s.source
    loop
      v_because := private.held_because(v_policy, v_reading.source, v_reading.at, v_reading.price, v_reading.beside);
      insert into public.rate_readings (source, asset, currency, at, price, observed_at, held_because)
      values (v_reading.source, v_policy.asset, v_policy.currency, v_reading.at, v_reading.price, v_reading.observed_at, v_because);
      v_first := least(v_first, v_reading.at);
      v_last := v_reading.at;
      if v_because is not null then
        v_held := v_held || jsonb_build_object('source', v_reading.source, 'asset', v_policy.asset, 'currency', v_policy.currency,
          'at', v_reading.at, 'price', v_reading.price::text, 'because', v_because);
      else
        -- What was held, and what now bears it out, was the price after all.
        insert into public.rate_ticks (asset, currency, at, price, spread_basis_points, sources, observed_at, origin)
        select j.asset, j.currency, j.at, j.price, 0, array[j.source], j.observed_at, 'history'
        from private.jumps_before(v_policy, v_reading.source, v_reading.at, v_reading.price) j
        on conflict on constraint rate_ticks_pkey do nothing;
      end if;
    end loop;
    continue when v_first is null;

    insert into public.rate_ticks (asset, currency, at, price, spread_basis_points, sources, observed_at, origin)
    select v_policy.asset, v_policy.currency, m.at, m.price, round((m.high - m.low) * 10000 / m.price), m.sources, m.observed_at, 'feed'
    from (
      select r.at, private.median(array_agg(r.price)) as price, max(r.price) as high, min(r.price) as low,
        array_agg(r.source order by r.source) as sources, min(r.observed_at) as observed_at
      from public.rate_readings r
      where r.asset = v_policy.asset and r.currency = v_policy.currency and r.at between v_first and v_last and r.held_because is null
      group by r.at
    ) m
    order by m.at
    on conflict on constraint rate_ticks_pkey do nothing;
    get diagnostics v_count = row_count;
    v_ticks := v_ticks + v_count;
    perform private.roll_up_rates(v_policy.asset, v_policy.currency, v_first - interval '1 hour', v_last);
  end loop;
  return jsonb_build_object('ticks', v_ticks, 'held', v_held);
end
$$;
comment on function app.record_rates is
  'Worker: what the sources said in one run, [{source, asset, currency, price, observedAt}]. What jumps or disagrees is held; the median of the rest is the price of its ten minutes. Said again, it changes nothing. Returns how many prices it made, and what is held.';

create function app.record_rate_history(p_source text, p_asset public.rate_asset, p_currency public.rate_currency, p_points jsonb) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  v_policy public.rate_policies;
  v_first timestamptz;
  v_last timestamptz;
  v_count integer;
begin
  insert into public.rate_sources (name) values (p_source) on conflict on constraint rate_sources_pkey do nothing;
  select * into strict v_policy from public.rate_policies p where p.asset = p_asset and p.currency = p_currency for update;

  with points as (
    select distinct on (1) date_bin('10 minutes', p.at, timestamptz 'epoch') as at, p.at as observed_at, p.price
    from jsonb_to_recordset(p_points) p (at timestamptz, price numeric)
    where p.at <= clock_timestamp()
    order by 1, 2
  ), bounds as (
    select min(p.at) - interval '1 hour' as first, max(p.at) + interval '1 hour' as last from points p
  ), known as (
    select t.at, t.price from bounds b join public.rate_ticks t
      on t.asset = p_asset and t.currency = p_currency and t.at between b.first and b.last
  ), line as (
    select n.*, case when lag(n.at) over by_time >= n.at - interval '2 hours' then lag(n.price) over by_time end as before,
      case when lead(n.at) over by_time <= n.at + interval '2 hours' then lead(n.price) over by_time end as after
    from (
      select p.at, p.observed_at, p.price from points p where not exists (select from known k where k.at = p.at)
      union all
      select k.at, null, k.price from known k
    ) n
    window by_time as (order by n.at)
  ), written as (
    insert into public.rate_ticks (asset, currency, at, price, spread_basis_points, sources, observed_at, origin)
    select p_asset, p_currency, l.at, l.price, 0, array[p_source], l.observed_at, 'history'
    from line l
    where l.observed_at is not null
      -- A point that stands out from two neighbours that agree is a fault of the source's. What was held is not let in by the back door.
      and not coalesce(private.is_far(l.price, l.before, v_policy.jump_basis_points)
        and private.is_far(l.price, l.after, v_policy.jump_basis_points)
        and not private.is_far(l.after, l.before, v_policy.jump_basis_points), false)
      and not exists (select from public.rate_readings r
        where r.asset = p_asset and r.currency = p_currency and r.at = l.at and r.held_because is not null)
    order by l.at
    on conflict on constraint rate_ticks_pkey do nothing
    returning at
  )
  select min(w.at), max(w.at), count(*) into v_first, v_last, v_count from written w;
  if v_count > 0 then
    perform private.roll_up_rates(p_asset, p_currency, v_first, v_last);
  end if;
  return v_count;
end
$$;
comment on function app.record_rate_history is
  'Worker: prices that a source tells of the past, [{at, price}]. They fill what is empty, and change nothing else. Returns how many were missing.';

create function app.record_rate_failure(p_source text, p_failure text, p_retry_at timestamptz) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.rate_sources as s (name, last_failed_at, last_failure, retry_at) values (p_source, now(), left(p_failure, 500), p_retry_at)
  on conflict on constraint rate_sources_pkey do update set
    last_failed_at = excluded.last_failed_at, last_failure = excluded.last_failure, retry_at = coalesce(excluded.retry_at, s.retry_at);
end
$$;
comment on function app.record_rate_failure is 'Worker: a source did not answer as it should, and, if it said so, until when it is to be left alone.';

create function private.fresh_tick(p_asset public.rate_asset, p_currency public.rate_currency) returns public.rate_ticks
language plpgsql stable set search_path = ''
as $$
declare
  v_tick public.rate_ticks;
begin
  select * into v_tick from public.rate_ticks t
  where t.asset = p_asset and t.currency = p_currency and t.origin = 'feed' order by t.at desc limit 1;
  if not found then
    raise exception 'There is no price of % in % yet.', p_asset, p_currency using errcode = 'CWRAT', detail = 'rate_missing';
  elsif v_tick.observed_at <= now() - private.rate_freshness() then
    raise exception 'The last price of % in % is % minutes old.', p_asset, p_currency,
      floor(extract(epoch from now() - v_tick.observed_at) / 60) using errcode = 'CWRAT', detail = 'rate_stale';
  end if;
  return v_tick;
end
$$;
comment on function private.fresh_tick is 'The price that a quote may stand on. Refuses where there is none, or only an old one.';

grant execute on function app.record_rates, app.record_rate_history, app.record_rate_failure to worker;
