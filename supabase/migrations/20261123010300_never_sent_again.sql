-- A delivery that the chain took, and that is not what was meant, may have moved tokens. It is never sent again: not by hand, not by a job.

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
  elsif p_transfer.failure = 'mismatch' then
    perform private.need_attention(p_transfer.session_id, 'delivery_mismatch',
      'The delivery is on chain and is not what was agreed: tokens may have moved, so it is not sent again. An operator looks into it.');
  else
    perform private.need_attention(p_transfer.session_id, 'delivery_failed', 'The delivery failed on chain and moved nothing. An operator looks into it.');
  end if;
end
$$;

-- What waits since before says the same.
update public.onramp_sessions s
set attention_code = 'delivery_mismatch',
  attention_detail = 'The delivery is on chain and is not what was agreed: tokens may have moved, so it is not sent again. An operator looks into it.'
where s.status = 'needs_attention' and s.attention_code = 'delivery_failed' and exists (
  select from public.transfers t where t.session_id = s.id and t.kind = 'treasury_delivery' and t.failure = 'mismatch');

create or replace function app.start_onramp_delivery(
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
  -- One delivery at a time, and none after one that may have paid somebody.
  if v_session.delivery <> 'treasury' or v_session.status not in ('funded', 'needs_attention')
    or exists (select from public.transfers t
      where t.session_id = p_session_id and t.kind = 'treasury_delivery' and (t.status <> 'failed' or t.failure = 'mismatch')) then
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

create or replace function app.retry_onramp_delivery(p_session_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_delivery text;
begin
  perform private.require_operator();
  select s.delivery into v_delivery from public.onramp_sessions s where s.id = p_session_id and s.status = 'needs_attention' for update;
  if not found then
    raise exception 'This session does not wait for attention.' using errcode = 'CWSTA';
  end if;
  if v_delivery <> 'treasury' then
    raise exception 'Stripe delivers this purchase: there is nothing of ours to send.' using errcode = 'CWSTA';
  end if;
  if exists (select from public.transfers t
    where t.session_id = p_session_id and t.kind = 'treasury_delivery' and t.failure = 'mismatch') then
    raise exception 'Its delivery is on chain and is not what was agreed: tokens may have moved. It is not sent again.' using errcode = 'CWSTA';
  end if;
  perform private.add_job('deliver_onramp_session', jsonb_build_object('sessionId', p_session_id), 'deliver:' || p_session_id);
  perform private.write_audit('onramp.retry_delivery', p_session_id::text);
end
$$;
comment on function app.retry_onramp_delivery is
  'Operator: tries the treasury''s delivery of a waiting session again. It is sent at most once, whoever asks how often; and not at all after one that the chain took and that is not what was agreed.';
