-- Chapter 122: who is there, who asks whom, and how a call comes of it.

create function private.refuse_in_rooms(p_code text, p_message text) returns void
language plpgsql set search_path = ''
as $$
begin
  raise exception '%', p_message using errcode = 'CWROM', detail = p_code;
end
$$;
comment on function private.refuse_in_rooms is 'Ends the command: it does not fit how things stand in the rooms. The code is that of docs/error-codes.md.';

create function private.require_person() returns uuid
language plpgsql stable set search_path = ''
as $$
begin
  if private.acting_role() is distinct from 'authenticated' or not exists (select from auth.users u where u.id = private.account_id()) then
    raise exception 'The rooms are for people who have an account.' using errcode = 'CWFRB';
  end if;
  return private.account_id();
end
$$;
comment on function private.require_person is 'The signed-in person, a guest''s account included. Raises CWFRB for anybody else.';

create function private.require_room_access() returns uuid
language plpgsql stable set search_path = ''
as $$
begin
  perform private.require_person();
  perform private.require_not_suspended();
  perform private.require_pass();
  return private.account_id();
end
$$;
comment on function private.require_room_access is 'The signed-in person, who has a pass and is not suspended. Everything behind the paywall begins with this.';

-- Whatever is decided between two people is decided by one at a time. Rows are locked after this, never before.
create function private.lock_people(p_one uuid, p_other uuid) returns void
language plpgsql set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('room:' || least(p_one, p_other), 0));
  perform pg_advisory_xact_lock(hashtextextended('room:' || greatest(p_one, p_other), 0));
end
$$;
comment on function private.lock_people is 'Held until the transaction ends: whatever changes between these two, or between one of them and a third, waits.';

create function private.is_present(p_account_id uuid) returns boolean
language sql stable set search_path = ''
return exists (
  select from public.room_presence p cross join private.room_terms t
  where p.account_id = p_account_id and p.seen_at > clock_timestamp() - t.present_for
);
comment on function private.is_present is 'Whether somebody''s page has said lately that they are in the rooms.';

create function private.is_blocked(p_one uuid, p_other uuid) returns boolean
language sql stable set search_path = ''
return exists (
  select from public.blocks b
  where (b.blocker_id, b.blocked_id) in ((p_one, p_other), (p_other, p_one))
);
comment on function private.is_blocked is 'Whether one of the two never wants to meet the other.';

create function private.cooldown_until(p_one uuid, p_other uuid) returns timestamptz
language sql stable set search_path = ''
return (
  select c.until from private.cooldowns c
  where (c.low_id, c.high_id) = (least(p_one, p_other), greatest(p_one, p_other)) and c.until > clock_timestamp()
);
comment on function private.cooldown_until is 'Until when the two leave each other alone; null when they need not.';

create function private.cool_down(p_one uuid, p_other uuid, p_for interval, p_because text) returns void
language sql set search_path = ''
begin atomic
  insert into private.cooldowns (low_id, high_id, until, because)
  select least(p_one, p_other), greatest(p_one, p_other), clock_timestamp() + p_for, p_because
  where p_one is not null and p_other is not null
  on conflict on constraint cooldowns_pkey do update set until = excluded.until, because = excluded.because
  where cooldowns.until < excluded.until;
end;
comment on function private.cool_down is 'From now on the two leave each other alone for so long. A longer one that runs already stands.';

create function private.name_of(p_account_id uuid) returns text
language sql stable set search_path = ''
return (select p.name from public.profiles p where p.account_id = p_account_id);
comment on function private.name_of is 'By what name others meet somebody; null once the account is deleted.';

-- Ends a call whose row the caller has locked and found unfinished.
create function private.finish_call(p_call_id uuid, p_reason text, p_at timestamptz) returns void
language plpgsql set search_path = ''
as $$
declare
  v_call public.calls;
  v_people uuid[];
begin
  update public.calls c set status = 'ended', end_reason = p_reason, ended_at = p_at where c.id = p_call_id returning c.* into v_call;
  with left_by as (update public.call_members m set live = false where m.call_id = p_call_id returning m.account_id)
  select array_agg(l.account_id) into v_people from left_by l;
  -- What never came about keeps nobody apart, unless one of the two would have none of it.
  if v_call.started_at is not null or p_reason not in ('never_connected', 'lost') then
    perform private.cool_down(v_people[1], v_people[2], t.cooldown_after_call, 'call') from private.room_terms t;
  end if;
  delete from public.call_signals s where s.call_id = p_call_id;
  perform private.call_counted(p_call_id);
