-- Chapter 38: executing a payment. What Circle and the chain say is recorded, and decided upon, here.
-- Lock order: wallet set, intent, transfer, ledger accounts.

create function private.issue_intent_receipt(p_intent_id uuid) returns void
language plpgsql set search_path = ''
as $$
declare
  v_year integer := extract(year from now() at time zone 'UTC');
  v_number integer;
begin
  insert into private.receipt_numbers (year, last_number) values (v_year, 1)
  on conflict (year) do update set last_number = private.receipt_numbers.last_number + 1
  returning last_number into v_number;
  insert into public.receipts (number, intent_id)
  values (format('CW-%s-%s', v_year, lpad(v_number::text, greatest(6, length(v_number::text)), '0')), p_intent_id);
end
$$;
comment on function private.issue_intent_receipt is 'Issues the one receipt of a settled payment, in the same row of numbers as those of purchases.';

create function private.lock_intent(p_id uuid) returns public.intents
language plpgsql set search_path = ''
as $$
declare
  v public.intents;
begin
  perform from public.wallet_sets s where s.id = (select i.wallet_set_id from public.intents i where i.id = p_id) for update;
  select * into v from public.intents i where i.id = p_id for update;
  if not found then
    raise exception 'There is no such payment.' using errcode = 'CWNTF';
  end if;
  return v;
end
$$;
comment on function private.lock_intent is 'The payment, with all its person''s wallets locked.';

create function private.read_wallet_soon(p_wallet_id uuid, p_delay interval default interval '0') returns void
language sql set search_path = ''
begin atomic
  select private.add_job('read_wallet', jsonb_build_object('walletId', p_wallet_id), 'read_wallet:' || p_wallet_id, now() + p_delay);
end;
comment on function private.read_wallet_soon is 'Has a wallet''s balance read on chain.';

create function private.end_intent(p_id uuid, p_status text, p_reason text) returns text
language plpgsql set search_path = ''
as $$
declare
  v public.intents := private.lock_intent(p_id);
begin
  if p_status not in ('settled', 'failed', 'unknown') then
    raise exception 'A payment does not end as %.', p_status using errcode = 'CWSTA';
  end if;
  if v.status not in ('executing', 'unknown') then
    return v.status;
  end if;
  if v.status = p_status then
    update public.intents set reason = p_reason where id = p_id and reason is distinct from p_reason;
    return p_status;
  end if;
  update public.intents set status = p_status, reason = p_reason where id = p_id;
  if p_status = 'settled' then
    perform private.end_hold(p_id, 'committed');
    insert into private.paid_recipients (wallet_set_id, address) values (v.wallet_set_id, v.recipient_address)
    on conflict on constraint paid_recipients_pkey do nothing;
    perform private.issue_intent_receipt(p_id);
    -- Whoever was paid may have their wallet here too.
    perform private.read_wallet_soon(w.id, interval '1 second') from public.wallets w
    where w.network = v.network and w.address = v.recipient_address and w.kind = 'circle';
  elsif p_status = 'failed' then
    perform private.end_hold(p_id, 'released');
  end if;
  return p_status;
end
$$;
comment on function private.end_intent is 'settled when its Transfer was read on chain, failed when it certainly never will be; unknown keeps the hold. Returns its status.';

create or replace function app.finish_intent(p_id uuid, p_status text, p_reason text) returns text
language plpgsql security definer set search_path = ''
as $$
begin
  if exists (select from public.intents i where i.id = p_id and i.agent_id is not null) then
    raise exception 'What Circle pays ends with its transfer.' using errcode = 'CWSTA';
  end if;
  return private.end_intent(p_id, p_status, p_reason);
end
$$;
comment on function app.finish_intent is
  'Worker: how a payment ended that a person signed: settled when its Transfer was read on chain, failed when it certainly never will be; unknown keeps its place in the budgets. Returns its status.';

create function private.execute_soon(p_intent_id uuid, p_at timestamptz) returns void
language sql set search_path = ''
begin atomic
  select private.add_job('execute_intent', jsonb_build_object('intentId', p_intent_id), 'execute:' || p_intent_id, p_at);
end;
comment on function private.execute_soon is 'Has the payment moved on, or looked at again.';

