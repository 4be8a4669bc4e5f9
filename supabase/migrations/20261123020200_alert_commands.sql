-- Chapter 25: what is measured, what an operator is told of, and that each channel is told it once.

-- What the conditions look for, and would otherwise look through every row for.
create index onramp_sessions_stuck on public.onramp_sessions (status) where status in ('needs_attention', 'unknown');
create index audit_log_changed_bodies on public.audit_log (subject, at) where action = 'webhook.body_changed';

alter table public.alerts
  add column since timestamptz not null default clock_timestamp(),
  drop constraint alerts_kind_is_known,
  add constraint alerts_kind_is_known check (kind in ('session_stuck', 'webhook_quarantined', 'webhook_body_changed', 'queue_lagging',
    'job_failed', 'treasury_low', 'part_down', 'finding', 'channel_silent'));
comment on column public.alerts.since is 'When it began, as far as known: before opened_at where it had time to pass by itself.';

-- The queue's tables are named in texts that are read when they run, so that its own migrations may change them. A job that lost its
-- key to a newer one was not given up: the newer one does its work.
create function private.unlocked_jobs() returns table (task text, run_at timestamptz, updated_at timestamptz, due boolean, failed boolean)
language sql stable set search_path = ''
as $$
  select t.identifier, j.run_at, j.updated_at, j.attempts < j.max_attempts and j.run_at <= now(),
    j.attempts >= j.max_attempts and (j.key is not null
      or coalesce(j.payload ->> 'sessionId', j.payload ->> 'transferId', j.payload ->> 'webhookEventId', j.payload ->> 'messageId') is null)
  from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
  where j.locked_at is null
$$;
comment on function private.unlocked_jobs is 'Every job that nobody works on: whether it is due, and whether it was given up for good.';

create function app.measure_queue()
returns table (waiting integer, failed integer, lag_seconds integer, workers integer, silent_seconds integer)
language sql stable security definer set search_path = ''
as $$
  select count(*) filter (where j.due)::integer, count(*) filter (where j.failed)::integer,
    coalesce(extract(epoch from now() - min(j.run_at) filter (where j.due)), 0)::integer,
    (select count(*)::integer from pg_catalog.pg_stat_activity a
      where a.application_name = 'causeway worker' and a.datname = current_database()),
    (select extract(epoch from now() - coalesce(c.last_execution, c.known_since))::integer
      from graphile_worker._private_known_crontabs c where c.identifier = 'schedule_stalled_work')
  from private.unlocked_jobs() j
$$;
comment on function app.measure_queue is
  'Worker: how many jobs are due and wait, how many were given up, how late the oldest of the first is; how many workers are connected, and when one last kept its clock (null: never).';

create function app.read_treasury_holds() returns table (network text, asset text, held numeric)
language sql stable security definer set search_path = ''
begin atomic
  select a.network::text, a.asset::text, a.held from public.ledger_accounts a where a.kind = 'treasury';
end;
comment on function app.read_treasury_holds is 'Worker: what of the treasury''s tokens is promised to deliveries that were not yet confirmed.';

create function app.record_health(p_checks jsonb) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_now timestamptz := clock_timestamp();
begin
  insert into public.health_checks as h (name, status, summary, detail, since, checked_at)
  select c.name, c.status, c.summary, coalesce(c.detail, '{}'), v_now, v_now
  from jsonb_to_recordset(p_checks) as c (name text, status text, summary text, detail jsonb)
  order by c.name
  on conflict on constraint health_checks_pkey do update set
    status = excluded.status, summary = excluded.summary, detail = excluded.detail,
    since = case when h.status = excluded.status then h.since else excluded.since end,
    checked_at = greatest(h.checked_at, excluded.checked_at);
  delete from public.health_checks h
  where not exists (select from jsonb_to_recordset(p_checks) as c (name text) where c.name = h.name);
end
$$;
comment on function app.record_health is
  'Worker, every minute: how each part was found. It is given all there are: a part that is not among them is looked at no more.';

