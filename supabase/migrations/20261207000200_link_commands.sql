-- Chapter 71: what people do with payment links, and with what they sign themselves. Lock order: wallet set, link or intent.

create function private.watched_transfer_json(p public.watched_transfers) returns jsonb
language sql stable set search_path = ''
return jsonb_build_object('id', p.id, 'network', p.network, 'hash', p.hash, 'from', p.from_address, 'to', p.to_address,
  'asset', p.asset, 'amount', private.amount_text(p.amount, p.asset), 'status', p.status, 'confirmations', p.confirmations,
  'required', p.required_confirmations, 'counted', p.counted, 'failure', p.failure, 'blockTime', p.block_time, 'createdAt', p.created_at);
comment on function private.watched_transfer_json is 'A watched transfer as the API shows it.';

create function private.link_json(p_id uuid) returns jsonb
language sql stable set search_path = ''
return (
  select jsonb_build_object(
    'id', l.id, 'status', l.status, 'network', l.network, 'asset', l.asset, 'address', l.address, 'note', l.note,
    'amount', private.amount_text(l.amount, l.asset), 'received', private.amount_text(l.received, l.asset),
    'due', case when l.amount is not null then private.amount_text(greatest(l.amount - l.received, 0), l.asset) end,
    'payee', (select h.handle from public.handles h join public.wallet_sets s on s.owner_id = h.owner_id where s.id = l.wallet_set_id),
    'expiresAt', l.expires_at, 'endedAt', l.finalized_at, 'createdAt', l.created_at,
    'events', (select jsonb_agg(jsonb_build_object('from', e.from_status, 'to', e.to_status, 'at', e.at, 'actor', split_part(e.actor, ':', 1)) order by e.version)
      from public.link_events e where e.link_id = l.id),
    'payments', (select coalesce(jsonb_agg(private.watched_transfer_json(t) order by t.created_at, t.id), '[]')
      from public.watched_transfers t where t.link_id = l.id))
  from public.links l where l.id = p_id
);
comment on function private.link_json is 'A link as the API shows it, to whoever has its id.';

-- To its owner also where it goes, and what came to its address meanwhile and fits no link.
create function private.own_link_json(p_id uuid) returns jsonb
language sql stable set search_path = ''
return (
  select private.link_json(l.id) || jsonb_build_object('walletId', l.wallet_id, 'unassigned', (
    select coalesce(jsonb_agg(private.watched_transfer_json(t) order by t.created_at, t.id), '[]') from public.watched_transfers t
    where t.wallet_set_id = l.wallet_set_id and t.link_id is null and t.intent_id is null and l.finalized_at is null
      and (t.network, t.asset, t.to_address) = (l.network, l.asset, l.address) and t.created_at >= l.created_at))
  from public.links l where l.id = p_id
);
comment on function private.own_link_json is 'A link as the API shows it to its owner.';

create function app.list_links(p_status text, p_before_at timestamptz, p_before_id uuid, p_limit integer)
returns table (link jsonb, "position" text, id uuid)
language sql stable security definer set search_path = ''
as $$
  select private.own_link_json(l.id), l.created_at::text, l.id from public.links l
  where l.wallet_set_id = private.wallet_set_id() and (p_status is null or l.status = p_status)
    and (p_before_at is null or (l.created_at, l.id) < (p_before_at, p_before_id))
  order by l.created_at desc, l.id desc limit p_limit
$$;
comment on function app.list_links is 'A person: their links, newest first.';

create function app.read_own_link(p_id uuid) returns jsonb
language sql stable security definer set search_path = ''
return (select private.own_link_json(l.id) from public.links l where l.id = p_id and l.wallet_set_id = private.wallet_set_id());
comment on function app.read_own_link is 'A person: a link of theirs, with what fits no link; null when it is not theirs.';

create function app.create_link(
  p_idempotency_key text, p_request_hash bytea, p_wallet_id uuid, p_asset text, p_amount numeric, p_note text, p_expires_at timestamptz
) returns table (answer jsonb, replayed boolean)
language plpgsql security definer set search_path = ''
as $$
declare
  v_key public.idempotency_keys := private.claim_idempotency_key('links', p_idempotency_key, p_request_hash);
  v_wallet public.wallets;
