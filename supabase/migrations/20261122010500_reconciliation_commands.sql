-- Chapter 22: filling the gaps in what we were told, and saying what does not add up.

create or replace function app.receive_webhook(
  p_source text, p_event_id text, p_type text, p_body bytea, p_signature text, p_signed_at timestamptz
) returns table (id uuid, is_new boolean)
language plpgsql security definer set search_path = ''
as $$
declare
  v_id uuid;
  v_hash bytea;
  v_signature text;
begin
  if p_signature = 'fetched' then
    raise exception 'What is delivered is signed.' using errcode = 'CWSTA';
  end if;
  insert into public.webhook_events (source, event_id, type, body, signature, signed_at)
  values (p_source, p_event_id, p_type, p_body, p_signature, p_signed_at)
  on conflict on constraint webhook_events_source_event_id_key do nothing
  returning webhook_events.id into v_id;
  if v_id is not null then
    perform private.add_job('process_webhook', jsonb_build_object('webhookEventId', v_id), 'webhook:' || v_id);
    return query select v_id, true;
    return;
  end if;

  update public.webhook_events w set deliveries = w.deliveries + 1
  where w.source = p_source and w.event_id = p_event_id
  returning w.id, w.body_hash, w.signature into v_id, v_hash, v_signature;
  -- A fetched body is a copy with its own spacing: only two bodies that were both signed can contradict each other.
  if v_signature <> 'fetched' and v_hash <> sha256(p_body) then
    perform private.write_audit('webhook.body_changed', v_id::text, jsonb_build_object('body_sha256', encode(sha256(p_body), 'hex')));
  end if;
  return query select v_id, false;
end
$$;

create function app.store_fetched_event(
  p_source text, p_event_id text, p_type text, p_body bytea, p_created_at timestamptz
) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_id uuid;
begin
  insert into public.webhook_events (source, event_id, type, body, signature, signed_at, deliveries)
  values (p_source, p_event_id, p_type, p_body, 'fetched', p_created_at, 0)
  on conflict on constraint webhook_events_source_event_id_key do nothing
  returning id into v_id;
  if v_id is null then
    return false;
  end if;
  perform private.add_job('process_webhook', jsonb_build_object('webhookEventId', v_id), 'webhook:' || v_id);
  return true;
end
$$;
comment on function app.store_fetched_event is
  'Worker: an event that its source lists and that never reached us. Stored once and handled as any other; false when it is in the inbox already.';

create function app.read_events_listed_until(p_source text) returns timestamptz
language sql stable security definer set search_path = ''
return coalesce(
  -- A source may list an event a little after its time, so the last quarter of an hour is looked through again.
  (select l.listed_until - interval '15 minutes' from private.listed_events l where l.source = p_source),
  -- Before anything was ever compared: nothing is older than our first session, and Stripe keeps thirty days.
  (select greatest(min(s.created_at), now() - interval '29 days') from public.onramp_sessions s having min(s.created_at) is not null),
  now());
comment on function app.read_events_listed_until is 'Worker: from when on the source''s list of events is to be compared with the inbox.';

create function app.record_events_listed(p_source text, p_until timestamptz) returns void
language sql security definer set search_path = ''
begin atomic
  insert into private.listed_events (source, listed_until) values (p_source, least(p_until, now()))
  on conflict on constraint listed_events_pkey
    do update set listed_until = greatest(private.listed_events.listed_until, excluded.listed_until);
end;
comment on function app.record_events_listed is 'Worker: the source''s list was compared with the inbox up to this moment. It never goes back.';

-- Asking Stripe costs a call for each session, so those that wait long are asked more seldom: after an hour every quarter of an hour, after six every hour.
create function app.reread_open_sessions(p_spread_seconds integer) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  v_count integer := 0;
  v_round bigint := floor(extract(epoch from now()) / 300);
  v_session_id uuid;
