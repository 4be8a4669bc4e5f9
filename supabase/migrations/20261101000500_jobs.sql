-- Chapter 5: work for later, added in the transaction that needs it. The queue is graphile-worker's own schema.

create function private.add_job(
  p_task text, p_payload jsonb, p_job_key text default null, p_run_at timestamptz default null, p_max_attempts integer default 25
) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform graphile_worker.add_job(
    identifier => p_task, payload => p_payload::json, run_at => p_run_at, max_attempts => p_max_attempts, job_key => p_job_key
  );
end
$$;
comment on function private.add_job is
  'Adds a job that starts after this transaction commits. A job key replaces a waiting job of the same key, so work is never queued twice.';

-- The runner logs in as causeway, which does not own the queue: it gets the rights it needs and a policy on each table.
grant usage on schema graphile_worker to causeway;
grant select on graphile_worker.migrations, graphile_worker.jobs to causeway;
grant select, insert, update, delete on
  graphile_worker._private_jobs, graphile_worker._private_job_queues,
  graphile_worker._private_tasks, graphile_worker._private_known_crontabs to causeway;
grant execute on all functions in schema graphile_worker to causeway;
grant usage, select on all sequences in schema graphile_worker to causeway;
create policy "the runner works the queue" on graphile_worker._private_jobs to causeway using (true) with check (true);
create policy "the runner works the queue" on graphile_worker._private_job_queues to causeway using (true) with check (true);
create policy "the runner works the queue" on graphile_worker._private_tasks to causeway using (true) with check (true);
create policy "the runner works the queue" on graphile_worker._private_known_crontabs to causeway using (true) with check (true);
