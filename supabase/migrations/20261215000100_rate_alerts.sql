-- Chapter 92: price alerts. A person is told once when a price rises or falls to where they drew a line.

create table private.rate_alert_transitions (
  from_status text not null,
  to_status text not null,
  constraint rate_alert_transitions_pkey primary key (from_status, to_status)
);
comment on table private.rate_alert_transitions is 'The whole machine of a price alert: a tick triggers it, its person is told or cannot be reached; before that they may end it.';
alter table private.rate_alert_transitions enable row level security;
insert into private.rate_alert_transitions (from_status, to_status) values
  ('armed', 'triggered'), ('armed', 'cancelled'), ('triggered', 'told'), ('triggered', 'failed');

create table private.webhook_endpoints (
  account_id uuid not null references auth.users (id) on delete restrict,
  url text not null,
  sealed_secret bytea not null,
  renewed_at timestamptz not null default clock_timestamp(),
  constraint webhook_endpoints_pkey primary key (account_id, url),
  constraint webhook_endpoints_url_is_one check (url ~ '^https?://[^\s@]+$' and length(url) <= 500)
);
comment on table private.webhook_endpoints is 'Where a person''s alerts are posted, and with which secret they are signed: the same for all that go to one address. Nobody reads it; the worker is handed what it is to send.';
comment on column private.webhook_endpoints.sealed_secret is 'Encrypted by the app: a copy of the database signs nothing.';
alter table private.webhook_endpoints enable row level security;

create table public.rate_alerts (
  id uuid not null primary key,
  account_id uuid not null references auth.users (id) on delete restrict,
  status text not null default 'armed',
  version integer not null default 1,
  asset public.rate_asset not null,
  currency public.rate_currency not null,
  direction text not null,
  price public.price not null,
  compared_at timestamptz not null,
  channel text not null,
  url text,
  tick_at public.rate_bucket,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  finalized_at timestamptz,
  constraint rate_alerts_direction_is_known check (direction in ('rises_to', 'falls_to')),
  constraint rate_alerts_channel_is_known check (channel in ('email', 'webhook')),
  constraint rate_alerts_url_iff_webhook check ((channel = 'webhook') = (url is not null)),
  constraint rate_alerts_endpoint_is_known foreign key (account_id, url) references private.webhook_endpoints (account_id, url) on delete restrict,
  constraint rate_alerts_tick_is_known foreign key (asset, currency, tick_at) references public.rate_ticks (asset, currency, at) on delete restrict,
  constraint rate_alerts_triggered_by_a_tick check ((status in ('triggered', 'told', 'failed')) = (tick_at is not null)),
  constraint rate_alerts_attempted_once_triggered check ((next_attempt_at is not null) = (status = 'triggered') and (attempts = 0 or tick_at is not null)),
  constraint rate_alerts_finalized_iff_ended check ((status in ('told', 'failed', 'cancelled')) = (finalized_at is not null))
);
comment on table public.rate_alerts is 'What a person wants to be told of: that the price of a pair rises to, or falls to, a line. It is triggered once, by one tick, in that tick''s own transaction.';
comment on column public.rate_alerts.compared_at is 'When the price held that had not reached the line as the alert was made. Only a later one triggers it.';
comment on column public.rate_alerts.next_attempt_at is 'Nobody sends before this. Whoever sends moves it on first, so that two never send at once.';
create index rate_alerts_account on public.rate_alerts (account_id, created_at desc, id desc);
create index rate_alerts_endpoint on public.rate_alerts (account_id, url);
create index rate_alerts_tick on public.rate_alerts (asset, currency, tick_at);
create index rate_alerts_armed on public.rate_alerts (asset, currency, price) where status = 'armed';
create index rate_alerts_untold on public.rate_alerts (next_attempt_at) where status = 'triggered';
alter table public.rate_alerts enable row level security;

create table public.rate_alert_events (
  alert_id uuid not null references public.rate_alerts (id) on delete restrict,
  version integer not null,
  from_status text,
  to_status text not null,
  actor text not null,
  at timestamptz not null default clock_timestamp(),
  constraint rate_alert_events_pkey primary key (alert_id, version),
  constraint rate_alert_events_begin_once check ((from_status is null) = (version = 1)),
  constraint rate_alert_events_transition_is_allowed foreign key (from_status, to_status)
    references private.rate_alert_transitions (from_status, to_status)
);
comment on table public.rate_alert_events is 'Every change of a price alert''s status, with who made it.';
create index rate_alert_events_transition on public.rate_alert_events (from_status, to_status);
alter table public.rate_alert_events enable row level security;
create trigger rate_alert_events_are_append_only before update or delete on public.rate_alert_events
  for each row execute function private.tg__append_only();
create trigger rate_alert_events_are_never_truncated before truncate on public.rate_alert_events
  for each statement execute function private.tg__append_only();

create table public.rate_alert_attempts (
  alert_id uuid not null references public.rate_alerts (id) on delete restrict,
  attempt integer not null,
  at timestamptz not null default clock_timestamp(),
  failure text,
  constraint rate_alert_attempts_pkey primary key (alert_id, attempt),
  constraint rate_alert_attempts_failure_is_short check (length(failure) <= 200)
);
comment on table public.rate_alert_attempts is 'The log of telling: how each attempt ended. One whose worker died has no row.';
comment on column public.rate_alert_attempts.failure is 'Why it was not taken, in words of ours; null when it was.';
alter table public.rate_alert_attempts enable row level security;
create trigger rate_alert_attempts_are_append_only before update or delete on public.rate_alert_attempts
  for each row execute function private.tg__append_only();
