-- Chapter 24: whether everything works, as last seen, and what an operator is told of.

create table public.health_checks (
  name text not null,
  status text not null,
  summary text not null,
  detail jsonb not null default '{}',
  since timestamptz not null,
  checked_at timestamptz not null,
  constraint health_checks_pkey primary key (name),
  constraint health_checks_name_is_known check (
    name in ('database', 'queue', 'treasury', 'stripe', 'supabase') or name like 'chain:%'),
  constraint health_checks_status_is_known check (status in ('ok', 'degraded', 'down')),
  constraint health_checks_in_order check (checked_at >= since)
);
comment on table public.health_checks is
  'Each part that Causeway needs, as it was when it was last looked at; looked at every minute.';
comment on column public.health_checks.summary is 'A sentence for an operator. No secret, and no text of a foreign error.';
comment on column public.health_checks.detail is
  'What was measured. Of the treasury: {network, address, native, nativeLow, assets: [{asset, amount, held, low}]}, in base units as decimal texts.';
comment on column public.health_checks.since is 'When it was first seen in this status without a break.';
alter table public.health_checks enable row level security;

create table public.alerts (
  id uuid not null default gen_random_uuid() primary key,
  kind text not null,
  subject text not null,
  title text not null,
  detail text not null,
  path text not null,
  opened_at timestamptz not null default clock_timestamp(),
  cleared_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by text,
  constraint alerts_kind_is_known check (kind in ('session_stuck', 'webhook_quarantined', 'webhook_body_changed', 'queue_lagging',
    'job_failed', 'treasury_low', 'part_down', 'finding')),
  constraint alerts_path_is_on_the_desk check (path ~ '^/operate(/[a-zA-Z0-9_.:-]+)*$'),
  constraint alerts_in_order check (cleared_at >= opened_at and acknowledged_at >= opened_at),
  constraint alerts_acknowledged_by_someone check ((acknowledged_at is null) = (acknowledged_by is null))
);
comment on table public.alerts is
  'What an operator is told of, once: one open row a kind and subject, cleared when it is gone, and opened anew when it comes back.';
comment on column public.alerts.subject is
  'A session (session_stuck), a webhook (webhook_…), queue (queue_lagging), a task (job_failed), network/asset or network/gas (treasury_low), a health check (part_down), kind:subject of a finding (finding).';
comment on column public.alerts.path is 'The page of the operator''s desk that shows it.';
create unique index alerts_open_once on public.alerts (kind, subject) where cleared_at is null;
create index alerts_opened_at on public.alerts (opened_at desc, id desc);
create index alerts_acknowledged on public.alerts (kind, subject, acknowledged_at) where acknowledged_at is not null;
alter table public.alerts enable row level security;
create trigger alerts_are_kept before delete on public.alerts
  for each row execute function private.tg__append_only();
create trigger alerts_are_never_truncated before truncate on public.alerts
  for each statement execute function private.tg__append_only();

create function private.tg_alerts__guard() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if old.cleared_at is not null
    or (old.acknowledged_at is not null and (new.acknowledged_at, new.acknowledged_by) is distinct from (old.acknowledged_at, old.acknowledged_by))
    or (new.id, new.kind, new.subject, new.opened_at) is distinct from (old.id, old.kind, old.subject, old.opened_at) then
    raise exception 'An alert is acknowledged once and cleared once, and then stays as it is.' using errcode = 'CWSTA';
  end if;
  return new;
end
$$;
create trigger alerts_guard before update on public.alerts
  for each row execute function private.tg_alerts__guard();

create table public.alert_messages (
  id uuid not null default gen_random_uuid() primary key,
  channel text not null,
  digest boolean not null,
  created_at timestamptz not null default clock_timestamp(),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default clock_timestamp(),
  last_error text,
  sent_at timestamptz,
  constraint alert_messages_channel_is_known check (channel in ('chat', 'email')),
  constraint alert_messages_sent_by_an_attempt check (sent_at is null or attempts > 0)
);
comment on table public.alert_messages is
  'What is sent to a channel: about one alert, or about many at once (digest). Written with the alerts themselves, sent by a job.';
comment on column public.alert_messages.next_attempt_at is
  'Nobody tries before this. Whoever tries moves it on first, so that two never send at once.';
create index alert_messages_unsent on public.alert_messages (channel, next_attempt_at) where sent_at is null;
create index alert_messages_created_at on public.alert_messages (channel, created_at desc);
alter table public.alert_messages enable row level security;

create table public.alert_notices (
  alert_id uuid not null references public.alerts (id) on delete restrict,
  note text not null,
  channel text not null,
  message_id uuid references public.alert_messages (id) on delete restrict,
  constraint alert_notices_pkey primary key (alert_id, note, channel),
  constraint alert_notices_note_is_known check (note in ('opened', 'cleared')),
  constraint alert_notices_channel_is_known check (channel in ('chat', 'email'))
);
comment on table public.alert_notices is
  'That a channel is told that an alert opened, or that it cleared: each exactly once, in the message named here. Without one it waits for the next digest.';
create index alert_notices_message_id on public.alert_notices (message_id);
create index alert_notices_waiting on public.alert_notices (channel) where message_id is null;
alter table public.alert_notices enable row level security;

grant select on public.health_checks, public.alerts, public.alert_messages, public.alert_notices to authenticated;
create policy "operators see the health of each part" on public.health_checks for select to authenticated using ((select private.is_operator()));
create policy "operators see alerts" on public.alerts for select to authenticated using ((select private.is_operator()));
create policy "operators see what was sent of alerts" on public.alert_messages for select to authenticated using ((select private.is_operator()));
create policy "operators see who is told of alerts" on public.alert_notices for select to authenticated using ((select private.is_operator()));