create function private.alert_conditions()
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
      else 'Comparing found something' end,
    format('%s: %s', f.kind, f.subject),
    case when f.kind in ('paid_after_expiry', 'delivered_without_transfer') then '/operate/sessions/' || f.subject
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
comment on function private.alert_conditions is 'Everything that an operator should be told of, as it is now. The one place where that is decided.';

create function private.write_alert_messages(p_channels text[], p_cleared uuid[]) returns void
language plpgsql set search_path = ''
as $$
declare
  v_channel text;
  v_waiting integer;
  v_singles integer;
  v_digests integer;
  v_notice record;
  v_message_id uuid;
begin
  -- A new channel hears of all that is open, and of an end only whoever heard of the beginning.
  insert into public.alert_notices (alert_id, note, channel)
  select a.id, 'opened', c from public.alerts a cross join unnest(p_channels) c where a.cleared_at is null
  union all
  select n.alert_id, 'cleared', n.channel from public.alert_notices n
  where n.alert_id = any(p_cleared) and n.note = 'opened' and n.channel = any(p_channels)
  on conflict on constraint alert_notices_pkey do nothing;

  foreach v_channel in array p_channels loop
    select count(*) into v_waiting from public.alert_notices n where n.channel = v_channel and n.message_id is null;
    select count(*) filter (where not m.digest), count(*) filter (where m.digest) into v_singles, v_digests
    from public.alert_messages m where m.channel = v_channel and m.created_at > now() - interval '10 minutes';
    -- Five messages by themselves in ten minutes, and one digest with the rest: what comes after it waits for the next.
    if v_waiting + v_singles <= 5 then
      for v_notice in
        select n.alert_id, n.note from public.alert_notices n join public.alerts a on a.id = n.alert_id
        where n.channel = v_channel and n.message_id is null order by a.opened_at, a.id, n.note desc
      loop
        insert into public.alert_messages (channel, digest) values (v_channel, false) returning id into v_message_id;
        update public.alert_notices n set message_id = v_message_id
        where n.alert_id = v_notice.alert_id and n.note = v_notice.note and n.channel = v_channel;
      end loop;
    elsif v_digests = 0 then
      insert into public.alert_messages (channel, digest) values (v_channel, true) returning id into v_message_id;
      update public.alert_notices n set message_id = v_message_id where n.channel = v_channel and n.message_id is null;
    end if;
  end loop;

  -- Also what was not taken the last time, and what a worker that was killed had begun.
  for v_message_id in
    select m.id from public.alert_messages m
    where m.sent_at is null and m.channel = any(p_channels) and m.next_attempt_at <= clock_timestamp() order by m.created_at
  loop
    continue when exists (select from graphile_worker.jobs j where j.key = 'alert:' || v_message_id and j.attempts < j.max_attempts
      and (j.locked_at is not null or j.run_at < now() + interval '1 minute'));
    perform private.add_job('send_alert', jsonb_build_object('messageId', v_message_id), 'alert:' || v_message_id);
  end loop;
end
$$;
comment on function private.write_alert_messages is
  'Writes what each channel has not been told yet into messages, few by themselves and many in one, and gives each unsent message a job.';

create function app.review_alerts(p_channels text[]) returns table (alert_kind text, alert_subject text, change text)
language plpgsql security definer set search_path = ''
as $$
declare
  v_now jsonb;
  v_opened uuid[];
  v_cleared uuid[];
begin
  -- One review after the other: the second of two finds nothing left to say.
  perform pg_advisory_xact_lock(hashtextextended('review_alerts', 0));
  -- Looked at once, so that nothing is opened and cleared in one review.
  select coalesce(jsonb_agg(to_jsonb(c)), '[]') into v_now from private.alert_conditions() c;

  with cleared as (
    update public.alerts a set cleared_at = clock_timestamp()
    where a.cleared_at is null and not exists (
      select from jsonb_to_recordset(v_now) as c (kind text, subject text) where c.kind = a.kind and c.subject = a.subject)
    returning a.id
  )
  select coalesce(array_agg(id), '{}') into v_cleared from cleared;

  with seen as (
    insert into public.alerts as a (kind, subject, title, detail, path, since)
    select c.kind, c.subject, c.title, c.detail, c.path, c.since
    from jsonb_to_recordset(v_now) as c (kind text, subject text, title text, detail text, path text, since timestamptz)
    order by c.since
    on conflict (kind, subject) where cleared_at is null do update set title = excluded.title, detail = excluded.detail, path = excluded.path
      where (a.title, a.detail, a.path) is distinct from (excluded.title, excluded.detail, excluded.path)
    returning a.id, xmax = 0 as is_new
  )
  select coalesce(array_agg(id), '{}') into v_opened from seen where is_new;

  perform private.write_alert_messages(p_channels, v_cleared);
  return query
    select a.kind, a.subject, case when a.cleared_at is null then 'opened' else 'cleared' end
    from public.alerts a where a.id = any(v_opened || v_cleared) order by a.opened_at;
