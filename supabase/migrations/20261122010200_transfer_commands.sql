-- Chapter 19: signing, signing again, giving up and filling gaps. Lock order as in chapter 16: session, transfer, ledger accounts.

create or replace function app.record_signed_transfer(p_transfer_id uuid, p_hash text, p_raw bytea) returns bytea
language plpgsql security definer set search_path = ''
as $$
declare
  v_status text;
begin
  select t.status into strict v_status from public.transfers t where t.id = p_transfer_id for update;
  if v_status = 'prepared' then
    insert into private.signed_transactions (transfer_id, attempt, hash, raw) values (p_transfer_id, 1, lower(p_hash), p_raw);
    update public.transfers set status = 'signed', hash = lower(p_hash) where id = p_transfer_id;
  end if;
  return app.read_signed_transfer(p_transfer_id);
end
$$;
comment on function app.record_signed_transfer is 'Worker: stores the signed bytes before any broadcast. The first wins; the bytes to broadcast are what it returns.';

create or replace function app.read_signed_transfer(p_transfer_id uuid) returns bytea
language sql stable security definer set search_path = ''
return (select s.raw from private.signed_transactions s where s.transfer_id = p_transfer_id order by s.attempt desc limit 1);
comment on function app.read_signed_transfer is 'Worker: the newest stored bytes of a transfer, or null before it was signed.';

create function app.read_transfer_attempts(p_transfer_id uuid)
returns table (attempt integer, hash text, raw bytea, age_seconds double precision)
language sql stable security definer set search_path = ''
begin atomic
  select s.attempt, s.hash::text, s.raw, extract(epoch from clock_timestamp() - s.signed_at)::double precision
  from private.signed_transactions s where s.transfer_id = p_transfer_id order by s.attempt desc;
end;
comment on function app.read_transfer_attempts is 'Worker: every attempt of a transfer, the newest first, and how long ago it was signed.';

create function app.record_replacement(p_transfer_id uuid, p_attempt integer, p_hash text, p_raw bytea) returns bytea
language plpgsql security definer set search_path = ''
as $$
declare
  v_session_id uuid;
  v_status text;
  v_last private.signed_transactions;
begin
  select t.session_id into strict v_session_id from public.transfers t where t.id = p_transfer_id;
  perform from public.onramp_sessions where id = v_session_id for update;
  select t.status into strict v_status from public.transfers t where t.id = p_transfer_id for update;
  select * into v_last from private.signed_transactions s where s.transfer_id = p_transfer_id order by s.attempt desc limit 1;
  -- Only what is signed and not mined, one attempt after the other, and neither in a storm nor for ever.
  if v_status in ('signed', 'broadcast') and p_attempt = v_last.attempt + 1 and p_attempt <= 20
    and v_last.signed_at < clock_timestamp() - interval '15 seconds' then
    insert into private.signed_transactions (transfer_id, attempt, hash, raw) values (p_transfer_id, p_attempt, lower(p_hash), p_raw);
    update public.transfers set hash = lower(p_hash) where id = p_transfer_id;
  end if;
  return (select s.raw from private.signed_transactions s where s.transfer_id = p_transfer_id and s.attempt = p_attempt);
end
$$;
comment on function app.record_replacement is
  'Worker: stores the bytes of the next attempt before any broadcast. The first of two workers wins, and both get its bytes; null when this transfer is not to be signed again now.';

create function app.record_unsigned(p_transfer_id uuid, p_reason text, p_detail text) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  v_session_id uuid;
  v_transfer public.transfers;
begin
  if p_reason not in ('fees', 'short', 'reverts') then
    raise exception 'A transfer is not left unsigned for %.', p_reason using errcode = 'CWSTA';
  end if;
  select t.session_id into strict v_session_id from public.transfers t where t.id = p_transfer_id;
  perform from public.onramp_sessions where id = v_session_id for update;
  select * into strict v_transfer from public.transfers where id = p_transfer_id for update;
  if v_transfer.status <> 'prepared' then
    return v_transfer.status;
  end if;
  -- It holds a place in the treasury's order that others wait behind, so it is not kept for what does not pass by itself.
  if p_reason <> 'fees' and v_transfer.kind = 'treasury_delivery' and v_transfer.created_at < now() - interval '2 minutes' then
    update public.transfers set status = 'failed', failure = 'released' where id = p_transfer_id;
    perform private.finish_ledger_transfer(v_transfer.ledger_transfer_id, 'voided');
    perform private.need_attention(v_session_id, case p_reason when 'short' then 'treasury_short' else 'delivery_failed' end, p_detail);
    if p_reason = 'short' then
      perform private.add_job('deliver_onramp_session', jsonb_build_object('sessionId', v_session_id), 'deliver:' || v_session_id);
    end if;
    return 'failed';
  end if;
  perform private.need_attention(v_session_id, 'delivery_refused', p_detail);
  perform private.add_job('send_transfer', jsonb_build_object('transferId', p_transfer_id), 'send:' || p_transfer_id,
    now() + interval '15 seconds', 1000);
  return 'prepared';
end
$$;
comment on function app.record_unsigned is
  'Worker: a prepared transfer cannot be signed now: the fees are above the cap (fees), the treasury holds too little on chain (short), or the token refuses it (reverts). The last two give it up after two minutes. Returns its status.';

create function app.fill_nonce_gap(
  p_network text, p_address text, p_chain_nonce bigint, p_required_confirmations integer
) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  v_filled integer := 0;
  v_transfer_id uuid;
begin
  -- The lock under which nonces are given out: while it is held, nobody comes to hold the one that is missing.
  perform from private.nonces n where n.network = p_network and n.address = p_address for update;
  -- A gap is what the chain waits for, nobody here holds, and something of ours waits behind.
  while v_filled < 20
    and not exists (select from public.transfers t where t.network = p_network and t.from_address = p_address
      and t.nonce = p_chain_nonce and t.failure is distinct from 'released')
    and exists (select from public.transfers t where t.network = p_network and t.from_address = p_address
      and t.nonce > p_chain_nonce and t.finalized_at is null)
  loop
    insert into public.transfers (kind, status, network, from_address, to_address, nonce, required_confirmations)
    values ('nonce_fill', 'prepared', p_network, p_address, p_address, p_chain_nonce, p_required_confirmations)
    returning id into v_transfer_id;
    perform private.add_job('send_transfer', jsonb_build_object('transferId', v_transfer_id), 'send:' || v_transfer_id, null, 1000);
    v_filled := v_filled + 1;
    p_chain_nonce := p_chain_nonce + 1;
  end loop;
  return v_filled;
end
$$;
comment on function app.fill_nonce_gap is
  'Worker: the chain''s next nonce of the address, as read. Where nobody holds it and transfers of ours wait behind it, prepares an empty transfer to itself for it, and for those after it. Returns how many.';

grant execute on function app.read_transfer_attempts, app.record_replacement, app.record_unsigned, app.fill_nonce_gap to worker;
