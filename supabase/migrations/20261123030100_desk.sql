-- Chapter 25: what the operator's desk reads that is in no table of ours, and what it may do to a job.

-- A job by the clock names none of our rows, and no newer job takes its work over.
create function private.is_replaced(p_key text, p_payload json) returns boolean
language sql immutable set search_path = ''
return p_key is null and coalesce(
  p_payload ->> 'sessionId', p_payload ->> 'transferId', p_payload ->> 'webhookEventId', p_payload ->> 'messageId') is not null;
comment on function private.is_replaced is 'Whether a job that is not tried again lost its key to a newer one, which does its work.';

-- The queue's tables are graphile-worker's own and may change with it, so they are named in plpgsql, which is bound late, and in no view.
create function app.read_jobs(
  p_state text default null, p_task text default null, p_keys text[] default null, p_id bigint default null,
  p_before bigint default null, p_limit integer default 50
) returns table (
  id bigint, task text, job_key text, state text, attempts integer, max_attempts integer, run_at timestamptz, created_at timestamptz,
  updated_at timestamptz, locked_at timestamptz, locked_by text, last_error text, session_id text, transfer_id text, webhook_event_id text
)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan
as $$
begin
  perform private.require_operator();
  return query
  select j.id, t.identifier, j.key, s.state, j.attempts::integer, j.max_attempts::integer, j.run_at, j.created_at, j.updated_at, j.locked_at,
    j.locked_by, j.last_error, j.payload ->> 'sessionId', j.payload ->> 'transferId', j.payload ->> 'webhookEventId'
  from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id
    cross join lateral (select case
      when j.locked_at is not null then 'running'
      when j.attempts >= j.max_attempts then case when private.is_replaced(j.key, j.payload) then 'replaced' else 'failed' end
      when j.attempts > 0 then 'retrying'
      when j.run_at <= now() then 'due'
      else 'waiting' end as state) s
  where (p_state is null or s.state = p_state)
    and (p_task is null or t.identifier = p_task)
    and (p_keys is null or j.key = any (p_keys))
    and (p_id is null or j.id = p_id)
    and (p_before is null or j.id < p_before)
  order by j.id desc
  limit least(p_limit, 201);
end
$$;
comment on function app.read_jobs is
  'Operator: the queue, the newest job first. running, due, waiting (for its time), retrying (it failed and is tried again), failed (for good), or replaced: it lost its key to a newer job, which does its work. Of a payload only the ids of our own rows are shown.';

create function app.read_job_counts() returns table (task text, state text, jobs bigint, oldest_run_at timestamptz)
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.require_operator();
  return query
  select t.identifier, c.state, c.jobs, c.oldest_run_at
  from (
    select j.task_id, s.state, count(*) as jobs, min(j.run_at) as oldest_run_at
    from graphile_worker._private_jobs j
      cross join lateral (select case
        when j.locked_at is not null then 'running'
        when j.attempts >= j.max_attempts then case when private.is_replaced(j.key, j.payload) then 'replaced' else 'failed' end
        when j.attempts > 0 then 'retrying'
        when j.run_at <= now() then 'due'
        else 'waiting' end as state) s
    group by j.task_id, s.state
  ) c join graphile_worker._private_tasks t on t.id = c.task_id
  order by t.identifier, c.state;
end
$$;
comment on function app.read_job_counts is
  'Operator: how many jobs of each task are in each state of app.read_jobs, and from when the oldest should run.';

create function app.retry_job(p_job_id bigint) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_job record;
begin
  perform private.require_operator();
  select j.key, j.payload, j.attempts, j.max_attempts, j.run_at, j.locked_at, t.identifier as task into v_job
  from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
  where j.id = p_job_id for update of j;
  if not found then
    raise exception 'There is no such job: it is done, or a newer one took its place.' using errcode = 'CWNTF';
  end if;
  if v_job.locked_at is not null then
    raise exception 'This job runs now. If its worker died, the queue takes it back within two minutes.' using errcode = 'CWSTA';
  end if;
  if v_job.attempts >= v_job.max_attempts and private.is_replaced(v_job.key, v_job.payload) then
    raise exception 'A newer job does the work of this one.' using errcode = 'CWSTA';
  end if;
  if v_job.attempts = 0 and v_job.run_at <= now() then
    raise exception 'This job is due already: a worker takes it next.' using errcode = 'CWSTA';
  end if;
  perform graphile_worker.reschedule_jobs(array[p_job_id], run_at => now(), attempts => 0);
  perform private.write_audit('job.retry', p_job_id::text,
    jsonb_strip_nulls(jsonb_build_object('task', v_job.task, 'key', v_job.key, 'attempts', v_job.attempts)));
