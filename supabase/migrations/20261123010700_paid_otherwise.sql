-- What took a delivery's place in the treasury's order may have paid its buyer: what was signed again before a restore, or sent by hand.

alter table public.transfers
  drop constraint transfers_displaced_iff_nonce_used,
  add constraint transfers_displaced_only_by_another check (
    (failure is distinct from 'nonce_used' or displaced_by is not null)
    and (displaced_by is null or failure is not distinct from 'nonce_used' or failure is not distinct from 'mismatch')),
  drop constraint transfers_hash_known_once_signed,
  add constraint transfers_hash_known_once_signed check (
    status = 'prepared' or hash is not null or displaced_by is not null or failure is not distinct from 'released');
comment on column public.transfers.failure is
  'Why it is not the delivery: reverted (mined, and moved nothing), mismatch (tokens moved, and not as was meant), nonce_used (another transaction took its place for good, and paid nobody of ours), released (never signed, and given up).';
comment on column public.transfers.displaced_by is 'The transaction that was found in its place. Of a mismatch: it moved the token to the same recipient.';

create or replace function app.record_transfer_observation(
  p_transfer_id uuid, p_state text, p_from_address text, p_amount numeric, p_log_index integer,
  p_block_number bigint, p_block_hash text, p_head_number bigint, p_hash text default null
) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  v_session_id uuid;
  v_transfer public.transfers;
  v_hash text;
  v_paid_otherwise boolean := false;
  v_confirmations integer := greatest(0, p_head_number - p_block_number + 1);
begin
  select t.session_id into strict v_session_id from public.transfers t where t.id = p_transfer_id;
  perform from public.onramp_sessions where id = v_session_id for update;
  select * into strict v_transfer from public.transfers where id = p_transfer_id for update;
  v_hash := coalesce(lower(p_hash), v_transfer.hash);

  -- Another transaction has its nonce. That is believed only of one that is none of ours, and only once it is buried. Where it moved the
  -- token to the same recipient, who has been paid is not paid again.
  if p_state = 'paid_otherwise' then
    p_state := 'displaced';
    v_paid_otherwise := true;
  end if;
  if p_state = 'displaced' and v_transfer.kind <> 'stripe_payout' and v_transfer.status in ('prepared', 'signed', 'broadcast') then
    if exists (select from private.signed_transactions s where s.hash = v_hash) then
      raise exception 'Transaction % is one of ours and displaces nothing.', v_hash using errcode = 'CWSTA';
    end if;
    if v_confirmations >= v_transfer.required_confirmations then
      update public.transfers
      set status = 'failed', failure = case when v_paid_otherwise then 'mismatch' else 'nonce_used' end, displaced_by = v_hash, block_number = p_block_number, block_hash = lower(p_block_hash),
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
  'Worker: what one look at the chain saw (absent, pending, included, filled, reverted, mismatch, displaced, paid_otherwise), of which transaction, at which head. Confirms, undoes or fails the transfer and moves its session. Returns the transfer''s status.';
