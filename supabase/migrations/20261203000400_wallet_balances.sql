-- Chapter 39: what each wallet holds by the chain, and whether the ledger says the same. What should move, and has no job, gets one.

drop function app.record_wallet_balance(uuid, text, numeric);
create function app.record_wallet_balance(p_wallet_id uuid, p_asset text, p_amount numeric, p_block_number bigint) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  v_subject constant text := p_wallet_id || '/' || p_asset;
  v_wallet public.ledger_accounts;
  v_outside public.ledger_accounts;
begin
  if p_amount = 0 and not exists (select from public.ledger_accounts a
    where a.kind = 'wallet' and a.wallet_id = p_wallet_id and a.asset = p_asset) then
    return 'sound';
  end if;
  v_wallet := private.wallet_account('wallet', p_wallet_id, p_asset);
  v_outside := private.wallet_account('wallet_outside', p_wallet_id, p_asset);
  perform from public.ledger_accounts a where a.id in (v_wallet.id, v_outside.id) order by a.id for update;
  select * into strict v_wallet from public.ledger_accounts where id = v_wallet.id;

  -- A balance older than the last one read, or than what we know to have moved, says nothing about now.
  if exists (select from private.wallet_observations o
      where o.wallet_id = p_wallet_id and o.asset = p_asset and o.block_number >= p_block_number)
    or exists (select from public.circle_transfers t
      where t.wallet_id = p_wallet_id and t.asset = p_asset and t.status = 'confirmed' and t.block_number > p_block_number)
    or exists (select from public.intent_refunds r join public.intents i on i.id = r.intent_id
      where i.wallet_id = p_wallet_id and r.asset = p_asset and r.block_number > p_block_number) then
    return 'stale';
  end if;
  insert into private.wallet_observations (wallet_id, asset, block_number, amount)
  values (p_wallet_id, p_asset, p_block_number, p_amount)
  on conflict on constraint wallet_observations_pkey
    do update set block_number = excluded.block_number, amount = excluded.amount, observed_at = clock_timestamp();

  -- More than the ledger says came from outside. What is held may have left already; anything less was moved by nobody of ours.
  if p_amount > v_wallet.posted then
    perform private.move_in_ledger('wallet_adjustment', null, v_outside, v_wallet, p_amount - v_wallet.posted, false);
  elsif p_amount < v_wallet.posted - v_wallet.held then
    return case when private.note_finding('wallet_drift', v_subject, jsonb_build_object(
      'onChain', p_amount::text, 'posted', v_wallet.posted::text, 'held', v_wallet.held::text,
      'missing', (v_wallet.posted - v_wallet.held - p_amount)::text, 'blockNumber', p_block_number::text)) then 'new' else 'open' end;
  end if;
  update public.reconciliation_findings set cleared_at = clock_timestamp()
  where kind = 'wallet_drift' and subject = v_subject and cleared_at is null;
  return case when found then 'cleared' else 'sound' end;
end
$$;
comment on function app.record_wallet_balance is
  'Worker: what a wallet holds by the chain, as of a block. What came in is booked; less than is promised to nobody is a finding. Returns sound, new, open, cleared or stale.';

create function app.book_wallet_loss(p_wallet_id uuid, p_asset text, p_note text) returns numeric
language plpgsql security definer set search_path = ''
as $$
declare
  v_wallet public.ledger_accounts;
  v_outside public.ledger_accounts;
  v_missing numeric;
begin
  perform private.require_operator();
  if length(trim(p_note)) not between 10 and 500 then
    perform private.refuse('invalid_field', 'Say in ten to five hundred characters where the money went.');
  end if;
  v_wallet := private.wallet_account('wallet', p_wallet_id, p_asset);
  v_outside := private.wallet_account('wallet_outside', p_wallet_id, p_asset);
  perform from public.ledger_accounts a where a.id in (v_wallet.id, v_outside.id) order by a.id for update;
  select a.posted - a.held - o.amount into v_missing
  from public.ledger_accounts a join private.wallet_observations o on o.wallet_id = p_wallet_id and o.asset = p_asset where a.id = v_wallet.id;
  if v_missing is null or v_missing <= 0 then
    raise exception 'Nothing is missing from this wallet.' using errcode = 'CWSTA';
  end if;
  perform private.move_in_ledger('wallet_adjustment', null, v_wallet, v_outside, v_missing, false);
  perform private.write_audit('wallet.book_loss', p_wallet_id::text,
    jsonb_build_object('asset', p_asset, 'amount', v_missing::text, 'note', trim(p_note)));
  perform private.read_wallet_soon(p_wallet_id);
  return v_missing;
