-- Deliveries that come at the same time are stored together: one statement, one commit, one call to the queue.

-- The first line of an event's history, for all rows of a statement at once.
create function private.tg_webhook_events__write_first_history() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_actor constant text := private.actor();
begin
  if exists (select from inserted i where i.status <> 'received') then
    raise exception 'A webhook begins as received.' using errcode = 'CWSTA';
  end if;
  insert into public.webhook_event_history (webhook_event_id, version, from_status, to_status, actor)
  select i.id, 1, null, i.status, v_actor from inserted i;
  return null;
end
$$;
drop trigger webhook_events_write_first_history on public.webhook_events;
create trigger webhook_events_write_first_history after insert on public.webhook_events
  referencing new table as inserted for each statement execute function private.tg_webhook_events__write_first_history();

create or replace function private.tg_webhook_events__write_history() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.webhook_event_history (webhook_event_id, version, from_status, to_status, actor)
  values (new.id, new.version, old.status, new.status, private.actor());
  return null;
end
$$;

-- The plans of this command and of the queue's own are the same whatever the values, and making them takes longer than running
-- them: each is made once a connection. One made while the queue was empty must not read it from end to end ever after.
create function app.receive_webhooks(p_source text, p_deliveries jsonb) returns table (event_id text, id uuid, is_new boolean)
language plpgsql security definer set search_path = '' set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
declare
  v_stored record;
  v_body bytea;
  v_new uuid[] := '{}';
  v_new_event_ids text[] := '{}';
begin
  if p_deliveries @? '$[*] ? (@.signature == "fetched")' then
    raise exception 'What is delivered is signed.' using errcode = 'CWSTA';
  end if;
  for v_stored in
    insert into public.webhook_events as w (source, event_id, type, body, signature, signed_at)
    select p_source, d.event_id, d.type, decode(d.body, 'base64'), d.signature, d.signed_at
    from jsonb_to_recordset(p_deliveries) as d (event_id text, type text, body text, signature text, signed_at timestamptz)
    -- In one order everywhere, so that two calls with the same events wait for each other, and not in a circle.
    order by d.event_id
    on conflict on constraint webhook_events_source_event_id_key do update set deliveries = w.deliveries + 1
    returning w.id, w.event_id, w.body_hash, w.signature, xmax = 0 as is_new
  loop
    if v_stored.is_new then
      v_new := v_new || v_stored.id;
      v_new_event_ids := v_new_event_ids || v_stored.event_id;
    -- A fetched body is a copy with its own spacing: only two bodies that were both signed can contradict each other.
    elsif v_stored.signature <> 'fetched' then
      select decode(d.body, 'base64') into strict v_body
      from jsonb_to_recordset(p_deliveries) as d (event_id text, body text) where d.event_id = v_stored.event_id;
      if sha256(v_body) <> v_stored.body_hash then
        perform private.write_audit('webhook.body_changed', v_stored.id::text, jsonb_build_object('body_sha256', encode(sha256(v_body), 'hex')));
      end if;
    end if;
    event_id := v_stored.event_id;
    id := v_stored.id;
    is_new := v_stored.is_new;
    return next;
  end loop;
  if v_new <> '{}' then
    perform graphile_worker.add_jobs(array(
      select ('process_webhook', jsonb_strip_nulls(jsonb_build_object('webhookEventId', n.id, 'cause', d.cause)), null, null, null,
        'webhook:' || n.id, null, null)::graphile_worker.job_spec
      from unnest(v_new, v_new_event_ids) as n (id, event_id)
      join jsonb_to_recordset(p_deliveries) as d (event_id text, cause jsonb) on d.event_id = n.event_id));
  end if;
end
$$;
comment on function app.receive_webhooks is
  'Webhook: stores signed events, each once, and queues their effects, all in one commit. An event is at most once among them. A second delivery is counted; another body under a known id is audited, and the first body stands. The body is base64; the cause is that of the request (private.job_cause).';
revoke all on function app.receive_webhooks from public;
grant execute on function app.receive_webhooks to webhook;

create or replace function app.receive_webhook(
  p_source text, p_event_id text, p_type text, p_body bytea, p_signature text, p_signed_at timestamptz
) returns table (id uuid, is_new boolean)
language sql security definer set search_path = ''
begin atomic
  select r.id, r.is_new from app.receive_webhooks(p_source, jsonb_build_array(jsonb_build_object(
    'event_id', p_event_id, 'type', p_type, 'body', encode(p_body, 'base64'), 'signature', p_signature, 'signed_at', p_signed_at))) r;
end;
comment on function app.receive_webhook is 'Webhook: app.receive_webhooks for one event. The release before this one calls it.';

-- Each job that a command adds, likewise.
alter function private.add_job set plan_cache_mode = force_generic_plan;
alter function private.add_job set enable_seqscan = off;
