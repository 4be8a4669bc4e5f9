-- Who asks too often waits. Counted here, so that every instance of the app counts together.

-- Unlogged: a crash forgets a minute's counts and nothing else, and a count costs no write-ahead log.
create unlogged table private.rate_limits (
  key bytea not null,
  points integer not null,
  expires_at timestamptz not null,
  constraint rate_limits_pkey primary key (key),
  constraint rate_limits_key_is_a_hash check (length(key) = 32),
  constraint rate_limits_points_are_counted check (points > 0)
);
comment on table private.rate_limits is
  'How often something was asked for in its present window. The key is a keyed hash of the limit and the client: no address is stored. Nobody reads it.';
create index rate_limits_expires_at on private.rate_limits (expires_at);
alter table private.rate_limits enable row level security;

create function app.take_rate_limit(p_key bytea, p_points integer, p_milliseconds integer)
returns table (points integer, milliseconds integer)
language plpgsql security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  v_now timestamptz := clock_timestamp();
begin
  -- A few windows that are over go with each call, so that the table is as long as a minute is.
  delete from private.rate_limits r where r.key in (
    select o.key from private.rate_limits o
    where o.expires_at < v_now and o.key <> p_key
    order by o.expires_at limit 10
    for update skip locked
  );
  return query
    insert into private.rate_limits as r (key, points, expires_at)
    values (p_key, p_points, v_now + p_milliseconds * interval '1 millisecond')
    on conflict on constraint rate_limits_pkey do update set
      points = case when r.expires_at <= v_now then excluded.points else least(r.points::bigint + excluded.points, 1000000000)::integer end,
      expires_at = case when r.expires_at <= v_now then excluded.expires_at else r.expires_at end
    returning r.points, ceil(extract(epoch from r.expires_at - v_now) * 1000)::integer;
end
$$;
comment on function app.take_rate_limit is
  'Worker: counts points under a key until its window ends, and tells how many there are and how long it lasts. Refuses nothing: the caller knows the limit.';
grant execute on function app.take_rate_limit to worker;