begin
  if v_key.response_status is not null then
    return query select private.own_link_json(v_key.resource_id), true;
    return;
  end if;
  perform from public.wallet_sets s where s.id = private.wallet_set_id() for update;
  select * into v_wallet from public.wallets w where w.id = p_wallet_id and w.wallet_set_id = private.wallet_set_id();
  if not found then
    raise exception 'There is no such wallet.' using errcode = 'CWNTF';
  end if;
  if v_wallet.address is null then
    raise exception 'This wallet is still being made. Try again in a moment.' using errcode = 'CWSTA';
  end if;
  if p_amount <= 0 then
    perform private.refuse('invalid_amount', 'The amount has to be more than nothing.');
  end if;
  if p_expires_at not between now() + interval '1 minute' and now() + interval '1 year' then
    perform private.refuse('invalid_expiry', 'A link ends between a minute and a year from now.');
  end if;
  if (select count(*) from public.links l where l.wallet_set_id = v_wallet.wallet_set_id and l.finalized_at is null) >= 200 then
    perform private.refuse('too_many_links', 'A person has two hundred open links at most. End some first.');
  end if;
  if exists (select from public.links l where l.wallet_set_id = v_wallet.wallet_set_id and l.network = v_wallet.network
    and l.address = v_wallet.address and l.asset = p_asset and l.amount is not distinct from p_amount and l.finalized_at is null) then
    perform private.refuse('link_not_distinct', case when p_amount is null
      then 'Another open link takes any amount into this wallet. A payment could not be told to be for this one.'
      else 'Another open link asks for exactly this amount into this wallet. Choose another amount, if only by a cent, or another wallet, so that each payment can be told apart.' end);
  end if;
  insert into public.links (id, wallet_set_id, wallet_id, network, asset, address, amount, note, expires_at)
  values (v_key.resource_id, v_wallet.wallet_set_id, v_wallet.id, v_wallet.network, p_asset, v_wallet.address, p_amount, p_note, p_expires_at);
  perform private.watch(v_wallet.network, p_asset);
  update public.idempotency_keys k set response_status = 201, response_body = convert_to(v_key.resource_id::text, 'UTF8')
  where k.resource_id = v_key.resource_id;
  return query select private.own_link_json(v_key.resource_id), false;
end
$$;
comment on function app.create_link is
  'A person: asks others to pay into a wallet of theirs, an amount or any. No two open links of a wallet ask for the same, since the amount tells them apart.';

