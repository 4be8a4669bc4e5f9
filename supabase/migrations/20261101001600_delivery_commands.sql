-- Chapter 16: the treasury's delivery, and what the chain says of every transfer. Lock order: session, transfer, ledger accounts.

create function private.need_attention(p_session_id uuid, p_code text, p_detail text) returns void
language sql set search_path = ''
begin atomic
  update public.onramp_sessions set status = 'needs_attention', attention_code = p_code, attention_detail = p_detail
  where id = p_session_id and status in ('funded', 'delivering', 'unknown', 'needs_attention');
end;
comment on function private.need_attention is 'Stops a session with the reason; it goes on as soon as the reason is gone.';

-- The treasury's balance was read on chain. What the ledger cannot explain is a top-up or a withdrawal by its owner.
create function app.record_treasury_balance(
  p_network text, p_asset text, p_address text, p_amount numeric, p_block_number bigint
) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_treasury public.ledger_accounts := private.ledger_account('treasury', p_network, p_asset);
  v_outside public.ledger_accounts := private.ledger_account('outside', p_network, p_asset);
  v_in_flight boolean;
  v_difference numeric;
begin
  perform from public.ledger_accounts where id in (v_treasury.id, v_outside.id) order by id for update;
  select * into strict v_treasury from public.ledger_accounts where id = v_treasury.id;

  -- A balance older than what we know to have moved, or than the last one read, says nothing about now.
  if exists (select from private.treasury_observations o
      where o.network = p_network and o.asset = p_asset and o.block_number >= p_block_number)
    or exists (select from public.transfers t
      where t.network = p_network and t.asset = p_asset and t.status = 'confirmed' and t.block_number > p_block_number
        and p_address in (t.from_address, t.to_address)) then
    return;
  end if;
  insert into private.treasury_observations (network, asset, block_number, amount)
  values (p_network, p_asset, p_block_number, p_amount)
  on conflict on constraint treasury_observations_pkey
    do update set block_number = excluded.block_number, amount = excluded.amount, observed_at = clock_timestamp();

  -- While our own transfers are on their way the chain may or may not count them yet, so only a clear surplus is believed.
  v_in_flight := v_treasury.held > 0;
  v_difference := p_amount - v_treasury.posted;
  if v_difference > 0 then
    perform private.move_in_ledger('treasury_adjustment', null, v_outside, v_treasury, v_difference, false);
  elsif v_difference < 0 and not v_in_flight then
    perform private.move_in_ledger('treasury_adjustment', null, v_treasury, v_outside, -v_difference, false);
  end if;
end
$$;
comment on function app.record_treasury_balance is 'Worker: a balance of the treasury as read at a block. Stale readings are dropped.';

-- What the buyer gets for the USDC that arrived: one for one, less the fee, rounded down to the base unit.
create function private.delivery_amount(p_received public.token_amount, p_asset public.asset, p_fee_basis_points integer) returns numeric
language sql immutable set search_path = ''
return div(p_received * (10::numeric ^ (private.decimals_of(p_asset) - private.decimals_of('USDC'))) * (10000 - p_fee_basis_points), 10000);
comment on function private.delivery_amount is 'Base units of the asset for base units of USDC, rounded down.';

create function app.start_onramp_delivery(
  p_session_id uuid, p_treasury_address text, p_chain_nonce bigint, p_required_confirmations integer
) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  v_session public.onramp_sessions;
  v_received numeric;
  v_amount numeric;
  v_treasury public.ledger_accounts;
  v_exchange public.ledger_accounts;
  v_ledger_transfer_id uuid;
  v_transfer_id uuid;