begin
  for v_session_id in
    select s.id from public.onramp_sessions s
    where s.finalized_at is null and s.status = 'awaiting_payment'
      and (v_round + hashtext(s.id::text)) % (case when s.created_at > now() - interval '1 hour' then 1 when s.created_at > now() - interval '6 hours' then 3 else 12 end) = 0
  loop
    continue when exists (select from graphile_worker.jobs j where j.key = 'sync:' || v_session_id
      and (j.locked_at is not null or j.run_at < now() + interval '1 minute'));
    perform private.add_job('sync_onramp_session', jsonb_build_object('sessionId', v_session_id), 'sync:' || v_session_id,
      now() + random() * p_spread_seconds * interval '1 second');
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;
comment on function app.reread_open_sessions is
  'Worker, every five minutes: lets each session that waits for its payment be read again at Stripe, spread over the given time. Whatever else should move, app.schedule_stalled_work moves. Returns how many.';

create or replace function app.record_treasury_balance(
  p_network text, p_asset text, p_address text, p_amount numeric, p_block_number bigint
) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_treasury public.ledger_accounts := private.ledger_account('treasury', p_network, p_asset);
  v_outside public.ledger_accounts := private.ledger_account('outside', p_network, p_asset);
  v_incoming boolean;
  v_outgoing boolean;
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

  -- While our own transfers are on their way the chain may or may not count them yet, so only what they cannot explain is believed.
  v_outgoing := v_treasury.held > 0;
  v_incoming := exists (select from public.transfers t
      where t.kind = 'stripe_payout' and t.network = p_network and t.asset = p_asset and t.to_address = p_address and t.finalized_at is null)
    or (p_asset = 'USDC' and exists (select from public.onramp_sessions s
      where s.finalized_at is null and s.status = 'processing' and s.settlement_network = p_network and s.settlement_address = p_address));
  v_difference := p_amount - v_treasury.posted;
  if v_difference > 0 and not v_incoming then
    perform private.move_in_ledger('treasury_adjustment', null, v_outside, v_treasury, v_difference, false);
  elsif v_difference < 0 and not v_outgoing then
    perform private.move_in_ledger('treasury_adjustment', null, v_treasury, v_outside, -v_difference, false);
  end if;
end
$$;

create function private.note_finding(p_kind text, p_subject text, p_detail jsonb) returns boolean
language sql set search_path = ''
begin atomic
  insert into public.reconciliation_findings (kind, subject, detail) values (p_kind, p_subject, p_detail)
  on conflict (kind, subject) where cleared_at is null do update set last_seen_at = clock_timestamp(), detail = excluded.detail
  returning xmax = 0;
end;
comment on function private.note_finding is 'Opens a finding, or says that it is still there. Returns whether it is new.';

create function app.reconcile_treasury(
  p_network text, p_asset text, p_address text, p_amount numeric, p_block_number bigint
) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  v_subject text := p_network || '/' || p_asset;
  v_treasury public.ledger_accounts;
begin
  perform app.record_treasury_balance(p_network, p_asset, p_address, p_amount, p_block_number);
  select * into strict v_treasury from public.ledger_accounts where kind = 'treasury' and network = p_network and asset = p_asset for update;
  -- Only a reading that was taken, the newest, is compared.
  if not exists (select from private.treasury_observations o
      where o.network = p_network and o.asset = p_asset and o.block_number = p_block_number and o.amount = p_amount)
    or exists (select from public.transfers t
      where t.network = p_network and t.asset = p_asset and t.status = 'confirmed' and t.block_number > p_block_number
        and p_address in (t.from_address, t.to_address)) then
    return 'stale';
  end if;
  -- Even if all that is held has left already, the treasury should have the rest.
  if p_amount < v_treasury.posted - v_treasury.held then
    return case when private.note_finding('treasury_drift', v_subject, jsonb_build_object(
      'onChain', p_amount::text, 'posted', v_treasury.posted::text, 'held', v_treasury.held::text,
      'missing', (v_treasury.posted - v_treasury.held - p_amount)::text, 'blockNumber', p_block_number::text)) then 'new' else 'open' end;
  end if;
  update public.reconciliation_findings set cleared_at = clock_timestamp()
  where kind = 'treasury_drift' and subject = v_subject and cleared_at is null;
  return case when found then 'cleared' else 'sound' end;