-- A payment takes seconds; what takes longer is looked at more seldom, as Circle tells us too.
create function private.next_look(p_created_at timestamptz) returns timestamptz
language sql stable set search_path = ''
return now() + case
  when p_created_at > now() - interval '1 minute' then interval '1 second'
  when p_created_at > now() - interval '10 minutes' then interval '5 seconds'
  when p_created_at > now() - interval '1 hour' then interval '30 seconds'
  when p_created_at > now() - interval '1 day' then interval '5 minutes'
  else interval '1 hour' end;
comment on function private.next_look is 'When Circle and the chain are asked again about a transfer that was made then.';

drop function app.start_intent(uuid);
create function app.start_intent(p_id uuid, p_required_confirmations integer) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  v public.intents := private.lock_intent(p_id);
begin
  if v.status <> 'approved' or v.agent_id is null or v.execute_after > now() or v.expires_at <= now()
    or exists (select from public.agents a where a.id = v.agent_id and a.frozen_at is not null) then
    return v.status;
  end if;
  insert into public.circle_transfers (intent_id, wallet_id, network, asset, from_address, to_address, amount, required_confirmations)
  select p_id, w.id, v.network, v.asset, w.address, v.recipient_address, v.amount, p_required_confirmations
  from public.wallets w where w.id = v.wallet_id;
  update public.intents set status = 'executing' where id = p_id;
  return 'executing';
end
$$;
comment on function app.start_intent is
  'Worker: from here on the payment may move, and only its outcome ends it. Its one transfer is stored with its key. Nothing starts for a frozen agent. Returns its status.';

create function private.fail_circle_transfer(p public.circle_transfers, p_failure text, p_reason text) returns text
language plpgsql set search_path = ''
as $$
begin
  update public.circle_transfers set status = 'failed', failure = p_failure where id = p.id;
  return private.end_intent(p.intent_id, 'failed', p_reason);
end
$$;
comment on function private.fail_circle_transfer is 'It certainly did not move and never will: the hold is given back.';

create function app.ask_circle(p_intent_id uuid) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_intent public.intents := private.lock_intent(p_intent_id);
  v public.circle_transfers;
begin
  select * into v from public.circle_transfers t where t.intent_id = p_intent_id for update;
  if not found or v.status not in ('prepared', 'unclear') then
    return false;
  end if;
  -- As long as Circle certainly has nothing, the payment can still be stopped.
  if v.doubtful_asks = 0 and exists (select from public.agents a where a.id = v_intent.agent_id and a.frozen_at is not null) then
    perform private.fail_circle_transfer(v, 'frozen', 'Its agent was frozen before anything moved.');
    return false;
  elsif v.doubtful_asks = 0 and v_intent.expires_at <= now() then
    perform private.fail_circle_transfer(v, 'expired', 'Circle could not be reached in time. Nothing moved.');
    return false;
  elsif v.doubtful_asks > 0 and v.asked_at < now() - interval '1 hour' then
    -- Nobody promises for how long Circle remembers a key, so what it may have taken is only looked for from now on.
    perform private.execute_soon(p_intent_id, private.next_look(v.created_at));
    return false;
  end if;
  update public.circle_transfers set asks = asks + 1, doubtful_asks = doubtful_asks + 1, asked_at = coalesce(asked_at, now()) where id = v.id;
  return true;
end
$$;
comment on function app.ask_circle is
  'Worker, right before Circle is asked: whether it may be. From here on Circle may have the transfer, until it says that it has not.';

create function app.record_circle_outcome(
  p_intent_id uuid, p_outcome text, p_code text, p_sentence text, p_retry_seconds integer
) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  v_intent public.intents := private.lock_intent(p_intent_id);
  v public.circle_transfers;
begin
  select * into strict v from public.circle_transfers t where t.intent_id = p_intent_id for update;
  if v.status not in ('prepared', 'unclear') then
    return v_intent.status;
  end if;
  if p_outcome in ('refused', 'unavailable') then
    v.doubtful_asks := greatest(v.doubtful_asks - 1, 0);
    update public.circle_transfers set doubtful_asks = v.doubtful_asks where id = v.id;
  elsif p_outcome <> 'unclear' then
    raise exception 'Circle''s answer is refused, unavailable or unclear, not %.', p_outcome using errcode = 'CWSTA';
  end if;

  if p_outcome = 'refused' and v.doubtful_asks = 0 then
    return private.fail_circle_transfer(v, 'refused_' || p_code, p_sentence || ' Nothing moved.');
  elsif p_outcome = 'unavailable' and v.doubtful_asks = 0 then
    perform private.execute_soon(p_intent_id, now() + greatest(coalesce(p_retry_seconds, 0), least(2 ^ least(v.asks, 9), 300)) * interval '1 second');
    return v_intent.status;
  end if;
  if v.status = 'prepared' then
    update public.circle_transfers set status = 'unclear' where id = v.id;
  end if;
  perform private.execute_soon(p_intent_id, greatest(private.next_look(v.created_at), now() + coalesce(p_retry_seconds, 0) * interval '1 second'));
  return private.end_intent(p_intent_id, 'unknown', 'Circle did not answer clearly, so it may have moved. The money stays held until it is known.');