begin
  select * into strict v_session from public.onramp_sessions where id = p_session_id for update;
  if v_session.delivery <> 'treasury' or v_session.status not in ('funded', 'needs_attention')
    or exists (select from public.transfers t
      where t.session_id = p_session_id and t.kind = 'treasury_delivery' and t.status <> 'failed') then
    return v_session.status;
  end if;
  select t.amount into v_received from public.transfers t
  where t.session_id = p_session_id and t.kind = 'stripe_payout' and t.status = 'confirmed';
  if not found then
    return v_session.status;
  end if;

  v_amount := private.delivery_amount(v_received, v_session.asset, v_session.fee_basis_points);
  v_treasury := private.ledger_account('treasury', v_session.network, v_session.asset);
  v_exchange := private.ledger_account('exchange', v_session.network, v_session.asset);
  perform from public.ledger_accounts where id in (v_treasury.id, v_exchange.id) order by id for update;
  select * into strict v_treasury from public.ledger_accounts where id = v_treasury.id;
  if v_treasury.posted - v_treasury.held < v_amount then
    perform private.need_attention(p_session_id, 'treasury_short', 'The treasury holds less than this purchase needs. It continues by itself after a top-up.');
    perform private.add_job('deliver_onramp_session', jsonb_build_object('sessionId', p_session_id), 'deliver:' || p_session_id,
      now() + greatest(interval '5 seconds', least(interval '1 minute', (now() - v_session.created_at) / 20)));
    return 'needs_attention';
  end if;

  v_ledger_transfer_id := private.move_in_ledger('onramp_delivery', p_session_id, v_treasury, v_exchange, v_amount, true);
  insert into public.transfers (
    kind, session_id, ledger_transfer_id, status, network, asset, from_address, to_address, amount, nonce, required_confirmations
  ) values (
    'treasury_delivery', p_session_id, v_ledger_transfer_id, 'prepared', v_session.network, v_session.asset, p_treasury_address,
    v_session.wallet_address, v_amount, private.allocate_nonce(v_session.network, p_treasury_address, p_chain_nonce), p_required_confirmations
  ) returning id into v_transfer_id;
  update public.onramp_sessions set status = 'delivering' where id = p_session_id;
  perform private.add_job('send_transfer', jsonb_build_object('transferId', v_transfer_id), 'send:' || v_transfer_id, null, 1000);
  return 'delivering';
end
$$;
comment on function app.start_onramp_delivery is
  'Worker: holds the amount, takes a nonce and prepares the one transfer of a funded session; or says that the treasury is short. Returns our status.';

create function app.record_signed_transfer(p_transfer_id uuid, p_hash text, p_raw bytea) returns bytea
language plpgsql security definer set search_path = ''
as $$
declare
  v_status text;
begin
  select t.status into strict v_status from public.transfers t where t.id = p_transfer_id for update;
  if v_status = 'prepared' then
    insert into private.signed_transactions (transfer_id, raw) values (p_transfer_id, p_raw);
    update public.transfers set status = 'signed', hash = lower(p_hash) where id = p_transfer_id;
  end if;
  return (select s.raw from private.signed_transactions s where s.transfer_id = p_transfer_id);
end
$$;
comment on function app.record_signed_transfer is 'Worker: stores the signed bytes before any broadcast. The first wins; the bytes to broadcast are what it returns.';

create function app.read_signed_transfer(p_transfer_id uuid) returns bytea
language sql stable security definer set search_path = ''
return (select s.raw from private.signed_transactions s where s.transfer_id = p_transfer_id);
comment on function app.read_signed_transfer is 'Worker: the stored bytes of a transfer, or null before it was signed.';

create function app.record_broadcast(p_transfer_id uuid, p_outcome text, p_reason text) returns void
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
  perform private.add_job('watch_transfer', jsonb_build_object('transferId', p_transfer_id), 'watch:' || p_transfer_id);
end
$$;
comment on function app.record_broadcast is 'Worker: what the node said when the stored bytes were sent: accepted, known, unclear or refused.';

grant execute on function app.record_treasury_balance, app.start_onramp_delivery, app.record_signed_transfer,
  app.read_signed_transfer, app.record_broadcast to worker;