create function app.read_link(p_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v public.links;
begin
  select * into v from public.links l where l.id = p_id;
  if not found then
    raise exception 'There is no such link.' using errcode = 'CWNTF';
  end if;
  -- Whoever looks waits for something to happen: the chain is looked at more often while they do.
  if private.is_watched(v) and v.looked_at < now() - interval '1 minute' then
    update public.links set looked_at = now() where id = p_id;
    perform private.watch(v.network, v.asset);
  end if;
  return private.link_json(p_id);
end
$$;
comment on function app.read_link is 'Anybody who has the id: a link, what came in, and where it is to be paid. Looking has the chain watched more closely.';

create function private.own_link(p_id uuid) returns public.links
language plpgsql set search_path = ''
as $$
declare
  v public.links;
begin
  perform from public.wallet_sets s where s.id = private.wallet_set_id() for update;
  select * into v from public.links l where l.id = p_id and l.wallet_set_id = private.wallet_set_id() for update;
  if not found then
    raise exception 'There is no such link.' using errcode = 'CWNTF';
  end if;
  return v;
end
$$;
comment on function private.own_link is 'A link of the signed-in person''s, locked. Raises CWNTF for another''s.';

create function app.cancel_link(p_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v public.links := private.own_link(p_id);
begin
  if v.finalized_at is not null then
    raise exception 'This link has ended: it is %.', v.status using errcode = 'CWSTA';
  end if;
  -- What is in a block already is about to be theirs: whether it pays the link is not decided by who is faster.
  if exists (select from public.watched_transfers t where t.link_id = p_id and t.status in ('broadcast', 'included')) then
    raise exception 'A payment is arriving at this moment. Wait until it is final.' using errcode = 'CWSTA';
  end if;
  update public.links set status = 'cancelled' where id = p_id;
  perform private.write_audit('link.cancel', p_id::text);
  return private.own_link_json(p_id);
end
$$;
comment on function app.cancel_link is 'A person: ends a link of theirs. Money that comes all the same is in the wallet, and is shown as late.';

create function private.count_payment(p public.watched_transfers) returns void
language plpgsql set search_path = ''
as $$
declare
  v public.links;
begin
  select * into strict v from public.links l where l.id = p.link_id for update;
  if v.finalized_at is not null or p.block_time > v.expires_at then
    return;
  end if;
  update public.watched_transfers set counted = true where id = p.id;
  update public.links set received = v.received + p.amount,
    status = case when v.amount is null then v.status when v.received + p.amount >= v.amount then 'paid' else 'partly_paid' end
  where id = v.id;
end
$$;
comment on function private.count_payment is 'Counts a final payment for its link, unless the link had ended: then it is late, or one too many.';

create function app.assign_payment(p_link_id uuid, p_transfer_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_link public.links := private.own_link(p_link_id);
  v public.watched_transfers;
begin
  select * into v from public.watched_transfers t
  where t.id = p_transfer_id and t.wallet_set_id = v_link.wallet_set_id and num_nonnulls(t.link_id, t.intent_id) = 0 for update;
  if not found or (v.network, v.asset, v.to_address) is distinct from (v_link.network, v_link.asset, v_link.address) then
    raise exception 'There is no such payment to give to this link.' using errcode = 'CWNTF';
  end if;
  if v_link.finalized_at is not null or v.status <> 'confirmed' then
    raise exception 'Only a final payment can be given to a link, and only while the link is open.' using errcode = 'CWSTA';
  end if;
  update public.watched_transfers set link_id = p_link_id, assigned_by = private.account_id() where id = v.id returning * into v;
  perform private.count_payment(v);
  perform private.write_audit('link.assign_payment', p_link_id::text, jsonb_build_object('transfer', p_transfer_id));
  return private.own_link_json(p_link_id);
end
$$;
comment on function app.assign_payment is 'A person: says that a payment that fits no link was meant for this one.';

create function app.record_signature(p_intent_id uuid, p_hash text, p_required integer) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v public.intents;
begin
  perform from public.wallet_sets s where s.id = private.wallet_set_id() for update;
  select * into v from public.intents i where i.id = p_intent_id and i.wallet_set_id = private.wallet_set_id() for update;
  if not found then
    raise exception 'There is no such payment.' using errcode = 'CWNTF';
  end if;
  if v.agent_id is not null then
    raise exception 'Circle signs for an agent''s wallet. There is nothing to sign here.' using errcode = 'CWSTA';
  end if;
  if exists (select from public.watched_transfers t where t.intent_id = v.id and t.hash = p_hash) then
    return private.intent_json(p_intent_id);
  end if;
  if v.status not in ('awaiting_signature', 'executing', 'unknown') then
    raise exception 'This payment does not wait for a signature: it is %.', v.status using errcode = 'CWSTA';
  end if;
  if (select count(*) from public.watched_transfers t where t.intent_id = v.id) >= 20 then
    perform private.refuse('too_many_signatures', 'Twenty transactions were named for this payment already.');
  end if;
  insert into public.watched_transfers (wallet_set_id, intent_id, network, asset, from_address, to_address, amount, hash, required_confirmations)
  select v.wallet_set_id, v.id, v.network, v.asset, w.address, v.recipient_address, v.amount, p_hash, p_required
  from public.wallets w where w.id = v.wallet_id;
  if v.status = 'awaiting_signature' then
    update public.intents set status = 'executing' where id = v.id;
  end if;
  perform private.watch(v.network, v.asset);
  return private.intent_json(p_intent_id);
end
$$;
comment on function app.record_signature is
  'A person: their own wallet signed the payment, as this transaction. From here on it may move; only its Transfer on chain settles it.';

grant execute on function app.create_link, app.list_links, app.read_own_link, app.cancel_link, app.assign_payment, app.record_signature to authenticated;
grant execute on function app.read_link to anon, authenticated, agent;
