-- Chapter 15: what the worker learned from Stripe. Each command takes any outcome in any order, twice or late, and converges.

create function app.open_onramp_checkout(
  p_session_id uuid, p_stripe_session_id text, p_checkout_url text,
  p_response_status integer default null, p_response_body bytea default null, p_secret_hash bytea default null
) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_session public.onramp_sessions;
begin
  -- The key before its session, as app.create_onramp_session locks them.
  perform from public.idempotency_keys where resource_id = p_session_id for update;
  select * into strict v_session from public.onramp_sessions where id = p_session_id for update;
  if v_session.secret_hash <> p_secret_hash then
    raise exception 'A repetition of this request has taken it over. Send it again for its answer.' using errcode = 'CWIKP';
  end if;
  if v_session.status = 'created' then
    update public.onramp_sessions
    set status = 'awaiting_payment', stripe_session_id = p_stripe_session_id, checkout_url = p_checkout_url, stripe_status = 'initialized'
    where id = p_session_id;
  elsif v_session.stripe_session_id is distinct from p_stripe_session_id then
    raise exception 'Session % is paid through another Stripe session.', p_session_id using errcode = 'CWSTA';
  end if;
  if p_response_body is not null then
    update public.idempotency_keys set response_status = p_response_status, response_body = p_response_body
    where resource_id = p_session_id and response_status is null;
  end if;
end
$$;
comment on function app.open_onramp_checkout is
  'Worker: Stripe has a session to pay with; stores the sealed answer for the idempotency key in the same transaction. The answer''s secret is given with it, and has to be the session''s.';

-- Where Stripe is, in our words. It only ever moves a session forward.
create function app.record_stripe_session(
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
  'Worker: what Stripe says of its session, re-read there. Idempotent and monotone: late, repeated and reordered news change nothing. Returns our status.';

create function app.expire_onramp_session(p_session_id uuid) returns text
language plpgsql security definer set search_path = ''
as $$
begin
  update public.onramp_sessions set status = 'expired'
  where id = p_session_id and status in ('created', 'awaiting_payment') and expires_at <= now();
  return (select status from public.onramp_sessions where id = p_session_id);
end
$$;
comment on function app.expire_onramp_session is 'Worker: ends a session that nobody paid, after its time, once Stripe was asked. Returns our status.';

grant execute on function app.open_onramp_checkout, app.record_stripe_session, app.expire_onramp_session,
  app.release_idempotency_key to worker;
