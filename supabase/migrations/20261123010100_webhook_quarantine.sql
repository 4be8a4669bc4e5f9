-- An event whose handling fails is tried again with growing pauses, and put aside where that does not help.

insert into private.webhook_transitions (from_status, to_status) values
  ('received', 'quarantined'), ('failed', 'quarantined'), ('quarantined', 'received');
comment on table private.webhook_transitions is
  'received -> processed | ignored | failed; failed is tried again, and quarantined at last; an operator may replay what ended or was quarantined.';

alter table public.webhook_events
  add column faults integer not null default 0,
  add column next_attempt_at timestamptz,
  add column ignored_because text;
comment on column public.webhook_events.attempts is 'How often its handling was begun, ever.';
comment on column public.webhook_events.faults is
  'How many attempts since it was received, or replayed, failed on the event itself. One that never says how it ended is among them: it may have killed its worker.';
comment on column public.webhook_events.next_attempt_at is 'When it is tried again; known while its handling has failed.';
comment on column public.webhook_events.ignored_because is 'Why an event that was ignored concerns nothing here.';
comment on column public.webhook_events.last_error is 'Why its handling failed the last time. It is kept in quarantine and through a replay, until an attempt succeeds.';

create or replace function private.tg_webhook_events__guard() returns trigger
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
    -- Whoever replays it gives it all its attempts again.
    new.faults := case when new.status = 'received' then 0 else new.faults end;
  end if;
  new.next_attempt_at := case when new.status = 'failed' then coalesce(new.next_attempt_at, clock_timestamp()) end;
  new.ignored_because := case when new.status = 'ignored' then new.ignored_because end;
  return new;
end
$$;

-- What failed so far waits for the queue; from here on it is known for how long. The trigger sets the time.
update public.webhook_events set next_attempt_at = clock_timestamp() where status = 'failed';

alter table public.webhook_events
  add constraint webhook_events_faults_are_counted check (faults >= 0),
  add constraint webhook_events_next_attempt_iff_failed check ((status = 'failed') = (next_attempt_at is not null)),
  add constraint webhook_events_reason_only_when_ignored check (ignored_because is null or status = 'ignored'),
  drop constraint webhook_events_failed_has_a_reason,
  add constraint webhook_events_failed_has_a_reason check (status not in ('failed', 'quarantined') or last_error is not null);
create index webhook_events_quarantined on public.webhook_events (received_at desc, id desc) where status = 'quarantined';

-- Ten seconds, then each pause five times the one before: six attempts take a little over two hours. A neighbour's restart, a lock or a
-- deploy is over by then; what still fails is a fault of ours, and somebody has to be told. The purchase does not wait for it: it is read
-- again at Stripe every five minutes whatever becomes of its events.
create function private.webhook_faults_allowed() returns integer
language sql immutable set search_path = ''
return 6;
comment on function private.webhook_faults_allowed is 'After so many attempts that failed on the event itself it is quarantined.';

-- Three days are as long as Stripe itself goes on delivering: who comes back later has more to do than to replay some events.
create function private.webhook_patience() returns interval
language sql immutable set search_path = ''
return interval '3 days';
comment on function private.webhook_patience is 'For so long an event is tried again while its sender does not answer; then it is quarantined too.';

-- An attempt that never says how it ended may have killed its worker; or the platform cut off the request it ran in, as it does to many
-- while their sender hangs. So it takes more of those to give an event up than of failures that were told.
drop function app.start_webhook(uuid);
create function app.start_webhook(p_id uuid)
returns table (source text, event_id text, type text, body bytea, status text)
language plpgsql security definer set search_path = ''
as $$
declare
  v_unended_allowed constant integer := 4 * private.webhook_faults_allowed();
begin
  -- An attempt counts as failed until it says how it ended.
  return query
  update public.webhook_events w set attempts = w.attempts + 1, faults = w.faults + 1, last_attempt_at = clock_timestamp()
  where w.id = p_id and w.status in ('received', 'failed') and w.faults < v_unended_allowed
  returning w.source, w.event_id, w.type, w.body, w.status;
  if not found then
    update public.webhook_events w
    set status = 'quarantined', last_error = 'Its last attempts never said how they ended: their workers may have died of it.'
    where w.id = p_id and w.status in ('received', 'failed');
  end if;
end
$$;
comment on function app.start_webhook is
  'Worker: counts an attempt and returns the event; no row when it has ended, or when all its attempts are used up, and it is quarantined.';

drop function app.finish_webhook(uuid, text, text);
create function app.finish_webhook(p_id uuid, p_outcome text, p_note text) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  v_event public.webhook_events;
  v_failing_for interval;
  v_pause interval;
  v_is_over boolean;
  v_key constant text := 'webhook:' || p_id;
begin
  if p_outcome not in ('processed', 'ignored', 'failed', 'unavailable') then
    raise exception 'An attempt does not end as %.', p_outcome using errcode = 'CWSTA';
  end if;
  select * into v_event from public.webhook_events where id = p_id and status in ('received', 'failed') for update;
  if not found then
    return (select w.status from public.webhook_events w where w.id = p_id);
  end if;
  if p_outcome in ('processed', 'ignored') then
    update public.webhook_events set status = p_outcome, last_error = null, ignored_because = p_note where id = p_id;
    return p_outcome;
  end if;

  if p_outcome = 'unavailable' then
    -- Not the event's fault, so it costs none of its attempts. It waits as long again as it has waited, and an hour at most.
    v_event.faults := greatest(0, v_event.faults - 1);
    v_failing_for := clock_timestamp() - coalesce(
      (select h.at from public.webhook_event_history h
        where h.webhook_event_id = p_id and h.version = v_event.version and h.to_status = 'failed'), clock_timestamp());
    v_pause := least(interval '1 hour', greatest(interval '30 seconds', v_failing_for));
    v_is_over := v_failing_for >= private.webhook_patience();
  else
    v_pause := interval '10 seconds' * 5 ^ (greatest(v_event.faults, 1) - 1);
    v_is_over := v_event.faults >= private.webhook_faults_allowed();
  end if;
  if v_is_over then
    update public.webhook_events set status = 'quarantined', faults = v_event.faults, last_error = left(p_note, 2000) where id = p_id;
    return 'quarantined';
  end if;
  -- Spread a little, so that all that failed together does not come back together.
  v_pause := v_pause * (1 + random() / 4);
  update public.webhook_events
  set status = 'failed', faults = v_event.faults, last_error = left(p_note, 2000), next_attempt_at = clock_timestamp() + v_pause
  where id = p_id;
  perform private.add_job('process_webhook', jsonb_build_object('webhookEventId', p_id), v_key, clock_timestamp() + v_pause);
  -- Whatever is tried again lets everything new go first: no storm of repetitions stands before a delivery.
  perform graphile_worker.reschedule_jobs(array(select j.id from graphile_worker.jobs j where j.key = v_key), priority => 10);
  return 'failed';
end
$$;
comment on function app.finish_webhook is
  'Worker: how an attempt ended: processed; ignored, with the reason; failed on the event itself; or unavailable, where its sender did not answer. A failure is tried again later, or quarantined. Returns the event''s status.';
grant execute on function app.start_webhook, app.finish_webhook to worker;

comment on function app.replay_webhook_event is
  'Operator: handles a stored event again, with all its attempts before it, be it quarantined or ended. Handlers re-read the object at its source, so a replay is always safe.';
