-- Chapter 121: rooms keep their rules, whoever writes: how an invitation and a call begin and move, what is never edited, who may read it.

create function private.tg_invitations__guard() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'pending' then
      raise exception 'An invitation begins as pending.' using errcode = 'CWSTA';
    end if;
    return new;
  end if;
  -- A deleted account leaves nothing of itself behind but that there was one.
  if (new.id, new.seconds, new.deadline, new.created_at) is distinct from (old.id, old.seconds, old.deadline, old.created_at)
    or (new.inviter_id is not null and new.inviter_id is distinct from old.inviter_id)
    or (new.invitee_id is not null and new.invitee_id is distinct from old.invitee_id)
    or (new.status = old.status and new.answered_seconds is distinct from old.answered_seconds) then
    raise exception 'What an invitation asks is never edited.' using errcode = 'CWSTA';
  end if;
  if new.status is distinct from old.status then
    new.version := old.version + 1;
    new.ended_at := case when new.status <> 'pending' then clock_timestamp() end;
  end if;
  return new;
end
$$;

create function private.tg_invitations__write_event() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.invitation_events (invitation_id, version, from_status, to_status, actor)
  values (new.id, new.version, case when tg_op = 'UPDATE' then old.status end, new.status, private.actor());
  return null;
end
$$;

create trigger invitations_guard before insert or update on public.invitations
  for each row execute function private.tg_invitations__guard();
create trigger invitations_write_first_event after insert on public.invitations
  for each row execute function private.tg_invitations__write_event();
create trigger invitations_write_event after update of status on public.invitations
  for each row when (old.status is distinct from new.status) execute function private.tg_invitations__write_event();
create trigger invitations_are_kept before delete on public.invitations for each row execute function private.tg__append_only();
create trigger invitations_are_never_truncated before truncate on public.invitations
  for each statement execute function private.tg__append_only();
create trigger invitation_events_are_append_only before update or delete on public.invitation_events
  for each row execute function private.tg__append_only();
create trigger invitation_events_are_never_truncated before truncate on public.invitation_events
  for each statement execute function private.tg__append_only();

create function private.tg_calls__guard() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'connecting' then
      raise exception 'A call begins as connecting.' using errcode = 'CWSTA';
    end if;
    return new;
  end if;
  if (new.id, new.invitation_id, new.seconds, new.connect_by, new.created_at)
    is distinct from (old.id, old.invitation_id, old.seconds, old.connect_by, old.created_at)
    or new.started_at is distinct from coalesce(old.started_at, new.started_at)
    or (new.status = old.status and (new.ended_at, new.end_reason) is distinct from (old.ended_at, old.end_reason)) then
    raise exception 'What was agreed for a call, and when it began and ended, is never edited.' using errcode = 'CWSTA';
  end if;
  if new.status is distinct from old.status then
    new.version := old.version + 1;
  end if;
  return new;
end
$$;

create function private.tg_calls__write_event() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.call_events (call_id, version, from_status, to_status, actor)
  values (new.id, new.version, case when tg_op = 'UPDATE' then old.status end, new.status, private.actor());
  return null;
end
$$;

create trigger calls_guard before insert or update on public.calls
  for each row execute function private.tg_calls__guard();
create trigger calls_write_first_event after insert on public.calls
  for each row execute function private.tg_calls__write_event();
create trigger calls_write_event after update of status on public.calls
  for each row when (old.status is distinct from new.status) execute function private.tg_calls__write_event();
create trigger calls_are_kept before delete on public.calls for each row execute function private.tg__append_only();
create trigger calls_are_never_truncated before truncate on public.calls for each statement execute function private.tg__append_only();
create trigger call_events_are_append_only before update or delete on public.call_events
  for each row execute function private.tg__append_only();
create trigger call_events_are_never_truncated before truncate on public.call_events
  for each statement execute function private.tg__append_only();

create function private.tg_reports__guard() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if (new.id, new.call_id, new.kind, new.words, new.context, new.created_at)
    is distinct from (old.id, old.call_id, old.kind, old.words, old.context, old.created_at)
    or (new.reporter_id is not null and new.reporter_id is distinct from old.reporter_id)
    or (new.reported_id is not null and new.reported_id is distinct from old.reported_id)
    or (old.decision is not null and (new.decision, new.decided_at) is distinct from (old.decision, old.decided_at)) then
    raise exception 'What was reported, and what was decided of it, is never edited.' using errcode = 'CWSTA';
  end if;
  return new;
end
$$;

create trigger reports_guard before update on public.reports
  for each row execute function private.tg_reports__guard();
create trigger reports_are_kept before delete on public.reports for each row execute function private.tg__append_only();
create trigger reports_are_never_truncated before truncate on public.reports for each statement execute function private.tg__append_only();

create function private.is_call_member(p_call_id uuid) returns boolean
language sql stable security definer set search_path = ''
return exists (
  select from public.call_members m
  where m.call_id = p_call_id and m.account_id = private.account_id() and private.acting_role() = 'authenticated'
);
comment on function private.is_call_member is 'Whether the signed-in person is, or was, one of the two of a call.';

create function private.is_in_call(p_call_id uuid) returns boolean
language sql stable security definer set search_path = ''
return exists (
  select from public.calls c join public.call_members m on m.call_id = c.id
  where c.id = p_call_id and c.status <> 'ended' and coalesce(c.ends_at, c.connect_by) > clock_timestamp()
    and m.live and m.account_id = private.account_id() and private.acting_role() = 'authenticated'
);
comment on function private.is_in_call is 'Whether the signed-in person is one of the two of a call that still goes on, by the database''s clock.';

grant select on public.invitations, public.invitation_events, public.calls, public.call_events, public.call_members, public.blocks,
  public.reports, public.suspensions to authenticated;
grant execute on function private.is_call_member, private.is_in_call to authenticated;
create policy "the two of an invitation see it" on public.invitations for select to authenticated
  using (inviter_id = (select private.account_id()) or invitee_id = (select private.account_id()));
create policy "the two of an invitation see what became of it" on public.invitation_events for select to authenticated
  using (exists (select from public.invitations i where i.id = invitation_id));
create policy "the two of a call see it" on public.calls for select to authenticated
  using ((select private.is_call_member(id)));
create policy "the two of a call see what became of it" on public.call_events for select to authenticated
  using ((select private.is_call_member(call_id)));
create policy "the two of a call see who is in it" on public.call_members for select to authenticated
  using ((select private.is_call_member(call_id)));
create policy "people see whom they block" on public.blocks for select to authenticated
  using (blocker_id = (select private.account_id()));
create policy "operators see what is reported" on public.reports for select to authenticated
  using ((select private.is_operator()));
create policy "operators see who is kept out" on public.suspensions for select to authenticated
  using ((select private.is_operator()));
