-- Chapter 33: proposing a payment. Checks, verdicts and the hold on money and budgets are one command under one lock.
-- Lock order: wallet set, intent, ledger accounts.

create function private.refuse(p_code text, p_message text) returns void
language plpgsql set search_path = ''
as $$
begin
  raise exception '%', p_message using errcode = 'CWINV', detail = p_code;
end
$$;
comment on function private.refuse is 'Ends the command: the request cannot be done as it stands. The code is that of docs/error-codes.md.';

create function private.require_scope(p_scope text) returns void
language plpgsql stable set search_path = ''
as $$
begin
  if private.acting_role() = 'agent' and not coalesce(p_scope = any((private.api_key()).scopes), false) then
    raise exception 'This API key may not %.', p_scope using errcode = 'CWFRB';
  end if;
end
$$;
comment on function private.require_scope is 'Refuses an API key without that scope, or that no longer holds. People need none.';

-- Whom a text names: an address, a contact of the person''s, or another person''s handle.
create function private.resolve_recipient(p_recipient text, p_network public.network) returns text
language plpgsql stable set search_path = ''
as $$
declare
  v_address text;
begin
  if p_recipient ~* '^0x[0-9a-f]{40}$' then
    return lower(p_recipient);
  end if;
  if p_recipient like '@%' then
    select w.address into v_address from public.handles h join public.wallets w on w.id = h.wallet_id
    where h.handle = lower(substr(p_recipient, 2)) and w.network = p_network;
  else
    select c.address into v_address from public.contacts c
    where c.owner_id = private.owner_id() and (lower(c.name) = lower(p_recipient) or c.id::text = p_recipient);
  end if;
  if v_address is null then
    perform private.refuse('unknown_recipient', 'Nobody is known by that name on this network. Give an address, a saved contact or a handle.');
  end if;
  return v_address;
end
$$;
comment on function private.resolve_recipient is 'The address that a recipient''s name stands for now.';

create type private.payment as (
  wallet_set_id uuid, wallet_id uuid, agent_id uuid, api_key_id uuid, kind text, network text, asset text, amount numeric, micros numeric,
  recipient_address text, recipient_domain text
);
comment on type private.payment is 'A payment that could be proposed: everything that is not a matter of guards was checked.';

create function private.check_payment(
  p_wallet_id uuid, p_recipient text, p_recipient_domain text, p_amount numeric, p_asset text, p_network text
) returns private.payment
language plpgsql stable set search_path = ''
as $$
declare
  v_wallet public.wallets;
  v_key public.api_keys := private.api_key();
  v private.payment;
begin
  select * into v_wallet from public.wallets w
  where w.id = p_wallet_id and w.wallet_set_id = private.wallet_set_id()
    and (private.acting_role() <> 'agent' or w.agent_id = v_key.agent_id);
  if not found then
    raise exception 'There is no such wallet.' using errcode = 'CWNTF';
  end if;
  if v_wallet.address is null then
    raise exception 'This wallet is still being made. Try again in a moment.' using errcode = 'CWSTA';
  end if;
  if coalesce(p_network, v_wallet.network) <> v_wallet.network then
    perform private.refuse('wrong_network', format('This wallet is on %s, not on %s.', v_wallet.network, p_network));
  end if;
  if p_amount is null or p_amount <= 0 then
    perform private.refuse('invalid_amount', 'The amount has to be more than nothing.');
  end if;

  v := row(v_wallet.wallet_set_id, v_wallet.id, v_wallet.agent_id, v_key.id, v_wallet.kind, v_wallet.network, p_asset, p_amount,
    private.micros_of(p_amount, p_asset), private.resolve_recipient(p_recipient, v_wallet.network), lower(p_recipient_domain));
  if v.micros > v_key.payment_limit_micros then
    perform private.refuse('key_limit_exceeded', format('One payment by this API key may be $%s at most.', private.dollars(v_key.payment_limit_micros)));
  end if;
  if v.recipient_address = v_wallet.address then
    perform private.refuse('own_address', 'That is the address of this wallet itself.');
  end if;
  if exists (select from public.contacts c where c.owner_id = private.owner_id() and c.address <> v.recipient_address
      and left(c.address, 6) = left(v.recipient_address, 6) and right(c.address, 4) = right(v.recipient_address, 4))
    and not exists (select from public.contacts c where c.owner_id = private.owner_id() and c.address = v.recipient_address) then
    perform private.refuse('lookalike_address', 'This address begins and ends like one of the contacts and is another. Compare the whole of it, and save it as a contact if it is meant.');
  end if;
  return v;
