-- Chapter 93: what people do with price alerts, and how they are told.

create function private.rate_alert_json(p_id uuid) returns jsonb
language sql stable set search_path = ''
return (
  select jsonb_build_object(
    'id', a.id, 'status', a.status, 'base', a.asset, 'quote', a.currency, 'direction', a.direction, 'price', a.price::text,
    'channel', a.channel, 'url', a.url,
    'reached', case when t.at is not null then jsonb_build_object('price', t.price::text, 'at', t.observed_at) end,
    'attempts', (select coalesce(jsonb_agg(jsonb_build_object('at', l.at, 'failure', l.failure) order by l.attempt), '[]')
      from public.rate_alert_attempts l where l.alert_id = a.id),
    'nextAttemptAt', a.next_attempt_at, 'createdAt', a.created_at, 'endedAt', a.finalized_at,
    'events', (select jsonb_agg(jsonb_build_object('from', e.from_status, 'to', e.to_status, 'at', e.at, 'actor', split_part(e.actor, ':', 1)) order by e.version)
      from public.rate_alert_events e where e.alert_id = a.id))
  from public.rate_alerts a left join public.rate_ticks t on (t.asset, t.currency, t.at) = (a.asset, a.currency, a.tick_at)
  where a.id = p_id
);
comment on function private.rate_alert_json is 'A price alert as the API shows it to its person.';

create function app.list_rate_alerts(p_status text, p_before_at timestamptz, p_before_id uuid, p_limit integer)
returns table (alert jsonb, "position" text, id uuid)
language sql stable security definer set search_path = ''
as $$
  select private.rate_alert_json(a.id), a.created_at::text, a.id from public.rate_alerts a
  where a.account_id = private.account_id() and (p_status is null or a.status = p_status)
    and (p_before_at is null or (a.created_at, a.id) < (p_before_at, p_before_id))
  order by a.created_at desc, a.id desc limit p_limit
$$;
comment on function app.list_rate_alerts is 'A person: their price alerts, newest first.';

create function app.read_rate_alert(p_id uuid) returns jsonb
language sql stable security definer set search_path = ''
return (select private.rate_alert_json(a.id) from public.rate_alerts a where a.id = p_id and a.account_id = private.account_id());
comment on function app.read_rate_alert is 'A person: a price alert of theirs; null when it is not theirs.';

create function private.own_rate_alert(p_id uuid) returns public.rate_alerts
language plpgsql set search_path = ''
as $$
declare
  v public.rate_alerts;
begin
  select * into v from public.rate_alerts a where a.id = p_id and a.account_id = private.account_id() for update;
  if not found then
    raise exception 'There is no such price alert.' using errcode = 'CWNTF';
  end if;
  return v;
end
$$;
comment on function private.own_rate_alert is 'A price alert of the signed-in person''s, locked. Raises CWNTF for another''s.';

create function app.create_rate_alert(
  p_idempotency_key text, p_request_hash bytea, p_asset text, p_currency text, p_direction text, p_price text, p_channel text,
  p_url text, p_sealed_secret bytea
) returns table (answer jsonb, replayed boolean, secret_is_new boolean)
language plpgsql security definer set search_path = ''
as $$
declare
  v_key public.idempotency_keys := private.claim_idempotency_key('rate-alerts', p_idempotency_key, p_request_hash);
  v_account_id uuid;
  v_has_email boolean;
  v_tick public.rate_ticks;
  v_new boolean := false;
