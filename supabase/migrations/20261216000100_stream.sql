-- Chapter 96: the stream. What happened is written down to be sent on in the transaction in which it happened, where somebody takes it.

create table private.stream_topics (
  topic text not null primary key,
  subscribed_at timestamptz not null default now(),
  constraint stream_topics_are_known check (topic in ('ticks', 'events'))
);
comment on table private.stream_topics is
  'What somebody takes. Without a row nothing is written down for it. With one that nobody serves any more the outbox grows, as a replication slot does.';
alter table private.stream_topics enable row level security;

create table private.outbox (
  topic text not null references private.stream_topics (topic) on delete cascade,
  id bigint not null generated always as identity,
  key text not null,
  event_id text not null,
  type text not null,
  at timestamptz not null,
  body jsonb not null,
  recorded_at timestamptz not null default clock_timestamp(),
  constraint outbox_pkey primary key (topic, id)
);
comment on table private.outbox is
  'What was not yet taken by the broker, and nothing else: a row goes once it is. No position is kept, so that a transaction that commits late is never passed over.';
comment on column private.outbox.key is 'What has the same key stays in order: an asset for ticks, a row''s id for events.';
comment on column private.outbox.event_id is 'The same whenever the same thing is sent again.';
alter table private.outbox enable row level security;

create table private.stream_relay (
  name text not null primary key,
  holder uuid,
  held_until timestamptz,
  sent_at timestamptz,
  failed_at timestamptz,
  failure text,
  constraint stream_relay_is_one check (name = 'relay'),
  constraint stream_relay_is_held_for_a_time check ((holder is null) = (held_until is null)),
  constraint stream_relay_failed_for_a_reason check (failure is null or failed_at is not null)
);
comment on table private.stream_relay is 'Which process sends. One at a time, so that what has the same key is never overtaken; whoever dies loses its turn within a minute.';
comment on column private.stream_relay.failure is 'Why nothing gets through, as a code; null since the last time that something did.';
alter table private.stream_relay enable row level security;
insert into private.stream_relay (name) values ('relay');

create table private.stream_dead_letters (
  topic text not null,
  partition_id integer not null,
  position bigint not null,
  key text,
  value text,
  reason text not null,
  at timestamptz not null default clock_timestamp(),
  constraint stream_dead_letters_pkey primary key (topic, partition_id, position)
);
comment on table private.stream_dead_letters is 'What a consumer took and could not use, with the reason. It stands in no one''s way any more.';
create index stream_dead_letters_at on private.stream_dead_letters (at desc);
alter table private.stream_dead_letters enable row level security;

create function private.tick_body(p_tick public.rate_ticks) returns jsonb
language sql immutable set search_path = ''
return jsonb_build_object('base', p_tick.asset, 'quote', p_tick.currency, 'at', p_tick.at, 'price', p_tick.price::text,
  'spreadBasisPoints', p_tick.spread_basis_points, 'sources', p_tick.sources, 'observedAt', p_tick.observed_at, 'origin', p_tick.origin);
comment on function private.tick_body is 'A price as it leaves. The price is a text: a JSON number would lose digits.';

