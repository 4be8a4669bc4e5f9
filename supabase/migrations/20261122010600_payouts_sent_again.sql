-- Chapter 23: Stripe, too, may send a payout again with a higher fee. It then names another transaction for the same session.

create or replace function private.tg_transfers__guard() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    -- A payout of Stripe's is first heard of when it is already on its way.
    if new.status <> (case new.kind when 'stripe_payout' then 'broadcast' else 'prepared' end) then
      raise exception 'A % does not begin as %.', new.kind, new.status using errcode = 'CWSTA';
    end if;
    return new;
  end if;
  if (new.id, new.kind, new.session_id, new.network, new.asset, new.to_address, new.nonce, new.created_at)
    is distinct from (old.id, old.kind, old.session_id, old.network, old.asset, old.to_address, old.nonce, old.created_at)
    or (old.kind <> 'stripe_payout' and (new.amount, new.from_address) is distinct from (old.amount, old.from_address))
    -- It goes by another hash only while it is open: one of its own attempts, or, for a payout that no block has, what Stripe names now.
    or (old.hash is not null and new.hash is distinct from old.hash and (old.finalized_at is not null or not case old.kind
      when 'stripe_payout' then old.status = 'broadcast' and new.status = 'broadcast'
      else exists (select from private.signed_transactions s where s.transfer_id = old.id and s.hash = new.hash) end)) then
    raise exception 'What a transfer moves is never edited.' using errcode = 'CWSTA';
  end if;
  if new.status is distinct from old.status then
    new.version := old.version + 1;
    new.finalized_at := case when new.status in ('confirmed', 'failed') then clock_timestamp() end;
  end if;
  new.updated_at := clock_timestamp();
  return new;
end
$$;

create or replace function app.record_stripe_session(
  p_session_id uuid, p_stripe_session_id text, p_stripe_status text, p_transaction_hash text, p_required_confirmations integer
) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  v_order constant text[] := array['initialized', 'requires_payment', 'fulfillment_processing', 'rejected', 'fulfillment_complete'];
  v_session public.onramp_sessions;
  v_transfer_id uuid;
begin
  select * into v_session from public.onramp_sessions
  where id = p_session_id and stripe_session_id = p_stripe_session_id for update;
  if not found then
    raise exception 'Stripe session % is not the one that pays session %.', p_stripe_session_id, p_session_id using errcode = 'CWNTF';
  end if;
  if array_position(v_order, p_stripe_status) > array_position(v_order, v_session.stripe_status) then
    update public.onramp_sessions set stripe_status = p_stripe_status where id = p_session_id;
  end if;

  if p_stripe_status = 'rejected' then
    update public.onramp_sessions set status = 'rejected'
    where id = p_session_id and status in ('awaiting_payment', 'processing');
  elsif p_stripe_status in ('fulfillment_processing', 'fulfillment_complete') then
    update public.onramp_sessions set paid_after_expiry_at = coalesce(paid_after_expiry_at, clock_timestamp())
    where id = p_session_id and status = 'expired';
    update public.onramp_sessions set status = 'processing' where id = p_session_id and status = 'awaiting_payment';
  end if;

  -- Complete counts with its transaction only: without a hash there is nothing to verify.
  if p_stripe_status = 'fulfillment_complete' and p_transaction_hash is not null then
    update public.onramp_sessions set status = 'funded' where id = p_session_id and status = 'processing';
    if not exists (select from public.transfers t where t.session_id = p_session_id and t.kind = 'stripe_payout' and t.status <> 'failed') then
      insert into public.transfers (kind, session_id, status, network, asset, to_address, hash, required_confirmations)
      values ('stripe_payout', p_session_id, 'broadcast', v_session.settlement_network, 'USDC', v_session.settlement_address,
        lower(p_transaction_hash), p_required_confirmations)
      returning id into v_transfer_id;
    else
      -- Still one payout: the chain decides which of Stripe's transactions it was, and its log is counted once.
      update public.transfers t set hash = lower(p_transaction_hash)
      where t.session_id = p_session_id and t.kind = 'stripe_payout' and t.status = 'broadcast' and t.hash <> lower(p_transaction_hash)
      returning t.id into v_transfer_id;
    end if;
    if v_transfer_id is not null then
      perform private.add_job('watch_transfer', jsonb_build_object('transferId', v_transfer_id), 'watch:' || v_transfer_id);
    end if;
    if v_session.delivery = 'stripe' then
      update public.onramp_sessions set status = 'delivering' where id = p_session_id and status = 'funded';
    end if;
  elsif p_stripe_status in ('fulfillment_processing', 'fulfillment_complete') then
    perform private.add_job('sync_onramp_session', jsonb_build_object('sessionId', p_session_id), 'sync:' || p_session_id, now() + interval '30 seconds');
  end if;
  return (select status from public.onramp_sessions where id = p_session_id);
end
$$;
comment on function app.record_stripe_session is
  'Worker: what Stripe says of its session, re-read there. Idempotent and monotone: late, repeated and reordered news change nothing, and a payout that no block has goes by the hash that Stripe names now. Returns our status.';

-- Asking Stripe costs a call for each session, so those that wait long are asked more seldom: after an hour every quarter of an hour, after six every hour.
create or replace function app.reread_open_sessions(p_spread_seconds integer) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  v_count integer := 0;
  v_round bigint := floor(extract(epoch from now()) / 300);
  v_session_id uuid;
begin
  for v_session_id in
    select s.id from public.onramp_sessions s
    where s.finalized_at is null and s.status = 'awaiting_payment'
      and (v_round + hashtext(s.id::text)) % (case when s.created_at > now() - interval '1 hour' then 1 when s.created_at > now() - interval '6 hours' then 3 else 12 end) = 0
    union all
    select t.session_id from public.transfers t
    where t.finalized_at is null and t.kind = 'stripe_payout' and t.status = 'broadcast' and t.created_at < now() - interval '5 minutes'
  loop
    continue when exists (select from graphile_worker.jobs j where j.key = 'sync:' || v_session_id
      and (j.locked_at is not null or j.run_at < now() + interval '1 minute'));
    perform private.add_job('sync_onramp_session', jsonb_build_object('sessionId', v_session_id), 'sync:' || v_session_id,
      now() + random() * p_spread_seconds * interval '1 second');
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;
comment on function app.reread_open_sessions is
  'Worker, every five minutes: lets each session that waits for its payment, or for a payout that no block has yet, be read again at Stripe, spread over the given time. Whatever else should move, app.schedule_stalled_work moves. Returns how many.';
