-- What the simulation found (docs/simulation.md).

create or replace function app.schedule_stalled_work() returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  v_count integer := 0;
  v_row record;
begin
  -- A worker that was killed leaves its jobs locked, and the queue itself would give them back after four hours. A long-lived
  -- worker holds an advisory lock in its pool's name while it lives (lib/jobs/alive.ts), so one that can be taken here tells that
  -- it died. Whoever holds none, such as a request that drains the queue, has two minutes: no task of ours runs that long.
  perform graphile_worker.force_unlock_workers(array(
    select distinct j.locked_by from graphile_worker.jobs j
    where j.locked_at < now() - interval '2 minutes'
      or (j.locked_by like 'pool-%' and pg_try_advisory_xact_lock(hashtextextended(j.locked_by, 0)))));

  -- What was replaced while it ran is its worker's to remove. A worker that died leaves it there for ever, as if it had failed.
  delete from graphile_worker._private_jobs j
  where j.locked_at is null and j.attempts >= j.max_attempts and private.is_replaced(j.key, j.payload);

  for v_row in
    select 'watch_transfer' as task, jsonb_build_object('transferId', t.id) as payload, 'watch:' || t.id as job_key
    from public.transfers t where t.finalized_at is null and t.status in ('broadcast', 'included') and t.updated_at < now() - interval '1 minute'
    union all
    select 'send_transfer', jsonb_build_object('transferId', t.id), 'send:' || t.id
    from public.transfers t where t.finalized_at is null and t.status in ('prepared', 'signed') and t.updated_at < now() - interval '1 minute'
    union all
    select 'deliver_onramp_session', jsonb_build_object('sessionId', s.id), 'deliver:' || s.id
    from public.onramp_sessions s
    where s.finalized_at is null and s.delivery = 'treasury' and s.updated_at < now() - interval '1 minute'
      and (s.status = 'funded' or (s.status = 'needs_attention' and (s.attention_code in ('treasury_short', 'delivery_displaced')
        -- Its payout came late and is confirmed by now: what is left is the delivery.
        or (s.attention_code = 'funding_unverified' and exists (select from public.transfers t
          where t.session_id = s.id and t.kind = 'stripe_payout' and t.status = 'confirmed')))))
    union all
    select 'sync_onramp_session', jsonb_build_object('sessionId', s.id), 'sync:' || s.id
    from public.onramp_sessions s
    where s.finalized_at is null and s.status = 'processing' and s.updated_at < now() - interval '1 minute'
    union all
    select 'expire_onramp_session', jsonb_build_object('sessionId', s.id), 'expire:' || s.id
    from public.onramp_sessions s
    where s.finalized_at is null and s.status in ('created', 'awaiting_payment') and s.expires_at < now() - interval '1 minute'
    union all
    -- An event that waits for its next attempt is not stalled before its time.
    select 'process_webhook', jsonb_build_object('webhookEventId', w.id), 'webhook:' || w.id
    from public.webhook_events w
    where w.status in ('received', 'failed') and coalesce(w.next_attempt_at, w.received_at) < now() - interval '1 minute'
  loop
    -- The queue waits ever longer after failures, up to six hours. Money on its way does not: what waits longer than a minute begins anew.
    continue when exists (select from graphile_worker.jobs j where j.key = v_row.job_key and j.attempts < j.max_attempts
      and (j.locked_at is not null or j.run_at < now() + interval '1 minute'));
    perform private.add_job(v_row.task, v_row.payload, v_row.job_key);
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

create or replace function app.record_broadcast(p_transfer_id uuid, p_outcome text, p_reason text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_session_id uuid;
  v_status text;
begin
  select t.session_id into strict v_session_id from public.transfers t where t.id = p_transfer_id;
  perform from public.onramp_sessions where id = v_session_id for update;
  select t.status into strict v_status from public.transfers t where t.id = p_transfer_id for update;
  if v_status not in ('signed', 'broadcast') then
    return;
  end if;
  if p_outcome in ('accepted', 'known') then
    if v_status = 'signed' then
      update public.transfers set status = 'broadcast' where id = p_transfer_id;
    end if;
    update public.onramp_sessions set status = 'delivering' where id = v_session_id and status in ('unknown', 'needs_attention');
  elsif p_outcome = 'unclear' then
    -- It may be in the network: from here it is watched, and only these same bytes are ever sent again.
    if v_status = 'signed' then
      update public.transfers set status = 'broadcast' where id = p_transfer_id;
    end if;
    update public.onramp_sessions set status = 'unknown' where id = v_session_id and status = 'delivering';
  else
    -- Refused for certain: the same bytes are offered again once the reason, such as missing gas, is gone.
    perform private.need_attention(v_session_id, 'delivery_refused', p_reason);
    perform private.add_job('send_transfer', jsonb_build_object('transferId', p_transfer_id), 'send:' || p_transfer_id,
      now() + interval '15 seconds', 1000);
    return;
  end if;
  -- A node that takes it and does not know it afterwards would make looks and broadcasts follow each other without a pause.
  perform private.add_job('watch_transfer', jsonb_build_object('transferId', p_transfer_id), 'watch:' || p_transfer_id,
    case when v_status = 'broadcast' then now() + interval '1 second' end);
end
$$;

create or replace function private.tg_reconciliation_findings__guard() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if old.cleared_at is not null
    or (new.id, new.kind, new.subject, new.first_seen_at) is distinct from (old.id, old.kind, old.subject, old.first_seen_at) then
    raise exception 'A finding is seen again or cleared, and nothing else.' using errcode = 'CWSTA';
  end if;
  -- A clock that was set back must not keep anybody from clearing what was seen before.
  new.last_seen_at := greatest(new.last_seen_at, old.last_seen_at);
  new.cleared_at := greatest(new.cleared_at, case when new.cleared_at is not null then new.last_seen_at end);
  return new;
end
$$;
