-- Chapter 20: what the chain says, now that a transfer may be mined under any of its attempts, or displaced.

create or replace function private.settle_transfer(p_transfer public.transfers) returns void
language plpgsql set search_path = ''
as $$
declare
  v_session public.onramp_sessions;
begin
  if p_transfer.kind = 'nonce_fill' then
    return;
  end if;
  select * into strict v_session from public.onramp_sessions where id = p_transfer.session_id;
  if p_transfer.kind = 'stripe_payout' and v_session.delivery = 'treasury' then
    perform private.move_in_ledger('onramp_funding', v_session.id,
      private.ledger_account('exchange', p_transfer.network, 'USDC'),
      private.ledger_account('treasury', p_transfer.network, 'USDC'), p_transfer.amount, false);
    perform private.add_job('deliver_onramp_session', jsonb_build_object('sessionId', v_session.id), 'deliver:' || v_session.id);
    return;
  end if;

  if p_transfer.kind = 'treasury_delivery' then
    perform private.finish_ledger_transfer(p_transfer.ledger_transfer_id, 'posted');
  end if;
  -- Whatever held it up, the chain has it now: the session passes through delivering to its end.
  update public.onramp_sessions set status = 'delivering' where id = v_session.id and status = 'needs_attention';
  update public.onramp_sessions set status = 'delivered', delivered_amount = p_transfer.amount
  where id = v_session.id and status in ('delivering', 'unknown');
  if found then
    perform private.issue_receipt(v_session.id);
  end if;
end
$$;

create or replace function private.fail_transfer(p_transfer public.transfers) returns void
language plpgsql set search_path = ''
as $$
begin
  if p_transfer.kind = 'nonce_fill' then
    return;
  end if;
  if p_transfer.kind = 'stripe_payout' then
    perform private.need_attention(p_transfer.session_id, 'funding_unverified',
      'The transaction that Stripe named does not pay the expected address. An operator looks into it.');
    return;
  end if;
  perform private.finish_ledger_transfer(p_transfer.ledger_transfer_id, 'voided');
  if p_transfer.failure = 'nonce_used' then
    -- None of its attempts can ever be mined: the place they all share is taken by a transaction that was found. So it is safe to begin anew.
    perform private.need_attention(p_transfer.session_id, 'delivery_displaced',
      'Another transaction took the place of this delivery in the treasury''s order, and nothing was sent. It is prepared again by itself.');
    perform private.add_job('deliver_onramp_session', jsonb_build_object('sessionId', p_transfer.session_id), 'deliver:' || p_transfer.session_id);
  else
    perform private.need_attention(p_transfer.session_id, 'delivery_failed', 'The delivery failed on chain and moved nothing. An operator looks into it.');
  end if;
end
$$;

drop function app.record_transfer_observation(uuid, text, text, numeric, integer, bigint, text, bigint);

create function app.record_transfer_observation(
  p_transfer_id uuid, p_state text, p_from_address text, p_amount numeric, p_log_index integer,
  p_block_number bigint, p_block_hash text, p_head_number bigint, p_hash text default null
) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  v_session_id uuid;
  v_transfer public.transfers;
  v_hash text;
  v_confirmations integer := greatest(0, p_head_number - p_block_number + 1);
