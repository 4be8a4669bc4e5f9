-- Chapter 72: what the chain shows of links and of people's own wallets. Only logs of the pinned token get here.

create function app.read_watch(p_network text, p_asset text) returns jsonb
language sql stable security definer set search_path = ''
as $$
  with watched as (
    select l.address as recipient, null::text as payer, l.created_at from public.links l
    where l.network = p_network and l.asset = p_asset and private.is_watched(l)
    union all
    select null, i.payer, i.created_at from private.awaited_intents() i where i.network = p_network and i.asset = p_asset
  )
  select case when count(*) > 0 then jsonb_build_object(
    'readAt', clock_timestamp(), 'since', min(w.created_at),
    'recipients', coalesce(jsonb_agg(distinct w.recipient) filter (where w.recipient is not null), '[]'),
    'payers', coalesce(jsonb_agg(distinct w.payer) filter (where w.payer is not null), '[]'),
    'scannedBlock', (select c.scanned_block from private.chain_watches c where c.network = p_network and c.asset = p_asset),
    'named', (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'hash', t.hash, 'from', t.from_address, 'nonce', t.nonce)), '[]')
      from public.watched_transfers t join private.awaited_intents() i on i.id = t.intent_id
      where t.network = p_network and t.asset = p_asset and t.status = 'broadcast')) end
  from watched w
$$;
comment on function app.read_watch is 'Worker: whose transfers of a token are awaited, from where to read, and which transactions people named. Null when nothing is.';

-- Blocks are stamped by their makers, whose clocks differ from ours by a little.
create function private.is_since(p_block_time timestamptz, p_created_at timestamptz) returns boolean
language sql immutable set search_path = ''
return p_block_time >= p_created_at - interval '10 seconds';
comment on function private.is_since is 'Whether a block was made after something here was.';

create type private.transfer_log as (
  network text, asset text, hash text, log_index integer, block_number bigint, block_hash text, block_time timestamptz,
  from_address text, to_address text, amount numeric, reference uuid
);
comment on type private.transfer_log is 'A Transfer log of a pinned token in a canonical block. reference is the link that its transaction names.';

-- Which link of these wallets a log pays. By name; else by the exact amount that is due; else the one that takes any amount.
create function private.link_of(p_wallet_set_id uuid, p_log private.transfer_log) returns uuid
language plpgsql stable set search_path = ''
as $$
declare
  v_ids uuid[];
begin
  select array_agg(l.id) into v_ids from public.links l
  where l.id = p_log.reference and l.wallet_set_id = p_wallet_set_id and (l.network, l.asset, l.address) = (p_log.network, p_log.asset, p_log.to_address);
  if v_ids is not null then
    return v_ids[1];
  end if;
  select array_agg(l.id) into v_ids from public.links l
  where l.wallet_set_id = p_wallet_set_id and (l.network, l.asset, l.address) = (p_log.network, p_log.asset, p_log.to_address)
    and l.finalized_at is null and l.amount - l.received = p_log.amount and private.is_since(p_log.block_time, l.created_at);
  if v_ids is null then
    select array_agg(l.id) into v_ids from public.links l
    where l.wallet_set_id = p_wallet_set_id and (l.network, l.asset, l.address) = (p_log.network, p_log.asset, p_log.to_address)
      and l.finalized_at is null and l.amount is null and private.is_since(p_log.block_time, l.created_at);
  end if;
  -- The same amount once more, or after the time: it belongs to the link that asked for it, if only one did.
  if v_ids is null then
    select array_agg(l.id) into v_ids from public.links l
    where l.wallet_set_id = p_wallet_set_id and (l.network, l.asset, l.address) = (p_log.network, p_log.asset, p_log.to_address)
      and l.finalized_at is not null and private.is_watched(l) and l.amount = p_log.amount and private.is_since(p_log.block_time, l.created_at);
  end if;
  return case when cardinality(v_ids) = 1 then v_ids[1] end;
end
$$;
comment on function private.link_of is 'The link that a log pays, when there is no doubt; null when there is.';

create function private.see_payment(p_log private.transfer_log, p_confirmations integer, p_required integer) returns void
language plpgsql set search_path = ''
as $$
declare
  v_set_id uuid;
  v_link_id uuid;
  v_id uuid;