create function private.write_ticks_down(p_ticks public.rate_ticks[]) returns integer
language sql set search_path = ''
as $$
  with written as (
    insert into private.outbox (topic, key, event_id, type, at, body)
    select 'ticks', t.asset, format('%s/%s/%s', t.asset, t.currency, to_char(t.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"')),
      'rate.tick', t.observed_at, private.tick_body(t)
    from unnest(p_ticks) t
    order by t.at, t.asset, t.currency
    returning 1
  )
  select count(*)::integer from written
$$;
comment on function private.write_ticks_down is 'Writes prices down to be sent on, in the order of their time.';

create function private.tg_rate_ticks__write_outbox() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if exists (select from private.stream_topics s where s.topic = 'ticks') then
    perform private.write_ticks_down(array(select row(t.*)::public.rate_ticks from new_ticks t));
  end if;
  return null;
end
$$;
create trigger rate_ticks_write_outbox after insert on public.rate_ticks referencing new table as new_ticks
  for each statement execute function private.tg_rate_ticks__write_outbox();

-- What an event is about, and which of its columns names it, are the trigger's arguments, and a third where whoever knows the id may
-- see the thing itself: then its hash leaves instead. Who moved it leaves as a word alone: account, agent, guest, webhook, worker.
-- No address, no amount and nothing of a person does.
create function private.tg__write_outbox() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_id text;
begin
  if not exists (select from private.stream_topics s where s.topic = 'events') then
    return null;
  end if;
  v_id := to_jsonb(new) ->> tg_argv[1];
  if tg_argv[2] = 'hashed' then
    v_id := encode(sha256(convert_to(v_id, 'UTF8')), 'hex');
  end if;
  insert into private.outbox (topic, key, event_id, type, at, body)
  values ('events', v_id, format('%s/%s/%s', tg_argv[0], v_id, new.version), format('%s.%s', tg_argv[0], new.to_status), new.at,
    jsonb_build_object('noun', tg_argv[0], 'id', v_id, 'version', new.version, 'from', new.from_status, 'to', new.to_status,
      'by', split_part(new.actor, ':', 1), 'at', new.at));
  return null;
end
$$;
comment on function private.tg__write_outbox is 'Writes a change of status down to be sent on. Changes of one row come one after the other, as each waits for the last.';

create trigger onramp_events_write_outbox after insert on public.onramp_events
  for each row execute function private.tg__write_outbox('onramp_session', 'session_id');
create trigger transfer_events_write_outbox after insert on public.transfer_events
  for each row execute function private.tg__write_outbox('transfer', 'transfer_id');
create trigger intent_events_write_outbox after insert on public.intent_events
  for each row execute function private.tg__write_outbox('intent', 'intent_id');
create trigger circle_transfer_events_write_outbox after insert on public.circle_transfer_events
  for each row execute function private.tg__write_outbox('circle_transfer', 'transfer_id');
create trigger link_events_write_outbox after insert on public.link_events
  for each row execute function private.tg__write_outbox('link', 'link_id', 'hashed');
create trigger watched_transfer_events_write_outbox after insert on public.watched_transfer_events
  for each row execute function private.tg__write_outbox('watched_transfer', 'transfer_id');

create function app.subscribe_stream(p_topics text[]) returns void
language sql security definer set search_path = ''
begin atomic
  insert into private.stream_topics (topic) select distinct t from unnest(p_topics) t order by t
  on conflict on constraint stream_topics_pkey do nothing;
end;
comment on function app.subscribe_stream is 'Worker: from now on these topics are written down to be sent on.';

create function app.end_stream() returns bigint
language plpgsql security definer set search_path = ''
as $$
declare
  v_count constant bigint := (select count(*) from private.outbox);
begin
  delete from private.stream_topics;
  update private.stream_relay set holder = null, held_until = null, failure = null;
  return v_count;
end
$$;
comment on function app.end_stream is 'Worker, when told to by a person: nothing is written down any more, and what waits is dropped. Returns how much waited.';

create function app.relay_stream(p_relay uuid, p_sent bigint[], p_limit integer) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  -- What the broker took is taken, whoever's turn it is by now.
  if cardinality(p_sent) > 0 then
    delete from private.outbox o using private.stream_topics s, unnest(p_sent) sent (id) where o.topic = s.topic and o.id = sent.id;
    update private.stream_relay set sent_at = clock_timestamp(), failure = null;
  end if;
  update private.stream_relay r set holder = p_relay, held_until = clock_timestamp() + interval '45 seconds'
  where r.holder is null or r.held_until < clock_timestamp() + case r.holder when p_relay then interval '30 seconds' else interval '0' end;
  if not exists (select from private.stream_relay r where r.holder = p_relay) then
    return jsonb_build_object('holds', false, 'messages', jsonb_build_array());
  end if;
  return jsonb_build_object('holds', true, 'messages', coalesce((
    select jsonb_agg(jsonb_build_object('id', m.id::text, 'topic', m.topic, 'key', m.key, 'eventId', m.event_id, 'type', m.type,
      'at', m.at, 'body', m.body::text) order by m.id)
    from private.stream_topics s cross join lateral (
      select o.* from private.outbox o where o.topic = s.topic order by o.id limit p_limit
    ) m), jsonb_build_array()));
end
$$;
comment on function app.relay_stream is
  'Worker: what the broker took goes, and the next of each topic, at most so many, is for this relay to send within the next thirty seconds; none, and holds false, while it is another one''s turn.';

create function app.release_stream(p_relay uuid, p_failure text default null) returns void
language sql security definer set search_path = ''
begin atomic
  update private.stream_relay r
  set holder = null, held_until = null, failure = coalesce(p_failure, r.failure),
    failed_at = case when p_failure is null then r.failed_at else clock_timestamp() end
  where r.holder = p_relay;
end;
comment on function app.release_stream is 'Worker: a relay gives its turn back, with the reason if nothing gets through.';

create function app.measure_stream()
returns table (topics text[], waiting integer, lag_seconds integer, sent_at timestamptz, failure text, dead_letters integer)
language sql stable security definer set search_path = ''
as $$
  select array(select s.topic from private.stream_topics s order by s.topic),
    -- Beyond so many it does not matter how many more.
    (select count(*)::integer from (select from private.outbox limit 100000) o),
    coalesce(extract(epoch from clock_timestamp() - (
      select min(f.recorded_at) from private.stream_topics s cross join lateral (
        select o.recorded_at from private.outbox o where o.topic = s.topic order by o.id limit 1) f)), 0)::integer,
    r.sent_at, r.failure,
    (select count(*)::integer from private.stream_dead_letters d where d.at > clock_timestamp() - interval '1 day')
  from private.stream_relay r
$$;
comment on function app.measure_stream is
  'Worker: what is subscribed, how much waits (100,000 at the most) and for how long, when something last got through and why nothing does, and what of the last day could not be used.';

create function app.stream_ticks_again(p_from timestamptz, p_to timestamptz) returns integer
language plpgsql security definer set search_path = ''
as $$
begin
  if not exists (select from private.stream_topics s where s.topic = 'ticks') then
    raise exception 'Nobody takes prices from the stream.' using errcode = 'CWSTA';
  end if;
  return private.write_ticks_down(array(select t from public.rate_ticks t where t.at >= p_from and t.at < p_to));
end
$$;
comment on function app.stream_ticks_again is 'Worker, when told to by a person: the prices of a time leave once more, for a consumer that is new. Returns how many.';

create function private.record_dead_letters(p_letters jsonb) returns integer
language sql set search_path = ''
as $$
  with kept as (
    insert into private.stream_dead_letters (topic, partition_id, position, key, value, reason)
    select l.topic, l.partition, l.position, left(l.key, 1000), left(l.value, 10000), left(l.reason, 1000)
    from jsonb_to_recordset(p_letters) l (topic text, partition integer, position bigint, key text, value text, reason text)
    on conflict on constraint stream_dead_letters_pkey do nothing
    returning 1
  )
  select count(*)::integer from kept
$$;
comment on function private.record_dead_letters is 'Keeps what could not be used. Taken once more, it is kept once.';

create function app.record_streamed_ticks(p_ticks jsonb, p_unreadable jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_policy public.rate_policies;
  v_tick record;
  v_first timestamptz;
  v_last timestamptz;
  v_at timestamptz;
  v_price numeric;
  v_written integer := 0;
  v_known integer := 0;
  v_refused jsonb := '[]';
begin
  for v_policy in
    select p.* from public.rate_policies p
    where exists (select from jsonb_to_recordset(p_ticks) t (base text, quote text) where t.base = p.asset and t.quote = p.currency)
    order by p.asset, p.currency for update
  loop
    v_first := null;
    v_last := null;
    for v_tick in
      select t.*, e.value as letter
      from jsonb_array_elements(p_ticks) e cross join jsonb_to_record(e.value) t (base text, quote text, at text, price text,
        "spreadBasisPoints" text, sources text[], "observedAt" text, origin text)
      where t.base = v_policy.asset and t.quote = v_policy.currency
      order by t.at
    loop
      begin
        v_at := v_tick.at;
        if v_tick."observedAt"::timestamptz > clock_timestamp() + interval '1 minute' then
          raise check_violation using message = 'A price cannot have been observed in the future.';
        end if;
        insert into public.rate_ticks (asset, currency, at, price, spread_basis_points, sources, observed_at, origin)
        values (v_policy.asset, v_policy.currency, v_at, v_tick.price::numeric, v_tick."spreadBasisPoints"::integer, v_tick.sources,
          v_tick."observedAt"::timestamptz, v_tick.origin)
        on conflict on constraint rate_ticks_pkey do nothing;
        if found then
          v_written := v_written + 1;
          v_first := least(v_first, v_at);
          v_last := greatest(v_last, v_at);
        else
          v_known := v_known + 1;
          select t.price into v_price from public.rate_ticks t
          where t.asset = v_policy.asset and t.currency = v_policy.currency and t.at = v_at;
          if v_price <> v_tick.price::numeric then
            v_refused := v_refused || (v_tick.letter || jsonb_build_object('reason', 'Another price of these ten minutes was there first.'));
          end if;
        end if;
      exception when data_exception or integrity_constraint_violation then
        v_refused := v_refused || (v_tick.letter || jsonb_build_object('reason', sqlerrm));
      end;
    end loop;
    if v_first is not null then
      perform private.roll_up_rates(v_policy.asset, v_policy.currency, v_first, v_last);
    end if;
  end loop;
  perform private.record_dead_letters(p_unreadable || v_refused);
  return jsonb_build_object('written', v_written, 'known', v_known, 'refused', jsonb_array_length(v_refused) + jsonb_array_length(p_unreadable));
end
$$;
comment on function app.record_streamed_ticks is
  'Worker: prices from the stream, [{topic, partition, position, key, value, base, quote, at, price, spreadBasisPoints, sources, observedAt, origin}], and what could not be read, with a reason each. The first price of ten minutes stands; taken again, nothing changes. What cannot be used is kept aside.';

alter table public.health_checks drop constraint health_checks_name_is_known;
alter table public.health_checks add constraint health_checks_name_is_known check (
  name in ('database', 'queue', 'treasury', 'stripe', 'supabase', 'circle', 'rates', 'stream') or name like 'chain:%') not valid;
alter table public.health_checks validate constraint health_checks_name_is_known;

grant execute on function app.subscribe_stream, app.end_stream, app.relay_stream, app.release_stream, app.measure_stream,
  app.stream_ticks_again, app.record_streamed_ticks to worker;
