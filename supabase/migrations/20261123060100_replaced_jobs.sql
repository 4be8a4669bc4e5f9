-- Found by the simulation: a job that a newer one replaced while its worker had it, and whose worker was then killed, stayed in the queue
-- for ever.

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
      and (s.status = 'funded' or (s.status = 'needs_attention' and s.attention_code in ('treasury_short', 'delivery_displaced')))
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
