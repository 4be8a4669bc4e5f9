-- Chapter 75: gaps. What is missing of the past that a source could still tell, and when it was last asked for it.

create table private.rate_backfills (
  asset public.rate_asset not null,
  currency public.rate_currency not null,
  step interval not null,
  asked_at timestamptz not null,
  constraint rate_backfills_pkey primary key (asset, currency, step),
  constraint rate_backfills_step_is_known check (step in (interval '10 minutes', interval '1 hour', interval '1 day'))
);
comment on table private.rate_backfills is
  'When a source was last asked for what is missing. What it does not know either is asked for again, and not all the time.';
alter table private.rate_backfills enable row level security;

create function private.rate_gaps() returns table (asset public.rate_asset, currency public.rate_currency, step interval, first timestamptz, after timestamptz, missing integer)
language sql stable set search_path = ''
as $$
  -- The farther back, the coarser: as CoinGecko tells it, by five minutes for a day, by the hour for ninety, by the day for a year.
  with days as (
    select date_bin('1 hour', now(), timestamptz 'epoch') - interval '23 hours' as fine, date_bin('1 day', now(), timestamptz 'epoch') as today
  ), wanted as (
    select interval '10 minutes' as step, b.at
    from days d cross join generate_series(d.fine, date_bin('10 minutes', now(), timestamptz 'epoch') - interval '10 minutes', interval '10 minutes') b (at)
    union all
    select interval '1 hour', b.at
    from days d cross join generate_series(d.today - interval '2136 hours', d.fine - interval '1 hour', interval '1 hour') b (at)
    union all
    select interval '1 day', b.at
    from days d cross join generate_series(d.today - interval '8736 hours', d.today - interval '2160 hours', interval '24 hours') b (at)
  )
  select p.asset, p.currency, w.step, min(w.at), max(w.at) + w.step, count(*)::integer
  from public.rate_policies p cross join wanted w
  where case w.step
    when interval '10 minutes' then
      not exists (select from public.rate_ticks t where t.asset = p.asset and t.currency = p.currency and t.at = w.at)
      -- What is held is not missing.
      and not exists (select from public.rate_readings r where r.asset = p.asset and r.currency = p.currency and r.at = w.at)
    when interval '1 hour' then not exists (select from public.rate_hours h where h.asset = p.asset and h.currency = p.currency and h.at = w.at)
    else not exists (select from public.rate_days d where d.asset = p.asset and d.currency = p.currency and d.at = w.at) end
  group by p.asset, p.currency, w.step
$$;
comment on function private.rate_gaps is
  'For each pair and step of time, the stretch in which something is missing: of the last day each ten minutes, of ninety days each hour, of a year each day.';

create function app.rate_gaps() returns table (asset text, currency text, step text, first timestamptz, after timestamptz)
language sql stable security definer set search_path = ''
as $$
  select g.asset, g.currency, g.step::text, g.first, g.after
  from private.rate_gaps() g left join private.rate_backfills b on b.asset = g.asset and b.currency = g.currency and b.step = g.step
  where b.asked_at is null or b.asked_at < now() - case g.step when interval '10 minutes' then interval '30 minutes' else interval '23 hours' end
  order by g.step, g.asset, g.currency
$$;
comment on function app.rate_gaps is 'Worker: the gaps that a source may be asked about now, the newest first.';

create function app.finish_rate_gap(p_asset public.rate_asset, p_currency public.rate_currency, p_step interval) returns void
language sql security definer set search_path = ''
begin atomic
  insert into private.rate_backfills (asset, currency, step, asked_at) values (p_asset, p_currency, p_step, now())
  on conflict on constraint rate_backfills_pkey do update set asked_at = excluded.asked_at;
end;
comment on function app.finish_rate_gap is 'Worker: a source has told what it knows of a gap.';

create function app.request_rate_backfill(p_run_at timestamptz) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.add_job('backfill_rates', '{}', 'backfill_rates', p_run_at, 3);
end
$$;
comment on function app.request_rate_backfill is 'Worker: has what is missing of the past filled in at that time.';

grant execute on function app.rate_gaps, app.finish_rate_gap, app.request_rate_backfill to worker;
