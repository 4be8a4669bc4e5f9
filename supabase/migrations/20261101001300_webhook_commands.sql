-- Chapter 13: what may be done to the inbox.

create function app.receive_webhook(
  p_source text, p_event_id text, p_type text, p_body bytea, p_signature text, p_signed_at timestamptz
) returns table (id uuid, is_new boolean)
language plpgsql security definer set search_path = ''
as $$
declare
  v_id uuid;
  v_hash bytea;
begin
  insert into public.webhook_events (source, event_id, type, body, signature, signed_at)
  values (p_source, p_event_id, p_type, p_body, p_signature, p_signed_at)
  on conflict on constraint webhook_events_source_event_id_key do nothing
  returning webhook_events.id into v_id;
  if v_id is not null then
    perform private.add_job('process_webhook', jsonb_build_object('webhookEventId', v_id), 'webhook:' || v_id);
    return query select v_id, true;
    return;
  end if;

  update public.webhook_events w set deliveries = w.deliveries + 1
  where w.source = p_source and w.event_id = p_event_id
  returning w.id, w.body_hash into v_id, v_hash;
  if v_hash <> sha256(p_body) then
    perform private.write_audit('webhook.body_changed', v_id::text, jsonb_build_object('body_sha256', encode(sha256(p_body), 'hex')));
  end if;
  return query select v_id, false;
end
$$;
comment on function app.receive_webhook is
  'Webhook: stores a signed event once and queues its effect. A second delivery is counted; another body under a known id is audited, and the first body stands.';
revoke all on function app.receive_webhook from public;
grant execute on function app.receive_webhook to webhook;

create function app.start_webhook(p_id uuid)
returns table (source text, event_id text, type text, body bytea, status text)
language sql security definer set search_path = ''
begin atomic
  update public.webhook_events w set attempts = w.attempts + 1, last_attempt_at = clock_timestamp()
  where w.id = p_id and w.status in ('received', 'failed')
  returning w.source, w.event_id, w.type, w.body, w.status;
end;
comment on function app.start_webhook is 'Worker: counts an attempt and returns the event; no row when it is already done.';

create function app.finish_webhook(p_id uuid, p_status text, p_note text) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  if p_status not in ('processed', 'ignored', 'failed') then
    raise exception 'A webhook does not end as %.', p_status using errcode = 'CWSTA';
  end if;
  -- A failed attempt after a failed one changes only the reason.
  update public.webhook_events set status = p_status, last_error = case when p_status = 'failed' then p_note end
  where id = p_id and status in ('received', 'failed');
end
$$;
comment on function app.finish_webhook is 'Worker: records how an attempt ended: processed, ignored, or failed with the reason.';
grant execute on function app.start_webhook, app.finish_webhook to worker;

create function app.replay_webhook_event(p_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_status text;
begin
  perform private.require_operator();
  select w.status into v_status from public.webhook_events w where w.id = p_id for update;
  if not found then
    raise exception 'There is no such webhook.' using errcode = 'CWNTF';
  end if;
  if v_status <> 'received' then
    update public.webhook_events set status = 'received' where id = p_id;
  end if;
  perform private.add_job('process_webhook', jsonb_build_object('webhookEventId', p_id), 'webhook:' || p_id);
  perform private.write_audit('webhook.replay', p_id::text, jsonb_build_object('from_status', v_status));
end
$$;
comment on function app.replay_webhook_event is 'Operator: handles a stored event again. Handlers re-read the object at its source, so a replay is always safe.';
grant execute on function app.replay_webhook_event to authenticated;