end
$$;
comment on function app.record_circle_outcome is
  'Worker: Circle did not take the transfer. refused and unavailable take back the doubt of this one ask; without any doubt left a refusal ends the payment. Everything else is unknown, keeps its hold and is looked for. Returns the payment''s status.';

create function app.record_circle_transfer(p_intent_id uuid, p_circle_id text) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  v_intent public.intents := private.lock_intent(p_intent_id);
  v public.circle_transfers;
begin
  select * into strict v from public.circle_transfers t where t.intent_id = p_intent_id for update;
  if v.status in ('prepared', 'unclear') then
    update public.circle_transfers set status = 'submitted', circle_id = p_circle_id, doubtful_asks = 0 where id = v.id;
    perform private.execute_soon(p_intent_id, private.next_look(v.created_at));
  elsif v.circle_id is distinct from p_circle_id then
    raise exception 'Circle names another transfer for this payment.' using errcode = 'CWSTA';
  end if;
  return v_intent.status;
end
$$;
comment on function app.record_circle_transfer is 'Worker: Circle has the transfer, under this id. Raises CWSTA when it is another than before. Returns the payment''s status.';

create function app.record_circle_observation(
  p_intent_id uuid, p_circle_state text, p_hash text, p_is_ours boolean, p_network_fee text, p_failure text,
  p_seen text, p_from text, p_amount numeric, p_log_index integer, p_block_number bigint, p_block_hash text, p_confirmations integer
) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  v_intent public.intents := private.lock_intent(p_intent_id);
  v public.circle_transfers;
  v_ended constant boolean := p_circle_state in ('FAILED', 'DENIED', 'CANCELLED');
  v_buried boolean;
  v_attention text;
begin
  select * into strict v from public.circle_transfers t where t.intent_id = p_intent_id for update;
  if v.finalized_at is not null or v.circle_id is null then
    return v_intent.status;
  end if;
  v_buried := coalesce(p_seen in ('included', 'reverted', 'mismatch') and p_confirmations >= v.required_confirmations, false);
  v.hash := coalesce(p_hash, v.hash);
  v_attention := case
    when not p_is_ours then 'Circle''s transfer is not the one that was asked for.'
    when v_ended and p_seen in ('included', 'pending', 'mismatch') then 'Circle says that it failed, and the chain has its transaction.'
    when p_circle_state = 'COMPLETE' and v_buried and p_seen = 'reverted' then 'Circle says that it is complete, and on chain it failed.'
    when p_circle_state = 'COMPLETE' and v_buried and (p_seen = 'mismatch' or (p_from, p_amount) is distinct from (v.from_address::text, v.amount::numeric))
      then 'Circle says that it is complete, and the transfer on chain is another.'
  end;
  update public.circle_transfers set circle_state = p_circle_state, hash = v.hash, attention = v_attention,
    circle_ended_at = case when v_ended then coalesce(circle_ended_at, now()) end, network_fee = coalesce(p_network_fee, network_fee),
    confirmations = case when p_seen in ('included', 'reverted', 'mismatch') then least(p_confirmations, required_confirmations) else 0 end
  where id = v.id returning * into v;

  if v_attention is null and p_circle_state = 'COMPLETE' and p_seen = 'included' and v_buried then
    update public.circle_transfers set status = 'confirmed', block_number = p_block_number, block_hash = p_block_hash, log_index = p_log_index
    where id = v.id;
    return private.end_intent(p_intent_id, 'settled', null);
  end if;
  -- One that has a hash might still be mined, whatever Circle says: it has to have failed on chain, or be unknown there for a while.
  if v_attention is null and v_ended and (v.hash is null or (p_seen = 'reverted' and v_buried)
    or (p_seen = 'absent' and v.circle_ended_at < now() - interval '5 minutes')) then
    return private.fail_circle_transfer(v, lower(p_circle_state), p_failure || ' Nothing moved.');
  end if;

  if p_circle_state = 'STUCK' and v.status <> 'stuck' then
    update public.circle_transfers set status = 'stuck' where id = v.id;
  elsif p_circle_state <> 'STUCK' and v.hash is not null and v.status in ('submitted', 'stuck') then
    update public.circle_transfers set status = 'sent' where id = v.id;
  end if;
  perform private.execute_soon(p_intent_id, private.next_look(v.created_at));
  if v_attention is not null or p_circle_state = 'STUCK' then
    return private.end_intent(p_intent_id, 'unknown',
      coalesce(v_attention || ' A person looks at it.', 'Circle could not send it yet, and may still do so.') || ' The money stays held until it is known.');
  end if;
  return v_intent.status;
