-- Chapter 4: what people with power did.

create table public.audit_log (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  actor text not null,
  action text not null,
  subject text not null,
  detail jsonb not null default '{}'
);
comment on table public.audit_log is 'Append-only: who did what to which row. Commits with the change it tells of.';
create index audit_log_subject on public.audit_log (subject, at desc);

alter table public.audit_log enable row level security;

create trigger audit_log_is_append_only before update or delete on public.audit_log
  for each row execute function private.tg__append_only();
create trigger audit_log_is_never_truncated before truncate on public.audit_log
  for each statement execute function private.tg__append_only();

create function private.write_audit(p_action text, p_subject text, p_detail jsonb default '{}') returns void
language sql set search_path = ''
begin atomic
  insert into public.audit_log (actor, action, subject, detail) values (private.actor(), p_action, p_subject, p_detail);
end;
comment on function private.write_audit is 'Adds one audit entry under the acting identity.';
