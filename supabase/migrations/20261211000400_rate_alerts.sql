-- Chapter 76: what an operator is told of the rates: a pair without a fresh price, and what a source says that is not believed.

create function private.held_rates() returns setof public.rate_readings
language sql stable set search_path = ''
as $$
  select l.*
  from (
    select distinct on (r.source, r.asset, r.currency) r.* from public.rate_readings r
    where r.at > now() - interval '1 day' order by r.source, r.asset, r.currency, r.at desc
  ) l
  where l.held_because is not null
    -- An operator may have taken it for true.
    and not exists (select from public.rate_ticks t
      where t.asset = l.asset and t.currency = l.currency and t.at = l.at and l.source = any(t.sources))
$$;
comment on function private.held_rates is 'Where the last thing that a source said of a pair is held.';

create function app.measure_rates() returns table (pairs integer, fresh integer, oldest_seconds integer, held integer, failing text[])
language sql stable security definer set search_path = ''
as $$
  select count(*)::integer, count(*) filter (where t.observed_at > now() - private.rate_freshness())::integer,
    extract(epoch from now() - min(t.observed_at))::integer, (select count(*)::integer from private.held_rates()),
    array(select s.name from public.rate_sources s
      where s.last_failed_at > coalesce(s.last_read_at, '-infinity') and s.last_failed_at > now() - interval '1 hour' order by s.name)
  from public.rate_policies p left join lateral (
    select k.observed_at from public.rate_ticks k
    where k.asset = p.asset and k.currency = p.currency and k.origin = 'feed' order by k.at desc limit 1
  ) t on true
$$;
comment on function app.measure_rates is
  'Worker: how many pairs are followed, how many have a fresh price, how old the oldest newest one is, how many are held, and which sources fail.';

create function private.rate_conditions()
returns table (kind text, subject text, title text, detail text, path text, since timestamptz)
language sql stable set search_path = ''
as $$
  -- Where none was ever read, somebody has to have tried.
  select 'rates_stale', p.asset, format('%s has no fresh price', p.asset),
    format('In %s: nothing is quoted until a source answers again.', string_agg(p.currency, ', ' order by p.currency)),
    '/operate/rates', min(coalesce(t.observed_at + private.rate_freshness(), s.failed_at))
  from public.rate_policies p
    left join lateral (
      select k.observed_at from public.rate_ticks k
      where k.asset = p.asset and k.currency = p.currency and k.origin = 'feed' order by k.at desc limit 1
    ) t on true
    cross join (select min(f.last_failed_at) as failed_at from public.rate_sources f) s
  where coalesce(t.observed_at + private.rate_freshness(), s.failed_at) < now()
  group by p.asset
  union all
  select 'rate_held', h.source || '/' || h.asset, format('A price of %s is held', h.asset),
    format('%s says %s, far from %s.', h.source, string_agg(format('%s %s', trim_scale(h.price), h.currency), ', ' order by h.currency),
      case min(h.held_because) when 'jump' then 'the price before' else 'the other sources' end),
    '/operate/rates', min(h.recorded_at)
  from private.held_rates() h
  group by h.source, h.asset
$$;
comment on function private.rate_conditions is 'What an operator should be told of the rates, as it is now.';

alter table public.alerts
  drop constraint alerts_kind_is_known,
  add constraint alerts_kind_is_known check (kind in ('session_stuck', 'webhook_quarantined', 'webhook_body_changed', 'queue_lagging',
    'job_failed', 'treasury_low', 'part_down', 'finding', 'channel_silent', 'rates_stale', 'rate_held'));

alter function private.alert_conditions() rename to payment_conditions;
comment on function private.payment_conditions is 'What an operator should be told of payments and of what carries them, as it is now.';

create function private.alert_conditions()
returns table (kind text, subject text, title text, detail text, path text, since timestamptz)
language sql stable set search_path = ''
as $$
  -- Rates that are down are told asset by asset.
  select * from private.payment_conditions() c where not (c.kind = 'part_down' and c.subject = 'rates')
  union all
  select * from private.rate_conditions()
$$;
comment on function private.alert_conditions is 'Everything that an operator should be told of, as it is now. The one place where that is decided.';

grant execute on function app.measure_rates to worker;
