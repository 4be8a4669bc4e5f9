-- Chapter 123: calls. The two say that they are there; the database's clock begins the call, and ends it.

create function private.own_call(p_id uuid) returns public.calls
language plpgsql set search_path = ''
as $$
declare
  v public.calls;
begin
  select c.* into v from public.calls c
  where c.id = p_id and exists (select from public.call_members m where m.call_id = c.id and m.account_id = private.account_id()) for update;
  if not found then
    raise exception 'There is no such call.' using errcode = 'CWNTF';
  end if;
  return v;
end
$$;
comment on function private.own_call is 'A call of the signed-in person''s, locked. Raises CWNTF for another''s.';

create function private.end_by_clock(p_call public.calls) returns boolean
language plpgsql set search_path = ''
as $$
begin
  if p_call.status = 'ended' then
    return true;
  end if;
  if coalesce(p_call.ends_at, p_call.connect_by) > clock_timestamp() then
    return false;
  end if;
  perform private.finish_call(p_call.id, case p_call.status when 'live' then 'time' else 'never_connected' end, coalesce(p_call.ends_at, p_call.connect_by));
  return true;
end
$$;
comment on function private.end_by_clock is 'Ends a locked call whose time is over, as of when it was. Returns whether it is over.';

create function app.beat_call(p_id uuid, p_connected boolean) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_me constant uuid := private.require_room_access();
  v_call public.calls := private.own_call(p_id);
  v_terms private.room_terms;
  v_now constant timestamptz := clock_timestamp();
  v_mine public.call_members;
  v_other public.call_members;
begin
  if private.end_by_clock(v_call) then
    return private.call_json(p_id);
  end if;
  select * into strict v_terms from private.room_terms;
  select * into strict v_mine from public.call_members m where m.call_id = p_id and m.account_id = v_me;
  select * into strict v_other from public.call_members m where m.call_id = p_id and m.id <> v_mine.id;
  if v_now - v_mine.seen_at > v_terms.reconnect_within / 2 then
    -- I was silent too, so the silence may have been the server's: the other has all the time to come back.
    update public.call_members m set seen_at = v_now where m.id = v_other.id and m.seen_at < v_now;
  elsif v_call.status = 'live' and v_other.seen_at <= v_now - v_terms.reconnect_within then
    perform private.finish_call(p_id, 'lost', greatest(v_other.seen_at, v_call.started_at));
    return private.call_json(p_id);
  end if;
  update public.call_members m set seen_at = v_now, connected_at = coalesce(m.connected_at, case when p_connected then v_now end) where m.id = v_mine.id;
  if v_call.status = 'connecting' and (v_mine.connected_at is not null or p_connected) and v_other.connected_at is not null then
    update public.calls c set status = 'live', started_at = v_now, ends_at = v_now + make_interval(secs => c.seconds) where c.id = p_id;
    perform private.add_job('end_call', jsonb_build_object('callId', p_id), 'end_call:' || p_id, v_now + make_interval(secs => v_call.seconds));
  end if;
  return private.call_json(p_id);
end
$$;
comment on function app.beat_call is
  'One of the two, every few seconds: is still there, and hears and sees the other or does not yet. Once both do, the clock runs. Whoever was not heard of for too long is lost.';

create function app.leave_call(p_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_call public.calls;
begin
  perform private.require_person();
  v_call := private.own_call(p_id);
  if not private.end_by_clock(v_call) then
    perform private.finish_call(p_id, 'left', clock_timestamp());
  end if;
  return private.call_json(p_id);
end
$$;
comment on function app.leave_call is 'One of the two: ends the call. One that is over stays as it ended.';

create function app.read_call(p_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.require_person();
  return private.call_json(p_id);
end
$$;
comment on function app.read_call is 'One of the two: a call of theirs; null when it is not theirs.';

create function app.list_calls(p_before_at timestamptz, p_before_id uuid, p_limit integer)
returns table (call jsonb, "position" text, id uuid)
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.require_person();
  return query
    select private.call_json(c.id), c.created_at::text, c.id
    from public.call_members m join public.calls c on c.id = m.call_id
    where m.account_id = private.account_id() and (p_before_at is null or (c.created_at, c.id) < (p_before_at, p_before_id))
    order by c.created_at desc, c.id desc limit p_limit;
end
$$;
comment on function app.list_calls is 'A person: the calls they were in and with whom, newest first.';

create function app.end_call(p_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_call public.calls;
begin
  select * into v_call from public.calls c where c.id = p_id for update;
  if found then
    perform private.end_by_clock(v_call);
  end if;
end
$$;
comment on function app.end_call is 'Worker: ends a call whose time is over, or that never began in time. Before that it does nothing.';

create function app.sweep_rooms() returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  v_count integer := 0;
  v_rows integer;
  v_row record;
begin
  for v_row in
    select i.id from public.invitations i where i.status = 'pending' and i.deadline < clock_timestamp() order by i.id limit 1000 for update skip locked
  loop
    perform app.expire_invitation(v_row.id);
    v_count := v_count + 1;
  end loop;
  for v_row in
    select c.* from public.calls c
    where c.status <> 'ended' and (coalesce(c.ends_at, c.connect_by) < clock_timestamp()
      or (select max(m.seen_at) from public.call_members m where m.call_id = c.id) < clock_timestamp() - interval '2 minutes')
    order by c.id limit 1000 for update of c skip locked
  loop
    if coalesce(v_row.ends_at, v_row.connect_by) < clock_timestamp() then
      perform app.end_call(v_row.id);
    else
      perform private.finish_call(v_row.id, 'lost', greatest(v_row.started_at, (select max(m.seen_at) from public.call_members m where m.call_id = v_row.id)));
    end if;
    v_count := v_count + 1;
  end loop;
  -- Whoever comes back at this moment is left alone.
  delete from public.room_presence p where p.account_id in (
    select q.account_id from public.room_presence q cross join private.room_terms t
    where q.seen_at < clock_timestamp() - greatest(t.present_for, interval '2 minutes') for update of q skip locked);
  get diagnostics v_rows = row_count;
  delete from private.cooldowns c where (c.low_id, c.high_id) in (
    select o.low_id, o.high_id from private.cooldowns o where o.until < clock_timestamp() for update skip locked);
  return v_count + v_rows;
end
$$;
comment on function app.sweep_rooms is
  'Worker, every minute: what a job missed, calls that both have left without a word, and the traces of people who are gone. Returns how much there was.';

create function app.close_rooms_to(p_account_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  -- By now another pass may hold, or the same one again.
  if exists (select from public.passes p where p.owner_id = p_account_id and p.status = 'active' and p.expires_at > now()) then
    return;
  end if;
  perform private.remove_from_rooms(p_account_id, 'pass_ended');
end
$$;
comment on function app.close_rooms_to is 'Worker: somebody whose pass ended is in the rooms no longer, and their call ends. Does nothing while a pass of theirs holds.';

create function private.tg_passes__close_rooms() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if new.owner_id is not null then
    perform private.add_job('close_rooms', jsonb_build_object('accountId', new.owner_id), 'close_rooms:' || new.owner_id);
  end if;
  return null;
end
$$;
create trigger passes_close_rooms after update of status on public.passes
  for each row when (old.status = 'active' and new.status <> 'active') execute function private.tg_passes__close_rooms();

grant execute on function app.beat_call, app.leave_call, app.read_call, app.list_calls to authenticated;
grant execute on function app.end_call, app.sweep_rooms, app.close_rooms_to to worker;