begin
  for v_set_id in
    select distinct l.wallet_set_id from public.links l
    where (l.network, l.asset, l.address) = (p_log.network, p_log.asset, p_log.to_address) and private.is_watched(l)
  loop
    continue when exists (select from public.watched_transfers t
      where t.wallet_set_id = v_set_id and t.network = p_log.network and t.hash = p_log.hash and t.log_index = p_log.log_index);
    -- One that was taken back by the chain comes again under the same hash.
    select t.id into v_id from public.watched_transfers t
    where t.wallet_set_id = v_set_id and t.network = p_log.network and t.hash = p_log.hash and t.status = 'broadcast' and t.intent_id is null
      and (t.from_address, t.to_address, t.amount) = (p_log.from_address, p_log.to_address, p_log.amount)
    order by t.created_at limit 1;
    if v_id is null then
      v_link_id := private.link_of(v_set_id, p_log);
      if v_link_id is null or p_log.reference is distinct from v_link_id then
        -- What names somebody else's link is theirs; what one sends oneself pays nobody.
        continue when exists (select from public.links l where l.id = p_log.reference and l.wallet_set_id <> v_set_id)
          or exists (select from public.wallets w where w.wallet_set_id = v_set_id and w.address = p_log.from_address);
      end if;
      continue when v_link_id is null and not exists (select from public.links l
        where l.wallet_set_id = v_set_id and (l.network, l.asset, l.address) = (p_log.network, p_log.asset, p_log.to_address)
          and l.finalized_at is null and private.is_since(p_log.block_time, l.created_at));
      insert into public.watched_transfers (wallet_set_id, link_id, network, asset, from_address, to_address, amount, hash, required_confirmations)
      values (v_set_id, v_link_id, p_log.network, p_log.asset, p_log.from_address, p_log.to_address, p_log.amount, p_log.hash, p_required)
      returning id into v_id;
    end if;
    perform private.include_transfer(v_id, p_log, p_confirmations);
  end loop;
end
$$;
comment on function private.see_payment is 'A log is in a block: notes it for every person who waits for money at its recipient, once each.';

create function private.include_transfer(p_id uuid, p_log private.transfer_log, p_confirmations integer) returns void
language sql set search_path = ''
begin atomic
  update public.watched_transfers set status = 'included', log_index = p_log.log_index, block_number = p_log.block_number,
    block_hash = p_log.block_hash, block_time = p_log.block_time, confirmations = p_confirmations
  where id = p_id;
end;
comment on function private.include_transfer is 'A block has it.';

create function private.see_signed(p_log private.transfer_log, p_confirmations integer, p_required integer) returns void
language plpgsql set search_path = ''
as $$
declare
  v_set_id uuid;
  v_intent record;
  v_id uuid;
begin
  for v_set_id in
    select distinct i.wallet_set_id from private.awaited_intents() i
    where (i.network, i.asset, i.payer) = (p_log.network, p_log.asset, p_log.from_address)
  loop
    continue when exists (select from public.watched_transfers t where t.wallet_set_id = v_set_id and t.intent_id is not null
      and t.network = p_log.network and t.hash = p_log.hash and t.log_index = p_log.log_index);
    -- The payment that the person named it for comes first, then the oldest one of exactly this amount to exactly this address.
    select i.id, i.status, named.id as named_id into v_intent
    from private.awaited_intents() i
      left join public.watched_transfers named on named.intent_id = i.id and named.hash = p_log.hash and named.status = 'broadcast'
    where i.wallet_set_id = v_set_id and (i.network, i.asset, i.payer) = (p_log.network, p_log.asset, p_log.from_address)
      and i.recipient_address = p_log.to_address and i.amount = p_log.amount and private.is_since(p_log.block_time, i.created_at)
      and not exists (select from public.watched_transfers t where t.intent_id = i.id and t.status in ('included', 'confirmed'))
    order by named.id is null, i.created_at limit 1;
    continue when not found;
    v_id := v_intent.named_id;
    if v_id is null then
      insert into public.watched_transfers (wallet_set_id, intent_id, network, asset, from_address, to_address, amount, hash, required_confirmations)
      values (v_set_id, v_intent.id, p_log.network, p_log.asset, p_log.from_address, p_log.to_address, p_log.amount, p_log.hash, p_required)
      returning id into v_id;
    end if;
    perform private.include_transfer(v_id, p_log, p_confirmations);
    update public.intents set status = 'executing' where id = v_intent.id and status = 'awaiting_signature';
  end loop;
end
$$;
comment on function private.see_signed is
  'A log is in a block: if it moves exactly what a person''s own wallet was to pay, the payment is on its way, whether or not anybody told us of it.';