end
$$;
comment on function app.book_wallet_loss is
  'Operator: what the chain lacks of a wallet was taken by somebody, as they found out. The ledger follows the chain; the note is kept. Returns the amount in base units.';

create function app.reread_wallets(p_spread_seconds integer) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  v_id uuid;
  v_count integer := 0;
begin
  for v_id in select w.id from public.wallets w where w.kind = 'circle' and w.address is not null loop
    continue when exists (select from graphile_worker.jobs j where j.key = 'read_wallet:' || v_id);
    perform private.read_wallet_soon(v_id, random() * p_spread_seconds * interval '1 second');
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;
comment on function app.reread_wallets is 'Worker, every five minutes: has the balance of every wallet read again, spread over the given time. Returns how many.';

create function app.reread_wallet(p_wallet_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  if not exists (select from public.wallets w where w.id = p_wallet_id and w.kind = 'circle' and w.address is not null
    and w.wallet_set_id = private.wallet_set_id() and (private.acting_role() <> 'agent' or w.agent_id = private.agent_id())) then
    raise exception 'There is no such wallet.' using errcode = 'CWNTF';
  end if;
  perform private.require_scope('read');
  -- Whoever asks often learns nothing more: a reading that is seconds old, or on its way, stands.
  if not exists (select from private.wallet_observations o where o.wallet_id = p_wallet_id and o.observed_at > now() - interval '5 seconds')
    and not exists (select from graphile_worker.jobs j where j.key = 'read_wallet:' || p_wallet_id and j.run_at <= now()) then
    perform private.read_wallet_soon(p_wallet_id);
  end if;
end
$$;
comment on function app.reread_wallet is 'A person or an agent: has the balance of a wallet of theirs read on chain now.';

create function app.notice_circle_transfer(p_circle_id text, p_reference text) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_intent_id uuid;
begin
  select t.intent_id into v_intent_id from public.circle_transfers t
  where (t.circle_id = p_circle_id or t.id::text = p_reference) and t.finalized_at is null;
  if found then
    perform private.execute_soon(v_intent_id, now());
  end if;
  return found;
end
$$;
comment on function app.notice_circle_transfer is 'Worker: Circle told of a transfer, which is looked at now. Its word itself is not believed. Returns whether it is one of ours that is not finished.';

create function app.notice_circle_deposit(p_circle_wallet_id text) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_id uuid;
begin
  select w.id into v_id from public.wallets w where w.circle_wallet_id = p_circle_wallet_id;
  if found then
    perform private.read_wallet_soon(v_id);
  end if;
  return found;
end
$$;
comment on function app.notice_circle_deposit is 'Worker: Circle told that something came into a wallet, whose balance is read now. Returns whether it is one of ours.';

-- A job that lost its key to a newer one was not given up, whichever row it is about.
create or replace function private.is_replaced(p_key text, p_payload json) returns boolean
language sql immutable set search_path = ''
return p_key is null and coalesce(p_payload ->> 'sessionId', p_payload ->> 'transferId', p_payload ->> 'webhookEventId',
  p_payload ->> 'messageId', p_payload ->> 'intentId', p_payload ->> 'walletId') is not null;

create or replace function private.unlocked_jobs() returns table (task text, run_at timestamptz, updated_at timestamptz, due boolean, failed boolean)
language sql stable set search_path = ''
as $$
  select t.identifier, j.run_at, j.updated_at, j.attempts < j.max_attempts and j.run_at <= now(),
    j.attempts >= j.max_attempts and not private.is_replaced(j.key, j.payload)
  from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
  where j.locked_at is null
$$;

-- Wallets that wait for Circle, and payments that nobody moves on.
create function private.stalled_payments() returns table (task text, payload jsonb, job_key text)
language sql stable set search_path = ''
as $$
  select 'execute_intent', jsonb_build_object('intentId', i.id), 'execute:' || i.id
  from public.intents i
  where i.finalized_at is null and i.status = 'approved' and i.agent_id is not null and i.execute_after < now() - interval '1 minute' and i.expires_at > now()
  union all
  -- One that is looked at every hour is not stalled in between.
  select 'execute_intent', jsonb_build_object('intentId', t.intent_id), 'execute:' || t.intent_id
  from public.circle_transfers t
  where t.finalized_at is null and t.updated_at < now() - interval '1 minute'
    and not exists (select from graphile_worker.jobs j where j.key = 'execute:' || t.intent_id and j.attempts = 0)
  union all
  select 'expire_intent', jsonb_build_object('intentId', i.id), 'expire_intent:' || i.id
  from public.intents i
  where i.finalized_at is null and i.status in ('needs_approval', 'approved', 'awaiting_signature') and i.expires_at < now() - interval '1 minute'
  union all
  select 'create_agent_wallet', jsonb_build_object('walletId', w.id), 'create_wallet:' || w.id
  from public.wallets w where w.kind = 'circle' and w.address is null and w.created_at < now() - interval '1 minute'
$$;
comment on function private.stalled_payments is 'Jobs that wallets and payments should have by now.';
create index wallets_unmade on public.wallets (created_at) where kind = 'circle' and address is null;

create or replace function app.schedule_stalled_work() returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  v_count integer := 0;
  v_row record;
begin
  -- A worker that was killed leaves its jobs locked, and the queue itself would give them back after four hours. A long-lived
  -- worker holds an advisory lock in its pool's name while it lives (lib/jobs/alive.ts), so one that can be taken here tells that
  -- it died. Whoever holds none, such as a request that drains the queue, has two minutes: no task of ours runs that long.
  perform graphile_worker.force_unlock_workers(array(
    select distinct j.locked_by from graphile_worker.jobs j
    where j.locked_at < now() - interval '2 minutes'
      or (j.locked_by like 'pool-%' and pg_try_advisory_xact_lock(hashtextextended(j.locked_by, 0)))));

  -- What was replaced while it ran is its worker's to remove. A worker that died leaves it there for ever, as if it had failed.
  delete from graphile_worker._private_jobs j
  where j.locked_at is null and j.attempts >= j.max_attempts and private.is_replaced(j.key, j.payload);

  for v_row in
    select 'watch_transfer' as task, jsonb_build_object('transferId', t.id) as payload, 'watch:' || t.id as job_key
    from public.transfers t where t.finalized_at is null and t.status in ('broadcast', 'included') and t.updated_at < now() - interval '1 minute'
    union all
    select 'send_transfer', jsonb_build_object('transferId', t.id), 'send:' || t.id
    from public.transfers t where t.finalized_at is null and t.status in ('prepared', 'signed') and t.updated_at < now() - interval '1 minute'
    union all
    select 'deliver_onramp_session', jsonb_build_object('sessionId', s.id), 'deliver:' || s.id
    from public.onramp_sessions s
    where s.finalized_at is null and s.delivery = 'treasury' and s.updated_at < now() - interval '1 minute'
      and (s.status = 'funded' or (s.status = 'needs_attention' and (s.attention_code in ('treasury_short', 'delivery_displaced')
        -- Its payout came late and is confirmed by now: what is left is the delivery.
        or (s.attention_code = 'funding_unverified' and exists (select from public.transfers t
          where t.session_id = s.id and t.kind = 'stripe_payout' and t.status = 'confirmed')))))
    union all
    select 'sync_onramp_session', jsonb_build_object('sessionId', s.id), 'sync:' || s.id
    from public.onramp_sessions s
    where s.finalized_at is null and s.status = 'processing' and s.updated_at < now() - interval '1 minute'
    union all
    select 'expire_onramp_session', jsonb_build_object('sessionId', s.id), 'expire:' || s.id
    from public.onramp_sessions s
    where s.finalized_at is null and s.status in ('created', 'awaiting_payment') and s.expires_at < now() - interval '1 minute'
    union all
    -- An event that waits for its next attempt is not stalled before its time.
    select 'process_webhook', jsonb_build_object('webhookEventId', w.id), 'webhook:' || w.id
    from public.webhook_events w
    where w.status in ('received', 'failed') and coalesce(w.next_attempt_at, w.received_at) < now() - interval '1 minute'
    union all
    select p.task, p.payload, p.job_key from private.stalled_payments() p
  loop
    -- The queue waits ever longer after failures, up to six hours. Money on its way does not: what waits longer than a minute begins anew.
    continue when exists (select from graphile_worker.jobs j where j.key = v_row.job_key and j.attempts < j.max_attempts
      and (j.locked_at is not null or j.run_at < now() + interval '1 minute'));
    perform private.add_job(v_row.task, v_row.payload, v_row.job_key);
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

create or replace function app.note_findings() returns table (finding_kind text, finding_subject text, change text)
language plpgsql security definer set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
  -- All of it at the first run of each day (UTC), and for as long as something is open that must never be: what is found so is
  -- cleared only by looking as far back as it was found.
  v_all constant boolean :=
    not exists (select from private.books_read b where b.read_at >= date_trunc('day', now(), 'UTC'))
    or exists (select from public.reconciliation_findings f
      where f.cleared_at is null and f.kind in ('delivered_without_transfer', 'ledger_unbalanced', 'settled_without_transfer'));
  v_since constant timestamptz := case when v_all then '-infinity' else now() - interval '1 day' end;
begin
  if v_all then
    insert into private.books_read (books, read_at) values ('all', now())
    on conflict on constraint books_read_pkey do update set read_at = excluded.read_at;
  end if;
  return query
  with current as (
    select 'paid_after_expiry' as kind, s.id::text as subject,
      jsonb_build_object('paidAt', s.paid_after_expiry_at, 'stripeSession', s.stripe_session_id) as detail
    from public.onramp_sessions s where s.paid_after_expiry_at is not null and s.paid_after_expiry_settled_at is null
    union all
    select 'transfer_unfinished', t.id::text, jsonb_build_object('kind', t.kind, 'status', t.status, 'session', t.session_id, 'hash', t.hash,
      'since', t.created_at, 'attempts', (select count(*) from private.signed_transactions a where a.transfer_id = t.id))
    from public.transfers t where t.finalized_at is null and t.created_at < now() - interval '30 minutes'
    union all
    select 'delivered_without_transfer', s.id::text, jsonb_build_object('delivery', s.delivery, 'amount', s.delivered_amount::text)
    from public.onramp_sessions s
    where s.status = 'delivered' and s.finalized_at >= v_since and not exists (
      select from public.transfers t where t.session_id = s.id and t.status = 'confirmed' and t.amount = s.delivered_amount
        and t.kind = case s.delivery when 'stripe' then 'stripe_payout' else 'treasury_delivery' end)
    union all
    select 'payment_unclear', i.id::text, jsonb_build_object('status', t.status, 'attention', t.attention, 'circleId', t.circle_id, 'since', t.created_at)
    from public.circle_transfers t join public.intents i on i.id = t.intent_id
    where t.finalized_at is null and (t.attention is not null or t.created_at < now() - interval '30 minutes')
    union all
    select 'settled_without_transfer', i.id::text, jsonb_build_object('amount', i.amount::text)
    from public.intents i
    where i.agent_id is not null and i.status in ('settled', 'refunded') and i.finalized_at >= v_since
      and not exists (select from public.circle_transfers t where t.intent_id = i.id and t.status = 'confirmed' and t.amount = i.amount)
    union all
    -- Each movement adds up to nothing, and so do the accounts.
    select 'ledger_unbalanced', u.asset::text, jsonb_build_object('entries', sum(u.entries)::text, 'accounts', sum(u.accounts)::text)
    from (
      select a.asset, sum(e.amount) as entries, 0 as accounts
      from public.ledger_transfers t join public.ledger_entries e on e.transfer_id = t.id join public.ledger_accounts a on a.id = e.account_id
      where t.created_at >= v_since
      group by t.id, a.asset having sum(e.amount) <> 0
      union all
      select a.asset, 0, sum(a.posted) from public.ledger_accounts a group by a.asset having sum(a.posted) <> 0
    ) u group by u.asset
    union all
    -- What is held is what is pending, at every look; that an account is the sum of its entries takes all of them.
    select 'ledger_unbalanced', format('%s/%s/%s', a.kind, a.network, a.asset), jsonb_build_object(
      'posted', a.posted::text, 'held', a.held::text, 'postedByEntries', p.posted::text, 'heldByEntries', coalesce(h.held, 0)::text)
    from public.ledger_accounts a
      left join (
        select e.account_id, -sum(e.amount) as held
        from public.ledger_transfers t join public.ledger_entries e on e.transfer_id = t.id
        where t.status = 'pending' and e.amount < 0 group by e.account_id
      ) h on h.account_id = a.id
      left join (
        select e.account_id, sum(e.amount) as posted
        from public.ledger_transfers t join public.ledger_entries e on e.transfer_id = t.id
        where v_all and t.status = 'posted' group by e.account_id
      ) p on p.account_id = a.id
    where a.held <> coalesce(h.held, 0) or (v_all and a.posted <> coalesce(p.posted, 0))
  ), noted as (
    select c.kind, c.subject, private.note_finding(c.kind, c.subject, c.detail) as is_new from current c
  ), cleared as (
    update public.reconciliation_findings f set cleared_at = clock_timestamp()
    where f.cleared_at is null and f.kind not in ('treasury_drift', 'wallet_drift')
      and not exists (select from current c where c.kind = f.kind and c.subject = f.subject)
    returning f.kind, f.subject
  )
  select n.kind, n.subject, 'new' from noted n where n.is_new
  union all
  select c.kind, c.subject, 'cleared' from cleared c;
end
$$;

create or replace function private.alert_conditions()
returns table (kind text, subject text, title text, detail text, path text, since timestamptz)
language sql stable set search_path = ''
as $$
  -- What mends itself within minutes is no alert: a displaced delivery is prepared again, an unclear broadcast is looked up.
  select 'session_stuck', s.id::text,
    case s.status when 'unknown' then 'A delivery stays unclear' else 'A purchase needs attention' end,
    case s.status when 'unknown' then 'A broadcast got no clear answer, and the chain does not tell either.'
      else format('It waits for a person or a top-up: %s.', s.attention_code) end,
    '/operate/sessions/' || s.id, e.at
  from public.onramp_sessions s join public.onramp_events e on e.session_id = s.id and e.version = s.version
  where (s.status = 'needs_attention' and e.at < now() - interval '3 minutes')
    or (s.status = 'unknown' and e.at < now() - interval '10 minutes')
  union all
  select 'webhook_quarantined', w.id::text, 'A webhook is quarantined',
    format('%s failed %s times and is not tried again by itself.', w.type, w.attempts),
    '/operate/webhooks/' || w.id, coalesce(w.last_attempt_at, w.received_at)
  from public.webhook_events w where w.status = 'quarantined'
  union all
  -- Signed, and another body than before: a fault of the sender's, or somebody else has the secret. It stays until a person has looked.
  select 'webhook_body_changed', a.subject, 'A webhook came again with another body',
    format('Signed, under an id that is known, %s times. The first body stands. Acknowledge it once you know why.', count(*)),
    '/operate/webhooks/' || a.subject, min(a.at)
  from public.audit_log a
  where a.action = 'webhook.body_changed' and not exists (
    select from public.alerts k where k.kind = 'webhook_body_changed' and k.subject = a.subject and k.acknowledged_at >= a.at)
  group by a.subject
  union all
  select 'queue_lagging', 'queue', 'The queue is late',
    format('%s jobs are due and wait for a worker, the oldest for more than two minutes.', q.waiting), '/operate/jobs',
    now() - q.lag_seconds * interval '1 second'
  from app.measure_queue() q where q.lag_seconds > 120
  union all
  select 'job_failed', j.task, format('A job was given up: %s', j.task),
    format('%s failed at the last attempt.', count(*)), '/operate/jobs', min(j.updated_at)
  from private.unlocked_jobs() j where j.failed
  group by j.task
  union all
  select 'treasury_low', format('%s/%s', t.network, t.asset), format('The treasury is short of %s', t.asset),
    format('%s free on %s, and the low mark is %s.', t.free, t.network, t.mark), '/operate/treasury', h.since
  from public.health_checks h cross join lateral (
    select a.network, a.asset,
      trim_scale(round((a.amount - a.held) / 10::numeric ^ private.decimals_of(a.asset), 4)) as free,
      trim_scale(round(a.low / 10::numeric ^ private.decimals_of(a.asset), 4)) as mark
    from jsonb_to_recordset(h.detail -> 'assets') as a (network text, asset text, amount numeric, held numeric, low numeric)
    where a.amount - a.held < a.low
    union all
    select h.detail ->> 'network', 'gas', trim_scale(round((h.detail ->> 'native')::numeric / 1e18, 8)),
      trim_scale(round((h.detail ->> 'nativeLow')::numeric / 1e18, 8))
    where (h.detail ->> 'native')::numeric < (h.detail ->> 'nativeLow')::numeric
  ) t
  where h.name = 'treasury' and h.status = 'degraded'
  union all
  -- Down when it was looked at twice, so that one answer that did not come alarms nobody. The queue has conditions of its own.
  select 'part_down', h.name, format('%s is down', h.name), h.summary, '/operate/health', h.since
  from public.health_checks h
  where h.status = 'down' and h.name <> 'queue' and h.checked_at >= h.since + interval '30 seconds'
  union all
  select 'finding', f.kind || ':' || f.subject,
    case f.kind
      when 'paid_after_expiry' then 'A purchase was paid after it had expired'
      when 'transfer_unfinished' then 'A transfer is not finished'
      when 'treasury_drift' then 'The treasury holds less than its ledger says'
      when 'ledger_unbalanced' then 'The books do not add up'
      when 'delivered_without_transfer' then 'A purchase counts as delivered without its transfer'
      when 'wallet_drift' then 'A wallet holds less than its ledger says'
      when 'payment_unclear' then 'Nobody knows yet whether a payment moved'
      when 'settled_without_transfer' then 'A payment counts as settled without its transfer'
      else 'Comparing found something' end,
    format('%s: %s', f.kind, f.subject),
    case when f.kind in ('paid_after_expiry', 'delivered_without_transfer') then '/operate/sessions/' || f.subject
      when f.kind in ('payment_unclear', 'settled_without_transfer') then '/operate/payments/' || f.subject
      when f.kind = 'wallet_drift' then '/operate/wallets'
      when f.kind = 'transfer_unfinished' then '/operate/transfers/' || f.subject
      when f.kind = 'treasury_drift' then '/operate/treasury'
      when f.kind = 'ledger_unbalanced' then '/operate/ledger' else '/operate/health' end, f.first_seen_at
  from public.reconciliation_findings f where f.cleared_at is null
  union all
  -- The one channel tells that the other does not.
  select 'channel_silent', m.channel, format('Alerts do not get through by %s', m.channel),
    format('%s messages wait: %s.', count(*), max(m.last_error)), '/operate/health', min(m.created_at)
  from public.alert_messages m
  where m.sent_at is null and m.attempts >= 3 and m.next_attempt_at > now() - interval '10 minutes'
  group by m.channel
$$;

create index intents_settled on public.intents (finalized_at) where status in ('settled', 'refunded');
grant execute on function app.record_wallet_balance, app.reread_wallets, app.notice_circle_transfer, app.notice_circle_deposit to worker;
grant execute on function app.reread_wallet to authenticated, agent;
grant execute on function app.book_wallet_loss to authenticated;