begin
  select t.session_id into strict v_session_id from public.transfers t where t.id = p_transfer_id;
  perform from public.onramp_sessions where id = v_session_id for update;
  select * into strict v_transfer from public.transfers where id = p_transfer_id for update;
  v_hash := coalesce(lower(p_hash), v_transfer.hash);

  -- Another transaction has its nonce. That is believed only of one that is none of ours, and only once it is buried.
  if p_state = 'displaced' and v_transfer.kind <> 'stripe_payout' and v_transfer.status in ('prepared', 'signed', 'broadcast') then
    if exists (select from private.signed_transactions s where s.hash = v_hash) then
      raise exception 'Transaction % is one of ours and displaces nothing.', v_hash using errcode = 'CWSTA';
    end if;
    if v_confirmations >= v_transfer.required_confirmations then
      update public.transfers
      set status = 'failed', failure = 'nonce_used', displaced_by = v_hash, block_number = p_block_number, block_hash = lower(p_block_hash),
          confirmations = v_confirmations
      where id = p_transfer_id returning * into v_transfer;
      perform private.fail_transfer(v_transfer);
      return 'failed';
    end if;
  end if;
  if v_transfer.status not in ('broadcast', 'included') then
    return v_transfer.status;
  end if;
  if p_state = 'displaced' then
    p_state := 'pending';
  end if;

  -- One Transfer log pays for one session: whoever names it a second time is not paid by it.
  if p_state = 'included' and exists (
    select from public.transfers t
    where t.network = v_transfer.network and t.hash = v_hash and t.log_index = p_log_index and t.id <> p_transfer_id
  ) then
    p_state := 'mismatch';
  end if;

  -- A reorg took its block away, or has it mined elsewhere or by another attempt: its confirmations are counted again from nothing.
  if v_transfer.status = 'included'
    and (p_state in ('absent', 'pending') or (v_transfer.hash, v_transfer.block_hash) is distinct from (v_hash, lower(p_block_hash))) then
    update public.transfers set status = 'broadcast', block_number = null, block_hash = null, log_index = null, confirmations = 0
    where id = p_transfer_id;
  elsif p_state in ('absent', 'pending') and v_transfer.created_at < now() - interval '15 minutes' then
    if v_transfer.kind = 'stripe_payout' then
      perform private.need_attention(v_session_id, 'funding_unverified', 'The transaction that Stripe named is not on chain yet.');
    else
      update public.onramp_sessions set status = 'unknown' where id = v_session_id and status = 'delivering';
    end if;
  end if;

  if p_state in ('absent', 'pending') then
    if p_state = 'absent' and v_transfer.kind <> 'stripe_payout' then
      perform private.add_job('send_transfer', jsonb_build_object('transferId', p_transfer_id), 'send:' || p_transfer_id, null, 1000);
    end if;
  else
    update public.transfers
    set status = 'included', hash = v_hash, block_number = p_block_number, block_hash = lower(p_block_hash), confirmations = v_confirmations,
        log_index = case when p_state = 'included' then p_log_index end,
        from_address = coalesce(from_address, case when p_state = 'included' then lower(p_from_address) end),
        amount = case when p_state = 'included' and kind = 'stripe_payout' then p_amount else amount end
    where id = p_transfer_id
    returning * into v_transfer;
    update public.onramp_sessions set status = 'delivering'
    where id = v_session_id and (status = 'unknown' or (status = 'needs_attention' and attention_code in ('funding_unverified', 'delivery_refused')
      and p_state = 'included' and (v_transfer.kind = 'treasury_delivery' or delivery = 'stripe')));

    if v_confirmations >= v_transfer.required_confirmations then
      -- A log that moves another amount than we signed for is not our delivery, whatever its hash says. What fills a nonce has none.
      if (v_transfer.kind = 'nonce_fill' and p_state = 'filled') or (p_state = 'included' and v_transfer.amount = p_amount) then
        update public.transfers set status = 'confirmed' where id = p_transfer_id returning * into v_transfer;
        perform private.settle_transfer(v_transfer);
      else
        update public.transfers set status = 'failed', failure = case p_state when 'reverted' then 'reverted' else 'mismatch' end
        where id = p_transfer_id returning * into v_transfer;
        perform private.fail_transfer(v_transfer);
      end if;
    end if;
  end if;

  select * into strict v_transfer from public.transfers where id = p_transfer_id;
  if v_transfer.finalized_at is null then
    perform private.add_job('watch_transfer', jsonb_build_object('transferId', p_transfer_id), 'watch:' || p_transfer_id,
      now() + case when v_transfer.created_at > now() - interval '5 minutes' then interval '1 second' else interval '15 seconds' end, 1000);
  end if;
  return v_transfer.status;
end
$$;
comment on function app.record_transfer_observation is
  'Worker: what one look at the chain saw (absent, pending, included, filled, reverted, mismatch, displaced), of which transaction, at which head. Confirms, undoes or fails the transfer and moves its session. Returns the transfer''s status.';
grant execute on function app.record_transfer_observation to worker;

-- Whatever should be moving and has no job soon gets one: a lost job or a node that was away costs a minute, not the purchase.
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
    select 'process_webhook', jsonb_build_object('webhookEventId', w.id), 'webhook:' || w.id
    from public.webhook_events w where w.status = 'received' and w.received_at < now() - interval '1 minute'
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
comment on function app.schedule_stalled_work is 'Worker, at its start and every minute: frees the jobs of workers that died, and gives stalled rows a job that runs soon. Every task may run twice. Returns how many rows it found.';