create function app.record_watch(
  p_network text, p_asset text, p_read_at timestamptz, p_from_block bigint, p_to_block bigint,
  p_final_block bigint, p_final_at timestamptz, p_head bigint, p_required integer, p_logs jsonb
) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_log private.transfer_log;
  v_row public.watched_transfers;
  v_link_id uuid;
  v_intent record;
begin
  -- One look at a token is recorded at a time, and one that began before the last is of no use any more.
  perform pg_advisory_xact_lock(hashtextextended('watch ' || p_network || ' ' || p_asset, 0));
  if p_from_block <> coalesce((select c.scanned_block + 1 from private.chain_watches c where c.network = p_network and c.asset = p_asset), p_from_block) then
    return;
  end if;
  perform from public.wallet_sets s where s.id in (
    select l.wallet_set_id from public.links l
    where l.network = p_network and l.asset = p_asset and private.is_watched(l)
      and (l.expires_at <= p_final_at and l.finalized_at is null
        or l.address in (select e ->> 'to' from jsonb_array_elements(p_logs) e))
    union select i.wallet_set_id from private.awaited_intents() i where i.network = p_network and i.asset = p_asset
    union select t.wallet_set_id from public.watched_transfers t
      where t.network = p_network and t.asset = p_asset and t.status = 'included'
  ) order by s.id for update;

  -- What was in a block that was read again, and is there no more, was taken back.
  update public.watched_transfers t set status = 'broadcast', log_index = null, block_number = null, block_hash = null, block_time = null, confirmations = 0
  where t.network = p_network and t.asset = p_asset and t.status = 'included' and t.block_number between p_from_block and p_to_block
    and not exists (select from jsonb_array_elements(p_logs) e
      where e ->> 'hash' = t.hash and (e ->> 'logIndex')::integer = t.log_index and e ->> 'blockHash' = t.block_hash);
  update public.watched_transfers t set confirmations = p_head - t.block_number + 1
  where t.network = p_network and t.asset = p_asset and t.status = 'included' and t.block_number <= p_to_block;

  for v_log in
    select p_network, p_asset, e ->> 'hash', (e ->> 'logIndex')::integer, (e ->> 'blockNumber')::bigint, e ->> 'blockHash',
      (e ->> 'blockTime')::timestamptz, e ->> 'from', e ->> 'to', (e ->> 'amount')::numeric, (e ->> 'reference')::uuid
    from jsonb_array_elements(p_logs) e
    where (e ->> 'amount')::numeric > 0
    order by (e ->> 'blockNumber')::bigint, (e ->> 'logIndex')::integer
  loop
    perform private.see_payment(v_log, (p_head - v_log.block_number + 1)::integer, p_required);
    perform private.see_signed(v_log, (p_head - v_log.block_number + 1)::integer, p_required);
  end loop;

  for v_row in
    update public.watched_transfers t set status = 'confirmed'
    where t.network = p_network and t.asset = p_asset and t.status = 'included' and t.confirmations >= t.required_confirmations
      and t.block_number <= p_final_block
    returning t.*
  loop
    if v_row.link_id is not null then
      perform private.count_payment(v_row);
    elsif v_row.intent_id is not null then
      perform app.finish_intent(v_row.intent_id, 'settled', null);
      update public.watched_transfers set status = 'failed', failure = 'displaced' where intent_id = v_row.intent_id and status = 'broadcast';
    end if;
  end loop;

  -- By the chain's own time, so that what came in time counts, however late it was read.
  for v_link_id in
    select l.id from public.links l
    where l.network = p_network and l.asset = p_asset and l.finalized_at is null and l.expires_at <= p_final_at
  loop
    update public.links set status = 'expired' where id = v_link_id;
  end loop;
  for v_intent in
    select i.id, i.status, i.expires_at from private.awaited_intents() i
    where i.network = p_network and i.asset = p_asset and i.expires_at <= p_final_at and i.status <> 'awaiting_signature'
      and not exists (select from public.watched_transfers t where t.intent_id = i.id and t.status in ('included', 'confirmed'))
  loop
    if v_intent.status = 'executing' then
      perform app.finish_intent(v_intent.id, 'unknown', 'It was signed, and no block has it yet.');
    elsif v_intent.expires_at <= p_final_at - interval '7 days' then
      update public.watched_transfers set status = 'failed', failure = 'displaced' where intent_id = v_intent.id and status = 'broadcast';
      perform app.finish_intent(v_intent.id, 'failed', 'In seven days no block had it: it was never sent, or it was replaced. Nothing was paid.');
    end if;
  end loop;

  -- What began to be awaited while the chain was read may be in blocks that were read without it.
  insert into private.chain_watches (network, asset, scanned_block, scanned_at)
  values (p_network, p_asset, p_final_block, p_final_at)
  on conflict on constraint chain_watches_pkey do update set looked_at = now(),
    scanned_block = greatest(private.chain_watches.scanned_block, excluded.scanned_block),
    scanned_at = greatest(private.chain_watches.scanned_at, excluded.scanned_at)
  where not exists (select from public.links l where l.network = p_network and l.asset = p_asset and l.created_at > p_read_at)
    and not exists (select from private.awaited_intents() i where i.network = p_network and i.asset = p_asset and i.updated_at > p_read_at and i.status = 'awaiting_signature');

  perform private.watch(p_network, p_asset, now() + case
    when p_to_block < p_head then interval '0 seconds'
    when exists (select from public.watched_transfers t where t.network = p_network and t.asset = p_asset and t.status = 'included')
      or exists (select from private.awaited_intents() i where i.network = p_network and i.asset = p_asset and i.updated_at > now() - interval '1 hour')
      or exists (select from public.links l where l.network = p_network and l.asset = p_asset and private.is_watched(l)
        and l.looked_at > now() - interval '10 minutes') then interval '3 seconds'
    else interval '1 minute' end);