end
$$;
comment on function private.check_payment is 'Reads whom and what a payment means, and refuses what no guard has to be asked about.';

create function private.facts_of(p_guard jsonb, p_scope_id uuid, p_payment private.payment, p_at timestamptz) returns private.payment_facts
language plpgsql stable set search_path = ''
as $$
declare
  v private.payment_facts;
  v_step text;
  v_starts_at timestamptz;
begin
  case p_guard ->> 'type'
    when 'budget', 'rate' then
      select w.step, w.starts_at into v_step, v_starts_at from private.window_of(p_guard ->> 'period', p_guard ->> 'window', p_at) w;
      select coalesce(sum(b.used_micros), 0), coalesce(sum(b.reserved_micros), 0), coalesce(sum(b.payments), 0)
      into v.used, v.reserved, v.payments from private.spend_buckets b
      where b.scope_id = p_scope_id and b.step = v_step and b.starts_at >= v_starts_at;
    when 'new_recipient' then
      v.known := exists (select from private.paid_recipients r
        where r.wallet_set_id = p_payment.wallet_set_id and r.address = p_payment.recipient_address);
    when 'duplicate' then
      v.repeated := exists (select from public.intents i
        where i.wallet_id = p_payment.wallet_id and i.recipient_address = p_payment.recipient_address and i.asset = p_payment.asset
          and i.amount = p_payment.amount and i.created_at > p_at - (p_guard ->> 'minutes')::integer * interval '1 minute'
          and i.status not in ('denied', 'cancelled', 'expired', 'failed'));
    when 'screening' then
      v.listed := exists (select from private.sanctioned_addresses s where s.address = p_payment.recipient_address);
      v.list_loaded := exists (select from private.sanctioned_addresses);
    else
      null;
  end case;
  return v;
end
$$;
comment on function private.facts_of is 'What that guard has to know of now: a few rows, however long the history.';

create function private.verdicts_of(p_payment private.payment, p_at timestamptz) returns jsonb
language sql stable set search_path = ''
begin atomic
  with holding as (
    (select 'agent' as scope, g.agent_id as scope_id, g.guards from public.guard_sets g
      where g.wallet_set_id = p_payment.wallet_set_id and g.agent_id = p_payment.agent_id order by g.version desc limit 1)
    union all
    (select 'person', g.wallet_set_id, g.guards from public.guard_sets g
      where g.wallet_set_id = p_payment.wallet_set_id and g.agent_id is null order by g.version desc limit 1)
  )
  select coalesce(jsonb_agg(jsonb_build_object('scope', h.scope, 'guard', g.guard ->> 'type', 'rule', g.guard, 'outcome', v.outcome,
    'reason', v.reason, 'limit', v.limit_value, 'used', v.used, 'remaining', v.remaining) order by h.scope, g.place), '[]')
  from holding h
    cross join lateral jsonb_array_elements(h.guards) with ordinality g (guard, place)
    cross join lateral private.judge(g.guard, p_payment.micros, p_payment.recipient_address, p_payment.recipient_domain, p_at,
      private.facts_of(g.guard, h.scope_id, p_payment, p_at)) v;
end;
comment on function private.verdicts_of is 'What every guard that holds makes of a payment; all are asked, whatever one of them says.';

create function private.status_by(p_verdicts jsonb) returns text
language sql immutable set search_path = ''
return case
  when p_verdicts @> '[{"outcome": "refuse"}]' then 'denied'
  -- Nothing is allowed by nobody having thought of it.
  when p_verdicts @> '[{"outcome": "ask"}]' or p_verdicts = '[]' then 'needs_approval'
  else 'approved'
end;
comment on function private.status_by is 'One refusal denies; one question, or no guard at all, asks a person; else it is approved.';

create function private.available_amount(p_payment private.payment) returns numeric
language sql stable set search_path = ''
return coalesce((select a.posted - a.held from public.ledger_accounts a
  where a.kind = 'wallet' and a.wallet_id = p_payment.wallet_id and a.asset = p_payment.asset), 0);
comment on function private.available_amount is 'What a wallet holds of the asset and has not promised, in base units.';

