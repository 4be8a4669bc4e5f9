-- An attempt that never says how it ended may have killed its worker; or the platform cut off the request it ran in, as it does to many
-- while their sender hangs. So it takes more of those to give an event up than of failures that were told.

create or replace function app.start_webhook(p_id uuid)
returns table (source text, event_id text, type text, body bytea, status text)
language plpgsql security definer set search_path = ''
as $$
declare
  v_unended_allowed constant integer := 4 * private.webhook_faults_allowed();
begin
  -- An attempt counts as failed until it says how it ended.
  return query
  update public.webhook_events w set attempts = w.attempts + 1, faults = w.faults + 1, last_attempt_at = clock_timestamp()
  where w.id = p_id and w.status in ('received', 'failed') and w.faults < v_unended_allowed
  returning w.source, w.event_id, w.type, w.body, w.status;
  if not found then
    update public.webhook_events w
    set status = 'quarantined', last_error = 'Its last attempts never said how they ended: their workers may have died of it.'
    where w.id = p_id and w.status in ('received', 'failed');
  end if;
end
$$;