end
$$;
comment on function app.reconcile_treasury is
  'Worker: compares a balance of the treasury, as read at a block, with the ledger. What top-ups, withdrawals and transfers on their way do not explain is a finding: less on chain than is promised to nobody. Returns sound, new, open, cleared or stale.';

create function app.note_findings() returns table (finding_kind text, finding_subject text, change text)
language plpgsql security definer set search_path = ''
as $$
begin
  return query
  with current as (
    select 'paid_after_expiry' as kind, s.id::text as subject,
      jsonb_build_object('paidAt', s.paid_after_expiry_at, 'stripeSession', s.stripe_session_id) as detail
    from public.onramp_sessions s where s.paid_after_expiry_at is not null
    union all
    select 'transfer_unfinished', t.id::text, jsonb_build_object('kind', t.kind, 'status', t.status, 'session', t.session_id, 'hash', t.hash,
      'since', t.created_at, 'attempts', (select count(*) from private.signed_transactions a where a.transfer_id = t.id))
    from public.transfers t where t.finalized_at is null and t.created_at < now() - interval '30 minutes'
    union all
    select 'delivered_without_transfer', s.id::text, jsonb_build_object('delivery', s.delivery, 'amount', s.delivered_amount::text)
    from public.onramp_sessions s
    where s.status = 'delivered' and not exists (
      select from public.transfers t where t.session_id = s.id and t.status = 'confirmed' and t.amount = s.delivered_amount
        and t.kind = case s.delivery when 'stripe' then 'stripe_payout' else 'treasury_delivery' end)
    union all
    select 'ledger_unbalanced', a.asset::text, jsonb_build_object('sum', sum(e.amount)::text)
    from public.ledger_entries e join public.ledger_accounts a on a.id = e.account_id
    group by a.asset having sum(e.amount) <> 0
    union all
    select 'ledger_unbalanced', format('%s/%s/%s', a.kind, a.network, a.asset), jsonb_build_object(
      'posted', a.posted::text, 'held', a.held::text, 'postedByEntries', coalesce(e.posted, 0)::text, 'heldByEntries', coalesce(e.held, 0)::text)
    from public.ledger_accounts a left join (
      select n.account_id, sum(n.amount) filter (where t.status = 'posted') as posted,
        sum(-n.amount) filter (where t.status = 'pending' and n.amount < 0) as held
      from public.ledger_entries n join public.ledger_transfers t on t.id = n.transfer_id group by n.account_id
    ) e on e.account_id = a.id
    where a.posted <> coalesce(e.posted, 0) or a.held <> coalesce(e.held, 0)
  ), noted as (
    select c.kind, c.subject, private.note_finding(c.kind, c.subject, c.detail) as is_new from current c
  ), cleared as (
    update public.reconciliation_findings f set cleared_at = clock_timestamp()
    where f.cleared_at is null and f.kind <> 'treasury_drift'
      and not exists (select from current c where c.kind = f.kind and c.subject = f.subject)
    returning f.kind, f.subject
  )
  select n.kind, n.subject, 'new' from noted n where n.is_new
  union all
  select c.kind, c.subject, 'cleared' from cleared c;
end
$$;
comment on function app.note_findings is
  'Worker, every five minutes: looks through the books for what should not be, opens a finding for each and clears those that are gone. Returns what changed.';

grant execute on function app.store_fetched_event, app.read_events_listed_until, app.record_events_listed, app.reread_open_sessions,
  app.reconcile_treasury, app.note_findings to worker;