begin
  if v_key.response_status is not null then
    return query select private.rate_alert_json(v_key.resource_id), true, false;
    return;
  end if;
  select u.id, u.email is not null and u.email_confirmed_at is not null into v_account_id, v_has_email
  from auth.users u where u.id = private.account_id() and not coalesce(u.is_anonymous, false);
  if not found then
    raise exception 'Price alerts are for people who have signed in.' using errcode = 'CWFRB';
  end if;
  if p_channel = 'email' and not v_has_email then
    perform private.refuse('email_needed', 'You signed in without an email address. Have a webhook called instead, or sign in with one.');
  end if;
  -- One alert of a person's after the other, as they are counted; and no price of the pair until this one is committed.
  perform pg_advisory_xact_lock(hashtextextended('rate_alerts:' || v_account_id, 0));
  perform private.lock_rate_alerts(p_asset, p_currency);
  if (select count(*) from public.rate_alerts a where a.account_id = v_account_id and a.status = 'armed') >= 20 then
    perform private.refuse('too_many_rate_alerts', 'A person has twenty price alerts waiting at most. End one first.');
  end if;
  if (select count(*) from public.rate_alerts a where a.account_id = v_account_id and a.created_at > now() - interval '1 day') >= 200 then
    perform private.refuse('too_many_rate_alerts', 'Two hundred price alerts were made today. More can be made tomorrow.');
  end if;
  v_tick := private.fresh_tick(p_asset, p_currency);
  if private.is_reached(p_direction, p_price::numeric, v_tick.price) then
    perform private.refuse('rate_reached', format('%s costs %s %s now, so it is there already. Name another price.', p_asset, v_tick.price, p_currency));
  end if;
  if p_channel = 'webhook' then
    insert into private.webhook_endpoints (account_id, url, sealed_secret) values (v_account_id, p_url, p_sealed_secret)
    on conflict on constraint webhook_endpoints_pkey do nothing;
    v_new := found;
  end if;
  insert into public.rate_alerts (id, account_id, asset, currency, direction, price, compared_at, channel, url)
  values (v_key.resource_id, v_account_id, p_asset, p_currency, p_direction, p_price::numeric, v_tick.observed_at, p_channel, p_url);
  -- The answer is kept without the secret: it is shown once.
  update public.idempotency_keys k set response_status = 201, response_body = convert_to(v_key.resource_id::text, 'UTF8')
  where k.resource_id = v_key.resource_id;
  return query select private.rate_alert_json(v_key.resource_id), false, v_new;
end
$$;
comment on function app.create_rate_alert is
  'A person: wants to be told once when a price reaches a line that it has not reached yet. Says whether the sealed secret was taken: an address that is known keeps its own.';

