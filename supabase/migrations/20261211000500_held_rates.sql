-- Chapter 77: what is held is looked for pair by pair. A minute reads a row of each, and not a day of everything that was said.

create or replace function private.held_rates() returns setof public.rate_readings
language sql stable set search_path = ''
as $$
  select l.*
  from public.rate_policies p cross join public.rate_sources s cross join lateral (
    select r.* from public.rate_readings r
    where r.asset = p.asset and r.currency = p.currency and r.source = s.name and r.at > now() - interval '1 day'
    order by r.at desc limit 1
  ) l
  where l.held_because is not null
    -- An operator may have taken it for true.
    and not exists (select from public.rate_ticks t
      where t.asset = l.asset and t.currency = l.currency and t.at = l.at and l.source = any(t.sources))
$$;