end
$$;
comment on function app.review_alerts is
  'Worker, every minute: opens an alert for each condition that is new, clears those that are gone, and writes the messages about it for the given channels. All or nothing; two at once say everything once. Returns what changed.';

create function app.start_alert_message(p_id uuid)
returns table (channel text, digest boolean, opened integer, cleared integer, notices jsonb)
language plpgsql security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  v_message public.alert_messages;
begin
  -- Nobody else tries for two minutes. Whoever dies after it was sent and before that is recorded lets it be sent again.
  update public.alert_messages m set attempts = m.attempts + 1, next_attempt_at = clock_timestamp() + interval '2 minutes'
  where m.id = p_id and m.sent_at is null and m.next_attempt_at <= clock_timestamp()
  returning m.* into v_message;
  if not found then
    return;
  end if;
  return query
    select v_message.channel, v_message.digest,
      (select count(*)::integer from public.alert_notices n where n.message_id = p_id and n.note = 'opened'),
      (select count(*)::integer from public.alert_notices n where n.message_id = p_id and n.note = 'cleared'),
      (select jsonb_agg(to_jsonb(t) order by t."openedAt", t.note desc) from (
        select n.note, a.kind, a.title, a.detail, a.path, a.since, a.opened_at as "openedAt",
          case n.note when 'cleared' then extract(epoch from a.cleared_at - a.since)::integer end as "lastedSeconds"
        from public.alert_notices n join public.alerts a on a.id = n.alert_id
        where n.message_id = p_id order by a.opened_at, n.note desc limit 10) t);
end
$$;
comment on function app.start_alert_message is
  'Worker: what a message says, for whoever is to send it now: the first ten of its notices, and how many there are. No row when it was sent, or another one is sending it.';

create function app.finish_alert_message(p_id uuid, p_error text) returns void
language sql security definer set search_path = ''
begin atomic
  update public.alert_messages m set
    sent_at = case when p_error is null then clock_timestamp() end,
    last_error = left(p_error, 200),
    next_attempt_at = clock_timestamp() + least(30, 2 ^ (m.attempts - 1)) * interval '1 minute'
  where m.id = p_id and m.sent_at is null;
end;
comment on function app.finish_alert_message is
  'Worker: it was sent, or not and why. It is tried again after one, two, four … and at the most thirty minutes, until it gets through.';

create function app.acknowledge_alert(p_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_alert public.alerts;
begin
  perform private.require_operator();
  select * into v_alert from public.alerts a where a.id = p_id for update;
  if not found then
    raise exception 'There is no such alert.' using errcode = 'CWNTF';
  end if;
  if v_alert.cleared_at is not null or v_alert.acknowledged_at is not null then
    raise exception 'This alert was acknowledged, or has cleared.' using errcode = 'CWSTA';
  end if;
  update public.alerts set acknowledged_at = clock_timestamp(), acknowledged_by = private.actor() where id = p_id;
  perform private.write_audit('alert.acknowledge', p_id::text, jsonb_build_object('kind', v_alert.kind, 'subject', v_alert.subject));
end
$$;
comment on function app.acknowledge_alert is
  'Operator: has seen it. A webhook''s changed body, which stays for good, ends by this at the next review; everything else ends when it is gone.';

grant execute on function app.measure_queue, app.read_treasury_holds, app.record_health, app.review_alerts, app.start_alert_message,
  app.finish_alert_message to worker;
grant execute on function app.acknowledge_alert to authenticated;