end
$$;
comment on function app.retry_job is
  'Operator: lets a job run now, with all its attempts before it. Every task may run twice, so a retry is always safe.';

create function app.read_attempts(p_transfer_ids uuid[]) returns table (transfer_id uuid, attempt integer, hash text, signed_at timestamptz)
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.require_operator();
  return query
  select s.transfer_id, s.attempt, s.hash::text, s.signed_at from private.signed_transactions s
  where s.transfer_id = any (p_transfer_ids) order by s.transfer_id, s.attempt;
end
$$;
comment on function app.read_attempts is 'Operator: under which hashes transfers were signed, the first attempt first. Never their bytes.';

create function app.find_attempt(p_hash text) returns uuid
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.require_operator();
  return (select s.transfer_id from private.signed_transactions s where s.hash = p_hash);
end
$$;
comment on function app.find_attempt is 'Operator: the transfer that was ever signed under this hash, be it replaced since; or null.';

create function app.read_treasury_observations()
returns table (network text, asset text, block_number bigint, amount numeric, observed_at timestamptz)
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.require_operator();
  return query
  select o.network::text, o.asset::text, o.block_number, o.amount::numeric, o.observed_at from private.treasury_observations o
  order by o.network, o.asset;
end
$$;
comment on function app.read_treasury_observations is 'Operator: the treasury''s balances as last read on chain, and at which block.';

-- Which of Stripe's sessions an event tells of: the first such id in its body, which is bytes and may be no JSON at all. A client's
-- secret begins with the id of its session.
create function private.onramp_session_told_of(p_body bytea) returns text
language sql immutable set search_path = ''
return left(split_part(substring(encode(p_body, 'escape') from '"(cos_[A-Za-z0-9_-]+)'), '_secret_', 1), 100);
comment on function private.onramp_session_told_of is 'The id at Stripe of the onramp session that a webhook''s body names first, or null.';
-- What a sender writes may be longer than an index takes, and is stored all the same.
create index webhook_events_type on public.webhook_events (left(type, 100), received_at desc);
-- Only of what tells of onramp sessions, so that nothing else that is stored pays for it.
create index webhook_events_onramp_session on public.webhook_events (private.onramp_session_told_of(body), received_at desc)
  where type like 'crypto.onramp%';

-- Under row-level security no index over an expression is read, so these two run as the owner.
create function app.find_webhooks_of_session(p_stripe_session_id text) returns setof uuid
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.require_operator();
  return query select w.id from public.webhook_events w
  where private.onramp_session_told_of(w.body) = p_stripe_session_id and w.type like 'crypto.onramp%'
  order by w.received_at desc limit 50;
end
$$;
comment on function app.find_webhooks_of_session is 'Operator: the newest fifty events whose body names this session of Stripe''s first.';

create function app.find_webhooks_of_type(p_type text) returns setof uuid
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.require_operator();
  return query select w.id from public.webhook_events w
  where left(w.type, 100) = left(p_type, 100) and w.type = p_type order by w.received_at desc limit 50;
end
$$;
comment on function app.find_webhooks_of_type is 'Operator: the newest fifty events of a type.';

grant execute on function app.read_jobs, app.read_job_counts, app.retry_job, app.read_attempts, app.find_attempt,
  app.read_treasury_observations, app.find_webhooks_of_session, app.find_webhooks_of_type to authenticated;

-- The desk's lists and its search read no table from end to end, however much there is.
create index onramp_sessions_attention on public.onramp_sessions (created_at desc, id desc) where status in ('needs_attention', 'unknown');
create index transfers_created_at on public.transfers (created_at desc, id desc);
create index transfers_failed on public.transfers (created_at desc, id desc) where status = 'failed';
create index transfers_to_address on public.transfers (to_address, created_at desc);
create index transfers_from_address on public.transfers (from_address, created_at desc);
create index transfers_displaced_by on public.transfers (displaced_by) where displaced_by is not null;
create index ledger_transfers_created_at on public.ledger_transfers (created_at desc, id desc);
create index audit_log_actor on public.audit_log (actor, id desc);
create index audit_log_action on public.audit_log (action, id desc);