create function private.require_means(p_payment private.payment) returns void
language plpgsql stable set search_path = ''
as $$
begin
  if exists (select from public.agents a where a.id = p_payment.agent_id and a.frozen_at is not null) then
    raise exception 'This agent is frozen. Only its person can let it pay again.' using errcode = 'CWSTA';
  end if;
  -- What is in a person's own wallet is theirs to know: its balance is checked when they sign.
  if p_payment.kind = 'circle' and private.available_amount(p_payment) < p_payment.amount then
    perform private.refuse('insufficient_balance', 'The wallet holds less than this, or has promised it to other payments.');
  end if;
end
$$;
comment on function private.require_means is 'Refuses a payment of a frozen agent, or of more than the wallet has free.';

create function private.hold_payment(p_intent_id uuid, p_payment private.payment) returns void
language plpgsql set search_path = ''
as $$
declare
  v_scope_ids uuid[] := array_remove(array[p_payment.wallet_set_id, p_payment.agent_id], null);
  v_ledger_transfer_id uuid;
begin
  if p_payment.kind = 'circle' then
    v_ledger_transfer_id := private.move_in_ledger('intent_payment', p_intent_id,
      private.wallet_account('wallet', p_payment.wallet_id, p_payment.asset),
      private.wallet_account('wallet_outside', p_payment.wallet_id, p_payment.asset), p_payment.amount, true);
  end if;
  perform private.count_spending(v_scope_ids, now(), 0, p_payment.micros, 1);
  insert into public.spend_reservations (intent_id, scope_ids, amount_micros, at, ledger_transfer_id)
  values (p_intent_id, v_scope_ids, p_payment.micros, now(), v_ledger_transfer_id);
end
$$;
comment on function private.hold_payment is 'Takes a payment out of what may still be spent: out of the wallet''s balance, and out of every budget.';

create function private.end_hold(p_intent_id uuid, p_state text) returns void
language plpgsql set search_path = ''
as $$
declare
  v public.spend_reservations;
begin
  update public.spend_reservations set state = p_state where intent_id = p_intent_id and state = 'held' returning * into v;
  if not found then
    return;
  end if;
  if p_state = 'committed' then
    perform private.shift_spending(v.scope_ids, v.at, v.amount_micros, -v.amount_micros, 0);
  else
    perform private.shift_spending(v.scope_ids, v.at, 0, -v.amount_micros, -1);
  end if;
  if v.ledger_transfer_id is not null then
    perform private.finish_ledger_transfer(v.ledger_transfer_id, case p_state when 'committed' then 'posted' else 'voided' end);
  end if;
end
$$;
comment on function private.end_hold is 'Ends a hold, once: committed when the money moved, released when it certainly did not. A second call does nothing.';

create function private.continue_intent(p_intent_id uuid) returns void
language plpgsql set search_path = ''
as $$
declare
  v_intent public.intents;
begin
  select * into strict v_intent from public.intents where id = p_intent_id;
  if v_intent.agent_id is null then
    update public.intents set status = 'awaiting_signature' where id = p_intent_id;
  else
    perform private.add_job('execute_intent', jsonb_build_object('intentId', p_intent_id), 'execute:' || p_intent_id, v_intent.execute_after);
  end if;
end
$$;
comment on function private.continue_intent is 'What follows an approval: Circle signs for an agent, a person for themselves.';

create function private.amount_text(p_amount numeric, p_asset public.asset) returns text
language sql immutable set search_path = ''
return (
  select case when scale(trim_scale(d)) < 2 then trunc(d, 2) else trim_scale(d) end::text
  from (select p_amount / 10::numeric ^ private.decimals_of(p_asset) as d) x
);
comment on function private.amount_text is 'Base units as a decimal text with two places at least.';

create function private.intent_json(p_intent_id uuid) returns jsonb
language sql stable set search_path = ''
return (
  select jsonb_build_object(
    'id', i.id, 'status', i.status, 'walletId', i.wallet_id, 'agentId', i.agent_id, 'network', i.network, 'asset', i.asset,
    'amount', private.amount_text(i.amount, i.asset), 'recipient', i.recipient, 'recipientAddress', i.recipient_address,
    'purpose', i.purpose, 'intentHash', encode(i.intent_hash, 'hex'), 'guardResults', i.guard_results, 'reason', i.reason,
    'executeAfter', i.execute_after, 'expiresAt', i.expires_at, 'createdAt', i.created_at,
    'events', (select jsonb_agg(jsonb_build_object('from', e.from_status, 'to', e.to_status, 'at', e.at, 'actor', split_part(e.actor, ':', 1)) order by e.version)
      from public.intent_events e where e.intent_id = i.id))
  from public.intents i where i.id = p_intent_id
);
comment on function private.intent_json is 'An intent as the API shows it.';