end
$$;
comment on function app.record_circle_observation is
  'Worker: what Circle, read again, and the chain say of a transfer. Only COMPLETE together with its Transfer log, buried, settles. What failed gives back the hold once nothing of it can be mined; STUCK and a contradiction are unknown. Returns the payment''s status.';

create function private.transfers_of_intent(p_intent_id uuid) returns jsonb
language sql stable set search_path = ''
return (
  select coalesce(jsonb_agg(x.transfer order by x.at), '[]') from (
    select jsonb_build_object('kind', 'circle_transfer', 'network', t.network, 'hash', t.hash, 'from', t.from_address, 'to', t.to_address,
      'asset', t.asset, 'amount', t.amount::text, 'status', t.status, 'confirmations', t.confirmations, 'required', t.required_confirmations,
      'circleState', t.circle_state, 'networkFee', t.network_fee, 'createdAt', t.created_at) as transfer, t.created_at as at
    from public.circle_transfers t where t.intent_id = p_intent_id
    union all
    select jsonb_build_object('kind', 'refund', 'network', r.network, 'hash', r.hash, 'from', r.from_address, 'to', w.address,
      'asset', r.asset, 'amount', r.amount::text, 'status', 'confirmed', 'confirmations', null, 'required', null, 'circleState', null,
      'networkFee', null, 'createdAt', r.linked_at), r.linked_at
    from public.intent_refunds r join public.intents i on i.id = r.intent_id join public.wallets w on w.id = i.wallet_id
    where r.intent_id = p_intent_id
  ) x
);
comment on function private.transfers_of_intent is 'The transfer that Circle made of a payment, and the one by which it came back, with amounts in base units.';
grant execute on function private.transfers_of_intent to authenticated, agent;

create function app.refund_intent(
  p_intent_id uuid, p_linked_by uuid, p_hash text, p_from text, p_amount numeric, p_log_index integer, p_block_number bigint, p_is_final boolean
) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  v public.intents := private.lock_intent(p_intent_id);
  v_by_operator constant boolean := exists (select from public.account_roles r where r.account_id = p_linked_by and r.role = 'operator');
  v_reservation public.spend_reservations;
  v_wallet public.ledger_accounts;
  v_outside public.ledger_accounts;