create function app.cancel_rate_alert(p_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v public.rate_alerts := private.own_rate_alert(p_id);
begin
  if v.status <> 'armed' then
    raise exception 'This price alert no longer waits: it is %.', v.status using errcode = 'CWSTA';
  end if;
  update public.rate_alerts set status = 'cancelled' where id = p_id;
  return private.rate_alert_json(p_id);
end
$$;
comment on function app.cancel_rate_alert is 'A person: ends a price alert of theirs that still waits.';

create function app.renew_rate_alert_secret(p_id uuid, p_sealed_secret bytea) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v public.rate_alerts := private.own_rate_alert(p_id);
begin
  if v.channel <> 'webhook' then
    raise exception 'This price alert is told by email, where nothing is signed.' using errcode = 'CWSTA';
  end if;
  update private.webhook_endpoints w set sealed_secret = p_sealed_secret, renewed_at = clock_timestamp()
  where w.account_id = v.account_id and w.url = v.url;
  perform private.write_audit('rate_alert.renew_secret', p_id::text);
end
$$;
comment on function app.renew_rate_alert_secret is
  'A person: signs what goes to this alert''s address with another secret from now on. The one before signs nothing more.';

create function app.address_rate_alert(p_id uuid)
returns table (attempt integer, channel text, url text, sealed_secret bytea, email text, alert jsonb)
language sql stable security definer set search_path = ''
as $$
  select a.attempts, a.channel, a.url, w.sealed_secret, case when u.email_confirmed_at is not null then u.email end, private.rate_alert_json(a.id)
  from public.rate_alerts a join auth.users u on u.id = a.account_id
    left join private.webhook_endpoints w on w.account_id = a.account_id and w.url = a.url
  where a.id = p_id
$$;
comment on function app.address_rate_alert is
  'Worker: where a price alert is told, as it is now, and with which secret it is signed. The address of mail is that which the account has confirmed.';

create function app.start_rate_alert(p_id uuid)
returns table (attempt integer, channel text, url text, sealed_secret bytea, email text, alert jsonb)
language plpgsql security definer set search_path = ''
as $$
begin
  -- Nobody else tries for two minutes. Whoever dies after it was sent and before that is recorded lets it be sent again.
  update public.rate_alerts a set attempts = a.attempts + 1, next_attempt_at = clock_timestamp() + interval '2 minutes'
  where a.id = p_id and a.status = 'triggered' and a.next_attempt_at <= clock_timestamp();
  if found then
    return query select t.* from app.address_rate_alert(p_id) t;
  end if;
end
$$;
comment on function app.start_rate_alert is
  'Worker: what is to be told, for whoever is to send it now. No row when its person was told, or another one is sending it, or it is not its time.';

create function app.finish_rate_alert(p_id uuid, p_attempt integer, p_failure text, p_final boolean) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  v public.rate_alerts;
  v_pause interval;
begin
  select * into v from public.rate_alerts a where a.id = p_id for update;
  insert into public.rate_alert_attempts (alert_id, attempt, failure) values (p_id, p_attempt, left(p_failure, 200))
  on conflict on constraint rate_alert_attempts_pkey do nothing;
  -- One that took so long that another began knows no more than that one, unless it got through.
  if v.status <> 'triggered' or (p_failure is not null and p_attempt <> v.attempts) then
    return v.status;
  end if;
  v_pause := (array['10 seconds', '1 minute', '5 minutes', '30 minutes', '2 hours', '6 hours', '12 hours']::interval[])[p_attempt];
  if p_failure is null then
    update public.rate_alerts set status = 'told', next_attempt_at = null where id = p_id;
    return 'told';
  end if;
  if p_final or v_pause is null then
    update public.rate_alerts set status = 'failed', next_attempt_at = null where id = p_id;
    return 'failed';
  end if;
  update public.rate_alerts set next_attempt_at = clock_timestamp() + v_pause where id = p_id;
  perform private.add_job('tell_rate_alert', jsonb_build_object('alertId', p_id), format('rate_alert:%s:%s', p_id, p_attempt + 1),
    clock_timestamp() + v_pause);
  return 'triggered';
end
$$;
comment on function app.finish_rate_alert is
  'Worker: how an attempt to tell ended, null for well. What failed is tried again after ten seconds, a minute, and ever later, eight times within 21 hours, unless it is final. Returns the status.';

create function app.schedule_rate_alerts() returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  v_count integer := 0;
  v_row record;
begin
  for v_row in
    select a.id, format('rate_alert:%s:%s', a.id, a.attempts + 1) as job_key from public.rate_alerts a
    where a.status = 'triggered' and a.next_attempt_at < now() - interval '1 minute' order by a.next_attempt_at limit 1000
  loop
    continue when exists (select from graphile_worker.jobs j where j.key = v_row.job_key and j.attempts < j.max_attempts
      and (j.locked_at is not null or j.run_at < now() + interval '1 minute'));
    perform private.add_job('tell_rate_alert', jsonb_build_object('alertId', v_row.id), v_row.job_key);
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;
comment on function app.schedule_rate_alerts is 'Worker, every minute: gives each price alert whose telling is overdue, because a worker died, a job again. Returns how many there were.';

grant execute on function app.list_rate_alerts, app.read_rate_alert, app.create_rate_alert, app.cancel_rate_alert, app.renew_rate_alert_secret
  to authenticated;
grant execute on function app.address_rate_alert, app.start_rate_alert, app.finish_rate_alert, app.schedule_rate_alerts to worker;
