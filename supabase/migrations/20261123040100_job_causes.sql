-- A job says what caused it, so that its log lines and its trace go on where those of the request ended. The server names
-- the cause in the statement that takes the actor's role (lib/db/as.ts); what is not of the known form is left out.

create function private.job_cause() returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'traceparent', substring(split_part(c.said, ' ', 1) from '^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$'),
    'since', substring(split_part(c.said, ' ', 2) from '^[0-9]{10}$')::bigint,
    'requestId', substring(split_part(c.said, ' ', 3) from '^[A-Za-z0-9._:-]{8,128}$')))
  from (select current_setting('causeway.cause', true) as said) c
$$;
comment on function private.job_cause is
  'What this transaction was asked for by: the trace (W3C traceparent), when that trace began (Unix seconds), and the request. Each is absent when unknown or malformed.';

create or replace function private.add_job(
  p_task text, p_payload jsonb, p_job_key text default null, p_run_at timestamptz default null, p_max_attempts integer default 25
) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_cause constant jsonb := private.job_cause();
begin
  perform graphile_worker.add_job(
    identifier => p_task,
    payload => (case when v_cause = '{}' then p_payload else p_payload || jsonb_build_object('cause', v_cause) end)::json,
    run_at => p_run_at, max_attempts => p_max_attempts, job_key => p_job_key
  );
end
$$;