end
$$;
comment on function app.record_watch is
  'Worker: all transfers of a token to and from whom we wait for, in a range of blocks. Notes what is new, takes back what a reorg took, settles what is final, ends what ran out of time, and has the chain looked at again.';

create function app.stop_watch(p_network text, p_asset text) returns void
language sql security definer set search_path = ''
begin atomic
  delete from private.chain_watches where network = p_network and asset = p_asset and app.read_watch(p_network, p_asset) is null;
end;
comment on function app.stop_watch is 'Worker: nothing of that token is awaited any more. The next look begins where it is needed.';

create function app.record_named_transaction(p_id uuid, p_state text, p_nonce bigint, p_block_number bigint) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  v public.watched_transfers;
  v_reason text;
begin
  select * into strict v from public.watched_transfers t where t.id = p_id;
  perform from public.wallet_sets s where s.id = v.wallet_set_id for update;
  select * into strict v from public.watched_transfers t where t.id = p_id for update;
  if v.status <> 'broadcast' or v.intent_id is null then
    return v.status;
  end if;
  if p_state = 'pending' then
    update public.watched_transfers set nonce = coalesce(nonce, p_nonce) where id = p_id;
    return v.status;
  end if;
  -- Its block has to have been searched for the payment first: another transaction may have made it.
  if not exists (select from private.chain_watches c
    where c.network = v.network and c.asset = v.asset and c.scanned_block >= p_block_number) then
    return v.status;
  end if;
  update public.watched_transfers set status = 'failed', failure = p_state where id = p_id;
  if exists (select from public.watched_transfers t where t.intent_id = v.intent_id and t.status <> 'failed') then
    return 'failed';
  end if;
  v_reason := case p_state when 'reverted' then 'The chain refused the transaction. Nothing was paid.'
    when 'displaced' then 'The wallet sent another transaction in its place. Nothing of this was paid.'
    else 'The transaction that was named is another one. If the payment was signed as well, it is still found.' end;
  perform app.finish_intent(v.intent_id, case p_state when 'mismatch' then 'unknown' else 'failed' end, v_reason);
  return 'failed';
end
$$;
comment on function app.record_named_transaction is
  'Worker: what became of a transaction that a person named: pending (with its place), or for good reverted, displaced or mismatch.';

create function app.schedule_watches() returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  v record;
  v_count integer := 0;
begin
  for v in
    select awaited.network, awaited.asset from (
      select l.network, l.asset from public.links l where private.is_watched(l)
      union select i.network, i.asset from private.awaited_intents() i) awaited
    where not exists (select from graphile_worker.jobs j
      where j.key = 'watch_payments:' || awaited.network || ':' || awaited.asset and j.run_at < now() + interval '2 minutes' and j.attempts < j.max_attempts)
  loop
    perform private.watch(v.network, v.asset);
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;
comment on function app.schedule_watches is 'Worker, every minute: has each token looked at that something is awaited of and no look is queued for. Returns how many.';

grant execute on function app.read_watch, app.record_watch, app.stop_watch, app.record_named_transaction, app.schedule_watches to worker;