end
$$;
comment on function private.finish_call is 'Ends a call, lets the two rest from each other, throws its signals away and counts it.';

-- Whatever is over by the clock is over, though no job has said so yet.
create function private.settle_people(p_people uuid[]) returns void
language plpgsql set search_path = ''
as $$
declare
  v_now constant timestamptz := clock_timestamp();
  v_id uuid;
  v_call public.calls;
begin
  for v_id in
    select i.id from public.invitations i
    where i.status = 'pending' and i.deadline <= v_now and (i.inviter_id = any (p_people) or i.invitee_id = any (p_people))
    order by i.id for update
  loop
    update public.invitations i set status = 'missed' where i.id = v_id and i.status = 'pending';
  end loop;
  for v_call in
    select c.* from public.calls c
    where c.status <> 'ended' and coalesce(c.ends_at, c.connect_by) <= v_now
      and c.id in (select m.call_id from public.call_members m where m.live and m.account_id = any (p_people))
    order by c.id for update
  loop
    perform private.finish_call(v_call.id, case v_call.status when 'live' then 'time' else 'never_connected' end,
      coalesce(v_call.ends_at, v_call.connect_by));
  end loop;
end
$$;
comment on function private.settle_people is 'Ends the invitations and the calls of these people whose time is over, as of when it was.';

create function private.void_invitations(p_people uuid[]) returns void
language plpgsql set search_path = ''
as $$
declare
  v_id uuid;
begin
  for v_id in
    select i.id from public.invitations i
    where i.status = 'pending' and (i.inviter_id = any (p_people) or i.invitee_id = any (p_people)) order by i.id for update
  loop
    update public.invitations i set status = 'void' where i.id = v_id and i.status = 'pending';
  end loop;
end
$$;
comment on function private.void_invitations is 'Nobody waits any longer for people who are gone, or who talk with somebody else now.';

create function private.invitation_json(p_id uuid) returns jsonb
language sql stable set search_path = ''
return (
  select jsonb_build_object('id', i.id, 'status', i.status, 'seconds', i.seconds, 'answeredSeconds', i.answered_seconds,
    'inviter', jsonb_build_object('id', i.inviter_id, 'name', private.name_of(i.inviter_id)),
    'invitee', jsonb_build_object('id', i.invitee_id, 'name', private.name_of(i.invitee_id)),
    'deadline', i.deadline, 'createdAt', i.created_at, 'endedAt', i.ended_at,
    'callId', (select c.id from public.calls c where c.invitation_id = i.id))
  from public.invitations i where i.id = p_id
);
comment on function private.invitation_json is 'An invitation as the API shows it to its two.';

create function private.call_json(p_id uuid) returns jsonb
language sql stable set search_path = ''
return (
  select jsonb_build_object('id', c.id, 'status', c.status, 'seconds', c.seconds, 'connectBy', c.connect_by,
    'startedAt', c.started_at, 'endsAt', c.ends_at, 'endedAt', c.ended_at, 'endReason', c.end_reason, 'createdAt', c.created_at,
    'polite', me.polite, 'connected', me.connected_at is not null,
    'partner', (select jsonb_build_object('id', o.account_id, 'name', private.name_of(o.account_id), 'connected', o.connected_at is not null)
      from public.call_members o where o.call_id = c.id and o.id <> me.id))
  from public.calls c join public.call_members me on me.call_id = c.id and me.account_id = private.account_id()
  where c.id = p_id
);
comment on function private.call_json is 'A call as the API shows it to one of its two.';

create function private.live_call_of(p_account_id uuid) returns uuid
language sql stable set search_path = ''
return (
  select c.id from public.call_members m join public.calls c on c.id = m.call_id
  where m.account_id = p_account_id and m.live and coalesce(c.ends_at, c.connect_by) > clock_timestamp()
);
comment on function private.live_call_of is 'The call somebody is in now, if any.';

create function private.room_json() returns jsonb
language sql stable set search_path = ''
return jsonb_build_object(
  'now', clock_timestamp(),
  'present', private.is_present(private.account_id()),
  'sent', (select private.invitation_json(i.id) from public.invitations i
    where i.inviter_id = private.account_id() and i.status = 'pending' and i.deadline > clock_timestamp()),
  'received', (select coalesce(jsonb_agg(private.invitation_json(i.id) order by i.deadline, i.id), '[]') from public.invitations i
    where i.invitee_id = private.account_id() and i.status = 'pending' and i.deadline > clock_timestamp()),
  'call', private.call_json(private.live_call_of(private.account_id()))
);
comment on function private.room_json is 'What concerns the signed-in person in the rooms now, with the time by the database''s clock.';

