-- Chapter 111: who may enter the rooms. Every page, route and signal behind the paywall asks here.

create function private.has_pass() returns boolean
language sql stable security definer set search_path = ''
return exists (
  select from public.passes p
  where p.owner_id = private.account_id() and p.status = 'active' and p.expires_at > now() and private.acting_role() = 'authenticated'
);
comment on function private.has_pass is 'Whether the signed-in person has a pass that holds now. One whose time is over does not, though no job has ended it yet.';

create function private.is_suspended() returns boolean
language sql stable security definer set search_path = ''
return exists (
  select from public.suspensions s
  where s.account_id = private.account_id() and s.lifted_at is null and private.acting_role() = 'authenticated'
);
comment on function private.is_suspended is 'Whether the signed-in person is kept out of the rooms.';

create function private.require_pass() returns void
language plpgsql stable set search_path = ''
as $$
begin
  if not private.has_pass() then
    raise exception 'This is for people with a pass. Buy one, or enter a friend''s code, at /pass.' using errcode = 'CWPAY';
  end if;
end
$$;
comment on function private.require_pass is 'Raises CWPAY unless the signed-in person has a pass that holds now.';

create function private.require_not_suspended() returns void
language plpgsql stable set search_path = ''
as $$
begin
  if private.is_suspended() then
    raise exception 'You are kept out of the rooms until an operator has looked at the reports about you.' using errcode = 'CWSUS';
  end if;
end
$$;
comment on function private.require_not_suspended is 'Raises CWSUS while the signed-in person is suspended.';

create table private.counted_calls (
  account_id uuid not null references auth.users (id) on delete cascade,
  call_id uuid not null references public.calls (id) on delete cascade,
  at timestamptz not null default clock_timestamp(),
  constraint counted_calls_pkey primary key (account_id, call_id)
);
comment on table private.counted_calls is 'The calls that lasted long enough to count towards a code of one''s own.';
create index counted_calls_call on private.counted_calls (call_id);
alter table private.counted_calls enable row level security;

-- It locks no pass: whoever revokes one ends a call, while this is asked by whoever ends a call.
create function private.call_counted(p_call_id uuid) returns void
language sql set search_path = ''
begin atomic
  insert into private.counted_calls (account_id, call_id)
  select m.account_id, c.id
  from public.calls c join public.call_members m on m.call_id = c.id cross join private.pass_terms t
  where c.id = p_call_id and c.status = 'ended' and m.account_id is not null
    and c.ended_at - c.started_at >= make_interval(secs => t.call_seconds_for_a_code)
  on conflict on constraint counted_calls_pkey do nothing;
end;
comment on function private.call_counted is 'Counts a call that has ended for both who were in it, if it lasted long enough. Called by whatever ends a call; twice is once.';

grant execute on function private.has_pass, private.is_suspended to authenticated;