begin
  if v.status = 'refunded' and exists (select from public.intent_refunds r where r.intent_id = p_intent_id and r.hash = p_hash) then
    return v.status;
  end if;
  if v.status <> 'settled' then
    raise exception 'Only a settled payment can come back: it is %.', v.status using errcode = 'CWSTA';
  end if;
  if not v_by_operator and not exists (select from public.wallet_sets s where s.id = v.wallet_set_id and s.owner_id = p_linked_by) then
    raise exception 'There is no such payment.' using errcode = 'CWNTF';
  end if;
  if p_amount <> v.amount then
    perform private.refuse('refund_differs', format('That transfer brought %s %s and not the %s of the payment.',
      private.amount_text(p_amount, v.asset), v.asset, private.amount_text(v.amount, v.asset)));
  end if;
  -- A shop may pay back from another address of its own; that it did, an operator has to find out.
  if p_from <> v.recipient_address and not v_by_operator then
    perform private.refuse('refund_differs', 'That transfer is not from whom was paid. If it is the refund all the same, an operator can link it.');
  end if;
  if not p_is_final then
    perform private.refuse('refund_not_final', 'That transfer is not final yet. Try again in a moment.');
  end if;
  if exists (select from public.intent_refunds r where r.network = v.network and r.hash = p_hash and r.log_index = p_log_index) then
    perform private.refuse('refund_differs', 'That transfer is the refund of another payment.');
  end if;
  if p_block_number <= (select t.block_number from public.circle_transfers t where t.intent_id = p_intent_id) then
    perform private.refuse('refund_differs', 'That transfer is older than the payment.');
  end if;

  insert into public.intent_refunds (intent_id, network, asset, hash, log_index, block_number, from_address, amount, linked_by)
  values (p_intent_id, v.network, v.asset, p_hash, p_log_index, p_block_number, p_from, p_amount, p_linked_by);
  update public.intents set status = 'refunded', reason = 'It was paid back.' where id = p_intent_id;
  update public.spend_reservations set state = 'refunded' where intent_id = p_intent_id and state = 'committed' returning * into v_reservation;
  -- The budget is free again; that there was a payment stays true.
  perform private.shift_spending(v_reservation.scope_ids, v_reservation.at, -v_reservation.amount_micros, 0, 0);

  if v_reservation.ledger_transfer_id is not null then
    v_wallet := private.wallet_account('wallet', v.wallet_id, v.asset);
    v_outside := private.wallet_account('wallet_outside', v.wallet_id, v.asset);
    perform private.move_in_ledger('intent_refund', p_intent_id, v_outside, v_wallet, p_amount, false);
    -- A balance that was read since then counts it already, as money from outside.
    if exists (select from private.wallet_observations o
      where o.wallet_id = v.wallet_id and o.asset = v.asset and o.block_number >= p_block_number) then
      perform private.move_in_ledger('wallet_adjustment', null, v_wallet, v_outside, p_amount, false);
    end if;
  end if;
  perform private.write_audit('intent.refund', p_intent_id::text, jsonb_build_object('hash', p_hash, 'by', p_linked_by));
  return 'refunded';
end
$$;
comment on function app.refund_intent is
  'Worker: a transfer that was read on chain brought a payment back, as its person or an operator says. The budgets get back what it took. Raises CWINV where it is not that.';

-- What an operator may do about a payment of which nobody knows what became of it.
create function app.look_at_intent(p_intent_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.require_operator();
  if not exists (select from public.circle_transfers t where t.intent_id = p_intent_id and t.finalized_at is null) then
    raise exception 'Nothing of this payment is on its way.' using errcode = 'CWSTA';
  end if;
  perform private.execute_soon(p_intent_id, now());
  perform private.write_audit('intent.look', p_intent_id::text);
end
$$;
comment on function app.look_at_intent is 'Operator: has Circle and the chain asked about a payment now. It moves nothing.';

create function app.end_unknown_intent(p_intent_id uuid, p_note text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_intent public.intents;
  v public.circle_transfers;
begin
  perform private.require_operator();
  v_intent := private.lock_intent(p_intent_id);
  select * into v from public.circle_transfers t where t.intent_id = p_intent_id for update;
  if v_intent.status <> 'unknown' then
    raise exception 'This payment is not unknown: it is %.', v_intent.status using errcode = 'CWSTA';
  end if;
  if v.status is distinct from 'unclear' and v.attention is null then
    raise exception 'Circle has this transfer. Cancel it there, and it fails here.' using errcode = 'CWSTA';
  end if;
  if length(trim(p_note)) not between 10 and 500 then
    perform private.refuse('invalid_field', 'Say in ten to five hundred characters how you know that it never moved.');
  end if;
  if v.asked_at > now() - interval '1 hour' then
    raise exception 'Circle may still find it. Wait until an hour has passed.' using errcode = 'CWSTA';
  end if;
  -- Somebody who looked it up at Circle may say that it never moved. That it moved, the chain alone says.
  perform private.fail_circle_transfer(v, 'ended_by_operator', 'An operator found that it never moved.');
  perform private.write_audit('intent.end_unknown', p_intent_id::text, jsonb_build_object('note', trim(p_note)));
end
$$;
comment on function app.end_unknown_intent is
  'Operator: an unknown payment never moved, and never will, as they found out at Circle and on chain. It fails and gives back its hold; the note is kept.';

grant execute on function app.start_intent, app.ask_circle, app.record_circle_outcome, app.record_circle_transfer, app.record_circle_observation,
  app.refund_intent to worker;
grant execute on function app.look_at_intent, app.end_unknown_intent to authenticated;