create function app.read_room() returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.require_room_access();
  return private.room_json();
end
$$;
comment on function app.read_room is 'A person with a pass: their invitations and their call, as they are now.';

create function app.enter_rooms(p_camera boolean) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_me constant uuid := private.require_room_access();
begin
  if private.name_of(v_me) is null then
    perform private.refuse('name_needed', 'Say first by what name others shall meet you.');
  end if;
  insert into public.room_presence as p (account_id, camera, joined_at, seen_at) values (v_me, p_camera, clock_timestamp(), clock_timestamp())
  on conflict (account_id) do update set camera = excluded.camera, seen_at = excluded.seen_at,
    -- Whoever was away comes in anew; of anybody else only the row itself changes, and no index.
    joined_at = case when p.seen_at > excluded.seen_at - (select t.present_for from private.room_terms t) then p.joined_at else excluded.joined_at end;
  return private.room_json();
end
$$;
comment on function app.enter_rooms is 'A person with a pass: is in the rooms from now on, and says so again every few seconds.';

create function private.remove_from_rooms(p_account_id uuid, p_reason text) returns void
language plpgsql set search_path = ''
as $$
declare
  v_call public.calls;
begin
  perform private.lock_people(p_account_id, p_account_id);
  perform private.settle_people(array[p_account_id]);
  delete from public.room_presence p where p.account_id = p_account_id;
  perform private.void_invitations(array[p_account_id]);
  if p_reason is null then
    return;
  end if;
  select c.* into v_call from public.calls c
  where c.status <> 'ended' and c.id in (select m.call_id from public.call_members m where m.live and m.account_id = p_account_id) for update;
  if found and v_call.status <> 'ended' then
    perform private.finish_call(v_call.id, p_reason, clock_timestamp());
  end if;
end
$$;
comment on function private.remove_from_rooms is 'Somebody is there no longer: nobody waits for them. With a reason, their call ends by it too.';

create function app.leave_rooms() returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_me constant uuid := private.require_person();
  v_out public.invitations;
begin
  perform private.lock_people(v_me, v_me);
  -- Going away takes back what one asked, or nobody would ever withdraw.
  select * into v_out from public.invitations i
  where i.inviter_id = v_me and i.status = 'pending' and i.deadline > clock_timestamp() for update;
  if found then
    update public.invitations i set status = 'withdrawn' where i.id = v_out.id;
    perform private.cool_down(v_me, v_out.invitee_id, t.cooldown_after_withdrawal, 'withdrawal') from private.room_terms t;
  end if;
  perform private.remove_from_rooms(v_me, null);
end
$$;
comment on function app.leave_rooms is 'A person: is in the rooms no longer, which withdraws what they asked. A call they are in goes on.';

create function app.list_people(p_before_at timestamptz, p_before_id uuid, p_limit integer)
returns table (person jsonb, "position" text, id uuid)
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_me constant uuid := private.require_room_access();
begin
  return query
    select jsonb_build_object('id', p.account_id, 'name', n.name, 'camera', p.camera, 'since', p.joined_at,
        'cooldownUntil', private.cooldown_until(v_me, p.account_id)),
      p.joined_at::text, p.account_id
    from public.room_presence p join public.profiles n on n.account_id = p.account_id
    where p.account_id <> v_me
      and p.seen_at > (select now() - t.present_for from private.room_terms t)
      and (p_before_at is null or (p.joined_at, p.account_id) < (p_before_at, p_before_id))
      and not exists (select from public.call_members m where m.live and m.account_id = p.account_id)
      and not exists (select from public.blocks b where b.blocker_id = v_me and b.blocked_id = p.account_id)
      and not exists (select from public.blocks b where b.blocker_id = p.account_id and b.blocked_id = v_me)
    order by p.joined_at desc, p.account_id desc limit p_limit;
end
$$;
comment on function app.list_people is 'A person with a pass: who is there and free, the last who came first. Neither shows who blocks the other.';

-- Both are locked, the invitation waits in time, and neither talks with anybody.
create function private.begin_call(p_invitation public.invitations, p_seconds integer) returns uuid
language plpgsql set search_path = ''
as $$
declare
  v_call public.calls;
