-- Chapter 7: what others tell us. Stored before it is acknowledged, acted on by a job.

create table private.webhook_transitions (
  from_status text not null,
  to_status text not null,
  constraint webhook_transitions_pkey primary key (from_status, to_status)
);
comment on table private.webhook_transitions is 'received -> processed | ignored | failed; failed is tried again; an operator may replay what ended.';
alter table private.webhook_transitions enable row level security;
insert into private.webhook_transitions (from_status, to_status) values
  ('received', 'processed'), ('received', 'ignored'), ('received', 'failed'),
  ('failed', 'processed'), ('failed', 'ignored'), ('failed', 'received'),
  ('processed', 'received'), ('ignored', 'received');

create table public.webhook_events (
  id uuid not null default gen_random_uuid() primary key,
  source text not null,
  event_id text not null,
  type text not null,
  status text not null default 'received',
  version integer not null default 1,
  body bytea not null,
  body_hash bytea not null generated always as (sha256(body)) stored,
  signature text not null,
  signed_at timestamptz not null,
  received_at timestamptz not null default clock_timestamp(),
  deliveries integer not null default 1,
  attempts integer not null default 0,
  last_attempt_at timestamptz,
  last_error text,
  processed_at timestamptz,
  constraint webhook_events_source_event_id_key unique (source, event_id),
  constraint webhook_events_source_is_known check (source in ('stripe')),
  constraint webhook_events_signature_names_its_key check (signature in ('current_key', 'previous_key')),
  constraint webhook_events_processed_iff_ended check ((status in ('processed', 'ignored')) = (processed_at is not null)),
  constraint webhook_events_failed_has_a_reason check (status <> 'failed' or last_error is not null)
);
comment on table public.webhook_events is
  'The inbox: each event once, its body as the bytes that were signed. Unsigned deliveries never get here.';
comment on column public.webhook_events.event_id is 'The sender''s id of the event, or sha256:<hash of the body> where it has none.';
comment on column public.webhook_events.deliveries is 'How often the sender delivered it. Only the first made a job.';
create index webhook_events_received_at on public.webhook_events (received_at desc, id desc);
create index webhook_events_unfinished on public.webhook_events (received_at) where status in ('received', 'failed');
alter table public.webhook_events enable row level security;

create table public.webhook_event_history (
  webhook_event_id uuid not null references public.webhook_events (id) on delete cascade,
  version integer not null,
  from_status text,
  to_status text not null,
  actor text not null,
  at timestamptz not null default clock_timestamp(),
  constraint webhook_event_history_pkey primary key (webhook_event_id, version),
  constraint webhook_event_history_begins_once check ((from_status is null) = (version = 1)),
  constraint webhook_event_history_transition_is_allowed foreign key (from_status, to_status)
    references private.webhook_transitions (from_status, to_status)
);
comment on table public.webhook_event_history is 'Every change of an inbox row''s status, with who made it.';
create index webhook_event_history_transition on public.webhook_event_history (from_status, to_status);
alter table public.webhook_event_history enable row level security;
create trigger webhook_event_history_is_append_only before update or delete on public.webhook_event_history
  for each row execute function private.tg__append_only();
create trigger webhook_event_history_is_never_truncated before truncate on public.webhook_event_history
  for each statement execute function private.tg__append_only();

create function private.tg_webhook_events__write_history() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'received' then
      raise exception 'A webhook begins as received.' using errcode = 'CWSTA';
    end if;
    insert into public.webhook_event_history (webhook_event_id, version, from_status, to_status, actor)
    values (new.id, 1, null, new.status, private.actor());
  else
    insert into public.webhook_event_history (webhook_event_id, version, from_status, to_status, actor)
    values (new.id, new.version, old.status, new.status, private.actor());
  end if;
  return null;
end
$$;

create function private.tg_webhook_events__guard() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if (new.source, new.event_id, new.type, new.body, new.signature, new.signed_at, new.received_at)
    is distinct from (old.source, old.event_id, old.type, old.body, old.signature, old.signed_at, old.received_at) then
    raise exception 'What was received is never edited.' using errcode = 'CWSTA';
  end if;
  if new.status is distinct from old.status then
    new.version := old.version + 1;
    new.processed_at := case when new.status in ('processed', 'ignored') then clock_timestamp() end;
  end if;
  return new;
end
$$;

create trigger webhook_events_guard before update on public.webhook_events
  for each row execute function private.tg_webhook_events__guard();
create trigger webhook_events_write_first_history after insert on public.webhook_events
  for each row execute function private.tg_webhook_events__write_history();
create trigger webhook_events_write_history after update of status on public.webhook_events
  for each row when (old.status is distinct from new.status)
  execute function private.tg_webhook_events__write_history();
create trigger webhook_events_are_kept before delete on public.webhook_events
  for each row execute function private.tg__append_only();
create trigger webhook_events_are_never_truncated before truncate on public.webhook_events
  for each statement execute function private.tg__append_only();