create trigger rate_alert_attempts_are_never_truncated before truncate on public.rate_alert_attempts
  for each statement execute function private.tg__append_only();

create function private.tg_rate_alerts__guard() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'armed' then
      raise exception 'A price alert begins as armed.' using errcode = 'CWSTA';
    end if;
    return new;
  end if;
  if (new.id, new.account_id, new.asset, new.currency, new.direction, new.price, new.compared_at, new.channel, new.url, new.created_at)
    is distinct from
     (old.id, old.account_id, old.asset, old.currency, old.direction, old.price, old.compared_at, old.channel, old.url, old.created_at)
    or new.tick_at <> old.tick_at then
    raise exception 'What a price alert asks for, and what triggered it, is never edited.' using errcode = 'CWSTA';
  end if;
  if new.status is distinct from old.status then
    new.version := old.version + 1;
    new.finalized_at := case when new.status in ('told', 'failed', 'cancelled') then clock_timestamp() end;
  end if;
  new.updated_at := clock_timestamp();
  return new;
end
$$;

create function private.tg_rate_alerts__write_event() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.rate_alert_events (alert_id, version, from_status, to_status, actor)
  values (new.id, new.version, case when tg_op = 'UPDATE' then old.status end, new.status, private.actor());
  return null;
end
$$;

create trigger rate_alerts_guard before insert or update on public.rate_alerts
  for each row execute function private.tg_rate_alerts__guard();
create trigger rate_alerts_write_first_event after insert on public.rate_alerts
  for each row execute function private.tg_rate_alerts__write_event();
create trigger rate_alerts_write_event after update of status on public.rate_alerts
  for each row when (old.status is distinct from new.status) execute function private.tg_rate_alerts__write_event();
create trigger rate_alerts_are_kept before delete on public.rate_alerts
  for each row execute function private.tg__append_only();
create trigger rate_alerts_are_never_truncated before truncate on public.rate_alerts
  for each statement execute function private.tg__append_only();

-- Whoever writes a price of a pair holds this row already, or takes it here: so either the tick finds the alert, or the alert was
-- compared with the tick.
create function private.lock_rate_alerts(p_asset public.rate_asset, p_currency public.rate_currency) returns void
language plpgsql set search_path = ''
as $$
begin
  perform from public.rate_policies p where p.asset = p_asset and p.currency = p_currency for update;
end
$$;
comment on function private.lock_rate_alerts is 'Held until the transaction ends: no price of the pair is written, and no alert of it made, by anybody else.';

create function private.is_reached(p_direction text, p_line public.price, p_price public.price) returns boolean
language sql immutable set search_path = ''
return case p_direction when 'rises_to' then p_price >= p_line else p_price <= p_line end;
comment on function private.is_reached is 'Whether a price is at the line of an alert, or past it.';

create function private.tg_rate_ticks__trigger_alerts() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_cause constant jsonb := private.job_cause();
  v_ids uuid[];
begin
  perform private.lock_rate_alerts(new.asset, new.currency);
  -- In the order of their ids, so that two ticks never wait for each other. One that its person ends meanwhile is left alone.
  with reached as (
    select a.id from public.rate_alerts a
    where a.status = 'armed' and a.asset = new.asset and a.currency = new.currency and a.compared_at < new.observed_at
      and private.is_reached(a.direction, a.price, new.price)
    order by a.id for update
  ), triggered as (
    update public.rate_alerts a set status = 'triggered', tick_at = new.at, next_attempt_at = clock_timestamp()
    from reached r where a.id = r.id
    returning a.id
  )
  select array_agg(t.id) into v_ids from triggered t;
  -- All at once: a round number may have a thousand alerts.
  if v_ids is not null then
    perform graphile_worker.add_jobs(array(
      select ('tell_rate_alert', jsonb_strip_nulls(jsonb_build_object('alertId', i.id, 'cause', nullif(v_cause, '{}'))), null, null, null,
        'rate_alert:' || i.id || ':1', null, null)::graphile_worker.job_spec
      from unnest(v_ids) i (id)));
  end if;
  return null;
end
$$;

-- A price that is filled in afterwards, or was old already when it came, is nothing to be told of now.
create trigger rate_ticks_trigger_alerts after insert on public.rate_ticks
  for each row when (new.origin = 'feed' and new.observed_at > now() - private.rate_freshness())
  execute function private.tg_rate_ticks__trigger_alerts();

grant select on public.rate_alerts, public.rate_alert_events, public.rate_alert_attempts to authenticated;
create policy "people see their own price alerts" on public.rate_alerts for select to authenticated
  using (account_id = (select private.account_id()));
create policy "people see what became of their price alerts" on public.rate_alert_events for select to authenticated
  using (exists (select from public.rate_alerts a where a.id = alert_id and a.account_id = (select private.account_id())));
create policy "people see how they were told" on public.rate_alert_attempts for select to authenticated
  using (exists (select from public.rate_alerts a where a.id = alert_id and a.account_id = (select private.account_id())));