begin
  update public.invitations i set status = 'accepted', answered_seconds = p_seconds where i.id = p_invitation.id;
  insert into public.calls (invitation_id, seconds, connect_by)
  select p_invitation.id, (p_invitation.seconds + p_seconds) / 2, clock_timestamp() + t.connect_within from private.room_terms t
  returning * into v_call;
  insert into public.call_members (call_id, account_id, polite, seen_at)
  values (v_call.id, p_invitation.inviter_id, false, clock_timestamp()), (v_call.id, p_invitation.invitee_id, true, clock_timestamp());
  perform private.void_invitations(array[p_invitation.inviter_id, p_invitation.invitee_id]);
  perform private.add_job('end_call', jsonb_build_object('callId', v_call.id), 'end_call:' || v_call.id, v_call.connect_by);
  return v_call.id;
end
$$;
comment on function private.begin_call is 'An invitation becomes a call, as long as the floor of the average of both wishes. Whoever else waits for one of the two waits no longer.';

create function private.check_seconds(p_seconds integer) returns void
language plpgsql stable set search_path = ''
as $$
declare
  v_terms private.room_terms;
begin
  select * into strict v_terms from private.room_terms;
  if p_seconds is null or p_seconds not between v_terms.min_seconds and v_terms.max_seconds then
    perform private.refuse('invalid_field', format('''seconds'' is between %s and %s.', v_terms.min_seconds, v_terms.max_seconds));
  end if;
end
$$;
comment on function private.check_seconds is 'Refuses a length that no call has.';

create function private.answered_json(p_invitation_id uuid) returns jsonb
language sql stable set search_path = ''
return (
  select jsonb_build_object('invitation', private.invitation_json(p_invitation_id),
    'call', (select private.call_json(c.id) from public.calls c where c.invitation_id = p_invitation_id))
);
comment on function private.answered_json is 'An invitation, with the call that came of it, if one did.';

create function app.invite_person(p_invitee_id uuid, p_seconds integer) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_me constant uuid := private.require_room_access();
  v_mine public.invitations;
  v_theirs public.invitations;
  v_until timestamptz;
  v_id uuid;
begin
  perform private.check_seconds(p_seconds);
  if p_invitee_id = v_me then
    perform private.refuse('invalid_field', 'You cannot invite yourself.');
  end if;
  perform private.lock_people(v_me, p_invitee_id);
  perform private.settle_people(array[v_me, p_invitee_id]);
  if not private.is_present(v_me) then
    perform private.refuse_in_rooms('not_in_rooms', 'Enter the rooms first.');
  end if;
  if private.live_call_of(v_me) is not null then
    perform private.refuse_in_rooms('in_a_call', 'You are in a call. Leave it first.');
  end if;
  -- Whom one of the two blocks is as good as gone, and nobody is told which it is.
  if not private.is_present(p_invitee_id) or private.is_blocked(v_me, p_invitee_id) then
    perform private.refuse_in_rooms('person_gone', 'They are not there any more.');
  end if;
  if private.live_call_of(p_invitee_id) is not null then
    perform private.refuse_in_rooms('person_busy', 'They are in a call.');
  end if;
  v_until := private.cooldown_until(v_me, p_invitee_id);
  if v_until is not null then
    perform private.refuse_in_rooms('in_cooldown', format('You two can meet again from %s on.', to_char(v_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')));
  end if;
  -- Both ask each other at once: that is a yes, with the length that each said.
  select * into v_theirs from public.invitations i
  where i.inviter_id = p_invitee_id and i.invitee_id = v_me and i.status = 'pending' for update;
  if found then
    perform private.begin_call(v_theirs, p_seconds);
    return private.answered_json(v_theirs.id);
  end if;
  select * into v_mine from public.invitations i where i.inviter_id = v_me and i.status = 'pending';
  if found then
    if (v_mine.invitee_id, v_mine.seconds) = (p_invitee_id, p_seconds) then
      return private.answered_json(v_mine.id);
    end if;
    perform private.refuse_in_rooms('invitation_out', 'Your last invitation still waits for an answer. Withdraw it first.');
  end if;
  insert into public.invitations (inviter_id, invitee_id, seconds, deadline)
  select v_me, p_invitee_id, p_seconds, clock_timestamp() + t.answer_within from private.room_terms t
  returning id into v_id;
  perform private.add_job('expire_invitation', jsonb_build_object('invitationId', i.id), 'expire_invitation:' || i.id, i.deadline)
  from public.invitations i where i.id = v_id;
  return private.answered_json(v_id);
end
$$;
comment on function app.invite_person is
  'A person with a pass: asks somebody who is there to talk for so long. Asking whoever asks them is accepting. The same again is the same invitation.';

create function private.own_invitation(p_id uuid) returns public.invitations
language plpgsql set search_path = ''
as $$
declare
  v_me constant uuid := private.require_person();
  v public.invitations;
begin
  select * into v from public.invitations i where i.id = p_id and v_me in (i.inviter_id, i.invitee_id);
  if not found then
    raise exception 'There is no such invitation.' using errcode = 'CWNTF';
  end if;
  perform private.lock_people(coalesce(v.inviter_id, v_me), coalesce(v.invitee_id, v_me));
  select * into strict v from public.invitations i where i.id = p_id for update;
  return v;
end
$$;
comment on function private.own_invitation is 'An invitation of the signed-in person''s, locked with both of its people. Raises CWNTF for another''s.';

create function private.require_waiting(p_invitation public.invitations) returns void
language plpgsql stable set search_path = ''
as $$
begin
  if p_invitation.status <> 'pending' then
    perform private.refuse_in_rooms('invitation_over', format('This invitation no longer waits: it was %s.', p_invitation.status));
  end if;
  if p_invitation.deadline <= clock_timestamp() then
    perform private.refuse_in_rooms('invitation_over', 'This invitation no longer waits: its time is over.');
  end if;
end
$$;
comment on function private.require_waiting is 'Raises unless the invitation waits for its answer, and its time is not over by the database''s clock.';

create function app.accept_invitation(p_id uuid, p_seconds integer) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_me constant uuid := private.require_room_access();
  v public.invitations;
begin
  perform private.check_seconds(p_seconds);
  v := private.own_invitation(p_id);
  if v.invitee_id is distinct from v_me then
    raise exception 'There is no such invitation to you.' using errcode = 'CWNTF';
  end if;
  if v.status = 'accepted' and v.answered_seconds = p_seconds then
    return private.answered_json(p_id);
  end if;
  perform private.require_waiting(v);
  perform private.settle_people(array[v.inviter_id, v.invitee_id]);
  if private.live_call_of(v_me) is not null then
    perform private.refuse_in_rooms('in_a_call', 'You are in a call. Leave it first.');
  end if;
  if not private.is_present(v.inviter_id) then
    perform private.refuse_in_rooms('person_gone', 'They are not there any more.');
  end if;
  perform private.begin_call(v, p_seconds);
  return private.answered_json(p_id);
end
$$;
comment on function app.accept_invitation is 'The invited person: accepts in time, and says how long they would like to talk themselves. The same again is the same call.';

create function app.decline_invitation(p_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v public.invitations := private.own_invitation(p_id);
begin
  if v.invitee_id is distinct from private.account_id() then
    raise exception 'There is no such invitation to you.' using errcode = 'CWNTF';
  end if;
  if v.status <> 'declined' then
    perform private.require_waiting(v);
    update public.invitations i set status = 'declined' where i.id = p_id;
    perform private.cool_down(v.inviter_id, v.invitee_id, t.cooldown_after_decline, 'decline') from private.room_terms t;
  end if;
  return private.answered_json(p_id);
end
$$;
comment on function app.decline_invitation is 'The invited person: says no in time. The two leave each other alone for a while.';

create function app.withdraw_invitation(p_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v public.invitations := private.own_invitation(p_id);
begin
  if v.inviter_id is distinct from private.account_id() then
    raise exception 'There is no such invitation of yours.' using errcode = 'CWNTF';
  end if;
  if v.status <> 'withdrawn' then
    perform private.require_waiting(v);
    update public.invitations i set status = 'withdrawn' where i.id = p_id;
    perform private.cool_down(v.inviter_id, v.invitee_id, t.cooldown_after_withdrawal, 'withdrawal') from private.room_terms t;
  end if;
  return private.answered_json(p_id);
end
$$;
comment on function app.withdraw_invitation is 'The inviting person: takes it back before it is answered. The two leave each other alone for a while.';

create function app.expire_invitation(p_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  update public.invitations i set status = 'missed' where i.id = p_id and i.status = 'pending' and i.deadline <= clock_timestamp();
end
$$;
comment on function app.expire_invitation is 'Worker: an invitation whose time is over was missed. Before that it does nothing.';

grant execute on function app.read_room, app.enter_rooms, app.leave_rooms, app.list_people, app.invite_person, app.accept_invitation,
  app.decline_invitation, app.withdraw_invitation to authenticated;
grant execute on function app.expire_invitation to worker;
