-- Chapter 3: people. Accounts themselves are auth.users, kept by Supabase Auth.

create table public.account_roles (
  account_id uuid not null references auth.users (id) on delete cascade,
  role text not null,
  granted_at timestamptz not null default now(),
  constraint account_roles_pkey primary key (account_id, role),
  constraint account_roles_role_is_known check (role in ('operator'))
);
comment on table public.account_roles is 'Roles given to accounts. An operator is a person with this row, never the holder of a shared key.';

alter table public.account_roles enable row level security;

-- The claims of the transaction, in the form of either Supabase version; null where there are none.
create function private.claims() returns jsonb
language sql stable set search_path = ''
return nullif(current_setting('request.jwt.claims', true), '')::jsonb;
comment on function private.claims is 'The verified claims the transaction runs with.';

create function private.account_id() returns uuid
language sql stable set search_path = ''
return coalesce(
  nullif(current_setting('request.jwt.claim.sub', true), ''),
  private.claims() ->> 'sub'
)::uuid;
comment on function private.account_id is 'The signed-in account, or null.';

-- SET ROLE survives inside a security definer function as this setting, while current_user does not.
create function private.acting_role() returns text
language sql stable set search_path = ''
return nullif(current_setting('role', true), 'none');
comment on function private.acting_role is 'The role this transaction took, or null for the database''s owner.';

create function private.actor() returns text
language sql stable set search_path = ''
return case private.acting_role()
  when 'authenticated' then 'account:' || private.account_id()::text
  when 'anon' then 'guest'
  when 'worker' then 'worker'
  when 'webhook' then 'webhook'
  when 'agent' then 'agent:' || coalesce(private.claims() ->> 'agent_id', 'unknown')
  else 'owner'
end;
comment on function private.actor is 'Who moved it: written into every event and audit entry.';

create function private.is_operator() returns boolean
language sql stable security definer set search_path = ''
return exists (
  select from public.account_roles
  where account_id = private.account_id() and role = 'operator' and private.acting_role() = 'authenticated'
);
comment on function private.is_operator is 'Whether the signed-in account is an operator. Definer, so that policies on account_roles do not recurse.';

create function private.require_operator() returns void
language plpgsql stable set search_path = ''
as $$
begin
  if not private.is_operator() then
    raise exception 'Only an operator may do this.' using errcode = 'CWFRB';
  end if;
end
$$;

-- A history is written once. Used by events, ledger entries, audit and webhook bodies.
create function private.tg__append_only() returns trigger
language plpgsql set search_path = ''
as $$
begin
  raise exception '% is append-only.', tg_table_name using errcode = 'CWSTA';
end
$$;
comment on function private.tg__append_only is 'Refuses update, delete and truncate, whoever asks.';