create function app.propose_intent(
  p_idempotency_key text, p_request_hash bytea, p_wallet_id uuid, p_recipient text, p_recipient_domain text,
  p_amount numeric, p_asset text, p_network text, p_purpose text
) returns table (answer jsonb, replayed boolean)
language plpgsql security definer set search_path = ''
as $$
declare
  v_key public.idempotency_keys;
  v private.payment;
  v_verdicts jsonb;
  v_status text;
  v_wait integer;
begin
  perform private.require_scope('propose');
  if private.wallet_set_id() is null then
    raise exception 'There is no such wallet.' using errcode = 'CWNTF';
  end if;
  v_key := private.claim_idempotency_key('intents', p_idempotency_key, p_request_hash);
  if v_key.response_status is not null then
    return query select convert_from(v_key.response_body, 'UTF8')::jsonb, true;
    return;
  end if;
  perform from public.wallet_sets s where s.id = private.wallet_set_id() for update;
  v := private.check_payment(p_wallet_id, p_recipient, p_recipient_domain, p_amount, p_asset, p_network);
  perform private.require_means(v);

  v_verdicts := private.verdicts_of(v, now());
  v_status := private.status_by(v_verdicts);
  if v_status = 'needs_approval' and private.use_standing_approval(v) then
    v_status := 'approved';
    v_verdicts := v_verdicts || jsonb_build_array(jsonb_build_object('scope', 'person', 'guard', 'standing_approval', 'outcome', 'pass',
      'reason', 'A person approved payments like this one for 24 hours.', 'limit', null, 'used', null, 'remaining', null));
  end if;
  select max((r ->> 'waitMinutes')::integer) into v_wait
  from jsonb_path_query(v_verdicts, '$[*] ? (@.outcome == "wait").rule') r;

  insert into public.intents (id, wallet_set_id, wallet_id, agent_id, api_key_id, network, asset, amount, amount_micros, recipient,
    recipient_address, recipient_domain, purpose, guard_results, execute_after, expires_at)
  values (v_key.resource_id, v.wallet_set_id, v.wallet_id, v.agent_id, v.api_key_id, v.network, v.asset, v.amount, v.micros, p_recipient,
    v.recipient_address, v.recipient_domain, p_purpose, v_verdicts, now() + coalesce(v_wait, 0) * interval '1 minute',
    now() + interval '24 hours' + coalesce(v_wait, 0) * interval '1 minute');
  if v_status <> 'denied' then
    perform private.hold_payment(v_key.resource_id, v);
    perform private.add_job('expire_intent', jsonb_build_object('intentId', v_key.resource_id), 'expire_intent:' || v_key.resource_id,
      now() + interval '24 hours' + coalesce(v_wait, 0) * interval '1 minute');
  end if;
  update public.intents set status = v_status, reason = (
    select r #>> '{}' from jsonb_path_query_first(v_verdicts, '$[*] ? (@.outcome == "refuse").reason') r)
  where id = v_key.resource_id;
  if v_status = 'approved' then
    perform private.continue_intent(v_key.resource_id);
  end if;
  update public.api_keys set last_used_at = now() where id = v.api_key_id;

  update public.idempotency_keys k set response_status = 201, response_body = convert_to(private.intent_json(v_key.resource_id)::text, 'UTF8')
  where k.resource_id = v_key.resource_id;
  return query select private.intent_json(v_key.resource_id), false;
end
$$;
comment on function app.propose_intent is
  'A person or an agent: proposes a payment. The guards decide at once, and what is not denied holds its money and its share of every budget. Raises CWINV with the code of what is wrong.';

create function app.simulate_intent(
  p_wallet_id uuid, p_recipient text, p_recipient_domain text, p_amount numeric, p_asset text, p_network text
) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  v private.payment;
  v_verdicts jsonb;
begin
  perform private.require_scope('simulate');
  v := private.check_payment(p_wallet_id, p_recipient, p_recipient_domain, p_amount, p_asset, p_network);
  perform private.require_means(v);
  v_verdicts := private.verdicts_of(v, now());
  return jsonb_build_object('status', private.status_by(v_verdicts), 'recipientAddress', v.recipient_address,
    'guardResults', v_verdicts);
end
$$;
comment on function app.simulate_intent is 'A person or an agent: what would become of such a payment now. Writes nothing and holds nothing.';

create function private.use_standing_approval(p_payment private.payment) returns boolean
language plpgsql set search_path = ''
as $$
begin
  update public.standing_approvals a set uses_left = a.uses_left - 1
  where a.id = (select s.id from public.standing_approvals s
    where s.wallet_id = p_payment.wallet_id and s.recipient_address = p_payment.recipient_address and s.asset = p_payment.asset
      and s.amount_limit >= p_payment.amount and s.uses_left > 0 and s.expires_at > now() and s.revoked_at is null
    order by s.expires_at limit 1 for update);
  return found;
end
$$;
comment on function private.use_standing_approval is 'Uses one of the payments that a person approved beforehand, if there is one like this.';

create function app.decide_intent(p_id uuid, p_decision text, p_intent_hash bytea, p_similar boolean) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v public.intents;
begin
  perform from public.wallet_sets s where s.id = private.wallet_set_id() for update;
  select * into v from public.intents i where i.id = p_id and i.wallet_set_id = private.wallet_set_id() for update;
  if not found then
    raise exception 'There is no such payment.' using errcode = 'CWNTF';
  end if;
  if v.intent_hash <> p_intent_hash then
    perform private.refuse('intent_changed', 'What was approved is not this payment. Look at it again.');
  end if;
  if v.status <> 'needs_approval' then
    raise exception 'This payment does not wait for an approval: it is %.', v.status using errcode = 'CWSTA';
  end if;
  if v.expires_at <= now() then
    raise exception 'The time to decide has run out.' using errcode = 'CWSTA';
  end if;
  if exists (select from public.agents a where a.id = v.agent_id and a.frozen_at is not null) and p_decision = 'approve' then
    raise exception 'This agent is frozen. Let it pay again first.' using errcode = 'CWSTA';
  end if;
  insert into public.intent_approvals (intent_id, decision, decided_by, intent_hash)
  values (p_id, p_decision, private.account_id(), p_intent_hash);
  if p_decision = 'deny' then
    update public.intents set status = 'denied', reason = 'A person denied it.' where id = p_id;
    perform private.end_hold(p_id, 'released');
  else
    update public.intents set status = 'approved' where id = p_id;
    if p_similar then
      insert into public.standing_approvals (intent_id, wallet_id, recipient_address, asset, amount_limit, uses_left, granted_by, expires_at)
      values (p_id, v.wallet_id, v.recipient_address, v.asset, v.amount, 10, private.account_id(), now() + interval '24 hours');
    end if;
    perform private.continue_intent(p_id);
  end if;
  return private.intent_json(p_id);
end
$$;
comment on function app.decide_intent is
  'A person: approves or denies what waits for it, by the hash of what they were shown; similar approves the like for 24 hours. Approving is the only way past a question, and no agent has it.';

create function app.cancel_intent(p_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v public.intents;
begin
  perform private.require_scope('cancel');
  perform from public.wallet_sets s where s.id = private.wallet_set_id() for update;
  select * into v from public.intents i
  where i.id = p_id and i.wallet_set_id = private.wallet_set_id()
    and (private.acting_role() <> 'agent' or i.agent_id = private.agent_id()) for update;
  if not found then
    raise exception 'There is no such payment.' using errcode = 'CWNTF';
  end if;
  if v.status not in ('needs_approval', 'approved', 'awaiting_signature') then
    raise exception 'It is too late to cancel this payment: it is %.', v.status using errcode = 'CWSTA';
  end if;
  update public.intents set status = 'cancelled', reason = 'It was cancelled before anything moved.' where id = p_id;
  perform private.end_hold(p_id, 'released');
  return private.intent_json(p_id);
end
$$;
comment on function app.cancel_intent is 'A person, or the agent that proposed it: ends a payment of which nothing has moved, and gives back what it held.';

create function app.expire_intent(p_id uuid) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  v public.intents;
begin
  perform from public.wallet_sets s where s.id = (select i.wallet_set_id from public.intents i where i.id = p_id) for update;
  select * into strict v from public.intents i where i.id = p_id for update;
  if v.status in ('needs_approval', 'approved', 'awaiting_signature') and v.expires_at <= now() then
    update public.intents set status = 'expired', reason = 'Nobody went on with it in time.' where id = p_id;
    perform private.end_hold(p_id, 'released');
    return 'expired';
  end if;
  return v.status;
end
$$;
comment on function app.expire_intent is 'Worker: ends a payment that nobody went on with in time, and gives back what it held. Returns its status.';

grant execute on function app.propose_intent, app.simulate_intent, app.cancel_intent to authenticated, agent;
grant execute on function app.decide_intent to authenticated;
grant execute on function app.expire_intent to worker;
