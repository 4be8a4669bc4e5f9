-- Chapter 124: good manners. Whom somebody never wants to meet, what is reported, and what operators do about it.

create function app.block_person(p_account_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_me constant uuid := private.require_person();
  v_id uuid;
  v_call public.calls;
begin
  if p_account_id = v_me then
    perform private.refuse('invalid_field', 'You cannot block yourself.');
  end if;
  if not exists (select from public.profiles p where p.account_id = p_account_id) then
    raise exception 'There is no such person.' using errcode = 'CWNTF';
  end if;
  perform private.lock_people(v_me, p_account_id);
  insert into public.blocks (blocker_id, blocked_id) values (v_me, p_account_id) on conflict on constraint blocks_pkey do nothing;
  perform private.settle_people(array[v_me, p_account_id]);
  for v_id in
    select i.id from public.invitations i
    where i.status = 'pending' and (i.inviter_id, i.invitee_id) in ((v_me, p_account_id), (p_account_id, v_me)) order by i.id for update
  loop
    update public.invitations i set status = 'void' where i.id = v_id and i.status = 'pending';
  end loop;
  select c.* into v_call from public.calls c
  where c.status <> 'ended' and exists (select from public.call_members m where m.call_id = c.id and m.account_id = v_me and m.live)
    and exists (select from public.call_members m where m.call_id = c.id and m.account_id = p_account_id) for update;
  if found then
    perform private.finish_call(v_call.id, 'left', clock_timestamp());
  end if;
end
$$;
comment on function app.block_person is 'A person: never wants to meet another. What is between the two ends, and the other is not told.';

create function app.unblock_person(p_account_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_me constant uuid := private.require_person();
begin
  delete from public.blocks b where b.blocker_id = v_me and b.blocked_id = p_account_id;
end
$$;
comment on function app.unblock_person is 'A person: may meet somebody again whom they blocked.';

create function app.list_blocks() returns table (block jsonb)
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.require_person();
  return query
    select jsonb_build_object('id', b.blocked_id, 'name', private.name_of(b.blocked_id), 'at', b.created_at)
    from public.blocks b where b.blocker_id = private.account_id() order by b.created_at desc, b.blocked_id;
end
$$;
comment on function app.list_blocks is 'A person: whom they block.';

create function private.suspend(p_account_id uuid, p_because text, p_by uuid, p_note text) returns void
language plpgsql set search_path = ''
as $$
begin
  insert into public.suspensions (account_id, because, suspended_by, note) values (p_account_id, p_because, p_by, p_note)
  on conflict (account_id) where lifted_at is null do update
    set because = excluded.because, suspended_by = excluded.suspended_by, note = excluded.note where excluded.because = 'operator';
  perform private.remove_from_rooms(p_account_id, 'suspended');
end
$$;
comment on function private.suspend is 'Keeps somebody out of the rooms from now on; what an operator says stands above what reports brought about. Their call ends.';

create function app.report_call(p_id uuid, p_kind text, p_words text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_me constant uuid := private.require_person();
  v_reported uuid;
  v_call public.calls;
begin
  select o.account_id into v_reported
  from public.call_members m left join public.call_members o on o.call_id = m.call_id and o.id <> m.id
  where m.call_id = p_id and m.account_id = v_me;
  if not found then
    raise exception 'There is no such call.' using errcode = 'CWNTF';
  end if;
  if v_reported is null then
    perform private.refuse_in_rooms('person_gone', 'They have deleted their account.');
  end if;
  -- One report of the same person at a time, so that of two the later one sees the earlier.
  perform private.lock_people(v_me, v_reported);
  v_call := private.own_call(p_id);
  if not private.end_by_clock(v_call) then
    perform private.finish_call(p_id, 'reported', clock_timestamp());
  end if;
  insert into public.reports (reporter_id, reported_id, call_id, kind, words, context)
  select v_me, v_reported, c.id, p_kind, p_words, jsonb_build_object(
    'startedAt', c.started_at, 'endedAt', c.ended_at, 'endReason', c.end_reason, 'seconds', c.seconds,
    'messages', (select coalesce(jsonb_agg(jsonb_build_object('by', case when w.account_id = v_me then 'reporter' else 'reported' end, 'text', t.text, 'at', t.at) order by t.id), '[]')
      from public.call_messages t join public.call_members w on w.id = t.member_id where t.call_id = c.id))
  from public.calls c where c.id = p_id
  on conflict on constraint reports_once_a_call do nothing;
  insert into public.blocks (blocker_id, blocked_id) values (v_me, v_reported) on conflict on constraint blocks_pkey do nothing;
  if (select count(distinct r.reporter_id) from public.reports r where r.reported_id = v_reported and r.decided_at is null)
    >= (select t.reporters_to_suspend from private.room_terms t) then
    perform private.suspend(v_reported, 'reports', null, '');
  end if;
end
$$;
comment on function app.report_call is
  'One of the two: says what the other did. The call ends, what was written in it is kept for an operator, and the two never meet again. Enough different reporters suspend until an operator decides.';

create function private.require_known(p_account_id uuid) returns void
language plpgsql stable set search_path = ''
as $$
begin
  if not exists (select from auth.users u where u.id = p_account_id) then
    raise exception 'There is no such person.' using errcode = 'CWNTF';
  end if;
end
$$;
comment on function private.require_known is 'Raises CWNTF for an account that does not exist.';

create function app.list_reports(p_open boolean, p_before_at timestamptz, p_before_id uuid, p_limit integer)
returns table (report jsonb, "position" text, id uuid)
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.require_operator();
  return query
    select jsonb_build_object('id', r.id, 'kind', r.kind, 'words', r.words, 'context', r.context, 'callId', r.call_id, 'createdAt', r.created_at,
        'reporter', jsonb_build_object('id', r.reporter_id, 'name', private.name_of(r.reporter_id)),
        'reported', jsonb_build_object('id', r.reported_id, 'name', private.name_of(r.reported_id)),
        'openReporters', (select count(distinct o.reporter_id) from public.reports o where o.reported_id = r.reported_id and o.decided_at is null),
        'suspended', exists (select from public.suspensions s where s.account_id = r.reported_id and s.lifted_at is null),
        'decision', r.decision, 'decidedAt', r.decided_at),
      r.created_at::text, r.id
    from public.reports r
    where (r.decided_at is null) = p_open and (p_before_at is null or (r.created_at, r.id) < (p_before_at, p_before_id))
    order by r.created_at desc, r.id desc limit p_limit;
end
$$;
comment on function app.list_reports is 'Operator: what was reported and waits for a decision, or was decided, newest first.';

create function app.decide_reports(p_account_id uuid, p_decision text, p_note text) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  v_count integer;
begin
  perform private.require_operator();
  perform private.require_known(p_account_id);
  perform private.lock_people(p_account_id, p_account_id);
  update public.reports r set decision = p_decision, decided_at = clock_timestamp(), decided_by = private.account_id()
  where r.reported_id = p_account_id and r.decided_at is null;
  get diagnostics v_count = row_count;
  if v_count = 0 then
    perform private.refuse_in_rooms('nothing_to_decide', 'Nothing that was reported of this person waits for a decision.');
  end if;
  if p_decision = 'upheld' then
    perform private.suspend(p_account_id, 'operator', private.account_id(), p_note);
  else
    update public.suspensions s set lifted_at = clock_timestamp(), lifted_by = private.account_id()
    where s.account_id = p_account_id and s.lifted_at is null and s.because = 'reports';
  end if;
  perform private.write_audit('reports.decide', p_account_id::text, jsonb_build_object('decision', p_decision, 'reports', v_count, 'note', p_note));
  return v_count;
end
$$;
comment on function app.decide_reports is
  'Operator: decides all that waits about somebody. Upheld, they are kept out; dismissed, what the reports alone brought about is lifted. Returns how many there were.';

create function app.suspend_person(p_account_id uuid, p_note text) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.require_operator();
  perform private.require_known(p_account_id);
  perform private.suspend(p_account_id, 'operator', private.account_id(), p_note);
  perform private.write_audit('person.suspend', p_account_id::text, jsonb_build_object('note', p_note));
end
$$;
comment on function app.suspend_person is 'Operator: keeps somebody out of the rooms until it is lifted.';

create function app.lift_suspension(p_account_id uuid, p_note text) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.require_operator();
  perform private.lock_people(p_account_id, p_account_id);
  update public.suspensions s set lifted_at = clock_timestamp(), lifted_by = private.account_id()
  where s.account_id = p_account_id and s.lifted_at is null;
  if not found then
    raise exception 'This person is not suspended.' using errcode = 'CWSTA';
  end if;
  -- Or the next report would suspend them by those that an operator has looked at.
  update public.reports r set decision = 'dismissed', decided_at = clock_timestamp(), decided_by = private.account_id()
  where r.reported_id = p_account_id and r.decided_at is null;
  perform private.write_audit('person.lift_suspension', p_account_id::text, jsonb_build_object('note', p_note));
end
$$;
comment on function app.lift_suspension is 'Operator: lets somebody in again. What was reported of them until now is dismissed.';

create function app.count_rooms() returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.require_operator();
  return jsonb_build_object(
    'present', (select count(*) from public.room_presence p cross join private.room_terms t where p.seen_at > clock_timestamp() - t.present_for),
    'invitations', (select count(*) from public.invitations i where i.status = 'pending' and i.deadline > clock_timestamp()),
    'calls', (select count(*) from public.calls c where c.status <> 'ended' and coalesce(c.ends_at, c.connect_by) > clock_timestamp()),
    'openReports', (select count(*) from public.reports r where r.decided_at is null),
    'suspended', (select count(*) from public.suspensions s where s.lifted_at is null));
end
$$;
comment on function app.count_rooms is 'Operator: how many are there, are asked, talk, are reported and are kept out now.';

grant execute on function app.block_person, app.unblock_person, app.list_blocks, app.report_call, app.list_reports, app.decide_reports,
  app.suspend_person, app.lift_suspension, app.count_rooms to authenticated;
