-- A payment that comes after a session has ended is known for what it is: also after a rejection, and only for as long as Stripe keeps the money.

alter table public.onramp_sessions
  drop constraint onramp_sessions_paid_after_expiry_only_when_expired,
  add constraint onramp_sessions_paid_after_expiry_only_when_ended check (paid_after_expiry_at is null or status in ('expired', 'rejected'));
comment on column public.onramp_sessions.paid_after_expiry_at is
  'Stripe took a payment after this session had expired, or after it had rejected it; an operator settles it by hand.';

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
    v_session.stripe_status := p_stripe_status;
    update public.onramp_sessions set stripe_status = p_stripe_status where id = p_session_id;
  end if;

  -- By the furthest that Stripe ever said, and not by what was heard last: late news of a payment that was rejected since is none.
  if v_session.stripe_status = 'rejected' then
    update public.onramp_sessions set status = 'rejected' where id = p_session_id and status in ('awaiting_payment', 'processing');
    update public.onramp_sessions set paid_after_expiry_at = null
    where id = p_session_id and paid_after_expiry_at is not null and paid_after_expiry_settled_at is null;
  elsif v_session.stripe_status in ('fulfillment_processing', 'fulfillment_complete') then
    update public.onramp_sessions set status = 'processing' where id = p_session_id and status = 'awaiting_payment';
    update public.onramp_sessions set paid_after_expiry_at = clock_timestamp()
    where id = p_session_id and status in ('expired', 'rejected') and paid_after_expiry_at is null;
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
