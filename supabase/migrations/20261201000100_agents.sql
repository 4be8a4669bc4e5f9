-- Chapter 30: agents, the wallets they pay from, whom they may name, and the keys by which software acts for them.

create table public.wallet_sets (
  id uuid not null default gen_random_uuid() primary key,
  owner_id uuid not null references auth.users (id) on delete restrict,
  circle_wallet_set_id text,
  created_at timestamptz not null default clock_timestamp(),
  constraint wallet_sets_one_a_person unique (owner_id),
  constraint wallet_sets_circle_wallet_set_id_key unique (circle_wallet_set_id)
);
comment on table public.wallet_sets is
  'All wallets of one person. Its row is the lock under which anything is spent from any of them, and its guards hold for each.';
alter table public.wallet_sets enable row level security;

create table public.agents (
  id uuid not null default gen_random_uuid() primary key,
  wallet_set_id uuid not null references public.wallet_sets (id) on delete restrict,
  name text not null,
  frozen_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  constraint agents_name_has_a_length check (length(name) between 1 and 60)
);
comment on table public.agents is 'Software that pays for a person, within guards. A frozen one moves nothing.';
create unique index agents_name_once on public.agents (wallet_set_id, lower(name));
alter table public.agents enable row level security;

create table public.wallets (
  id uuid not null default gen_random_uuid() primary key,
  wallet_set_id uuid not null references public.wallet_sets (id) on delete restrict,
  agent_id uuid references public.agents (id) on delete restrict,
  kind text not null,
  network public.network not null,
  address public.evm_address,
  circle_wallet_id text,
  created_at timestamptz not null default clock_timestamp(),
  constraint wallets_kind_is_known check (kind in ('circle', 'external')),
  -- An agent's payments are executed without a person, so its key has to be where no person is needed.
  constraint wallets_agents_pay_from_circle check ((agent_id is not null) = (kind = 'circle')),
  constraint wallets_circle_made_them_iff_addressed check ((kind = 'circle' and address is not null) = (circle_wallet_id is not null)),
  constraint wallets_external_have_an_address check (kind = 'circle' or address is not null),
  constraint wallets_circle_wallet_id_key unique (circle_wallet_id)
);
comment on table public.wallets is
  'circle: made and signed for by Circle, one an agent and network. external: a person''s own, which only they sign for. Without an address it is still being made.';
create unique index wallets_one_an_agent_and_network on public.wallets (agent_id, network) where agent_id is not null;
create unique index wallets_address_once on public.wallets (wallet_set_id, network, address) where address is not null;
create index wallets_wallet_set on public.wallets (wallet_set_id);
create index wallets_agent on public.wallets (agent_id);
create index wallets_address on public.wallets (network, address);
alter table public.wallets enable row level security;

create function private.tg_wallets__guard() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if (new.id, new.wallet_set_id, new.agent_id, new.kind, new.network, new.created_at)
    is distinct from (old.id, old.wallet_set_id, old.agent_id, old.kind, old.network, old.created_at)
    or (old.address is not null and (new.address, new.circle_wallet_id) is distinct from (old.address, old.circle_wallet_id)) then
    raise exception 'A wallet gets its address once and keeps it.' using errcode = 'CWSTA';
  end if;
  return new;
end
$$;
create trigger wallets_guard before update on public.wallets for each row execute function private.tg_wallets__guard();
create trigger wallets_are_kept before delete on public.wallets for each row execute function private.tg__append_only();
create trigger wallets_are_never_truncated before truncate on public.wallets for each statement execute function private.tg__append_only();

create table public.handles (
  handle text not null primary key,
  owner_id uuid not null references auth.users (id) on delete cascade,
  wallet_id uuid not null references public.wallets (id) on delete restrict,
  created_at timestamptz not null default clock_timestamp(),
  constraint handles_are_plain check (handle ~ '^[a-z][a-z0-9_]{2,19}$'),
  constraint handles_one_a_person unique (owner_id)
);
comment on table public.handles is 'The name under which others may pay a person, and the wallet it is paid into.';
create index handles_wallet on public.handles (wallet_id);
alter table public.handles enable row level security;

create table public.contacts (
  id uuid not null default gen_random_uuid() primary key,
  owner_id uuid not null references auth.users (id) on delete cascade,
  name text not null,
  address public.evm_address not null,
  created_at timestamptz not null default clock_timestamp(),
  constraint contacts_name_has_a_length check (length(name) between 1 and 60),
  constraint contacts_name_is_no_address check (name !~* '^(0x|@)')
);
comment on table public.contacts is 'Whom a person pays by name. Only the person may write it: an agent that could would choose its payee.';
create unique index contacts_name_once on public.contacts (owner_id, lower(name));
create index contacts_address on public.contacts (owner_id, address);
alter table public.contacts enable row level security;

create table public.api_keys (
  id uuid not null default gen_random_uuid() primary key,
  agent_id uuid not null references public.agents (id) on delete restrict,
  name text not null,
  prefix text not null,
  key_hash bytea not null,
  scopes text[] not null,
  payment_limit_micros numeric(78, 0),
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  constraint api_keys_key_hash_key unique (key_hash),
  constraint api_keys_hash_is_a_sha256 check (length(key_hash) = 32),
  constraint api_keys_name_has_a_length check (length(name) between 1 and 60),
  constraint api_keys_prefix_tells_little check (length(prefix) between 4 and 16),
  constraint api_keys_scopes_are_known check (scopes <@ array['read', 'simulate', 'propose', 'cancel'] and cardinality(scopes) > 0),
  constraint api_keys_payment_limit_is_positive check (payment_limit_micros > 0)
);
comment on table public.api_keys is 'A key by which software acts for an agent. Only its hash is kept; it was shown once.';
comment on column public.api_keys.payment_limit_micros is 'The most that one payment by this key may be, in millionths of a dollar; null is without such a limit.';
create index api_keys_agent on public.api_keys (agent_id);
alter table public.api_keys enable row level security;

-- Which key this transaction was opened with, if it holds at this moment. The claim is the hash of what the caller showed.
create function private.api_key() returns public.api_keys
language sql stable security definer set search_path = ''
return (
  select k from public.api_keys k
  where k.key_hash = decode(private.claims() ->> 'api_key_hash', 'hex') and private.acting_role() = 'agent'
    and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
);
comment on function private.api_key is 'The key that the caller showed, or null when it is none of ours, revoked or expired.';

create function private.agent_id() returns uuid
language sql stable security definer set search_path = ''
return (private.api_key()).agent_id;
comment on function private.agent_id is 'The agent whose key the caller showed, or null.';

-- Whose money it is: the person, or the person of the agent.
create function private.wallet_set_id() returns uuid
language sql stable security definer set search_path = ''
return case private.acting_role()
  when 'authenticated' then (select s.id from public.wallet_sets s where s.owner_id = private.account_id())
  when 'agent' then (select a.wallet_set_id from public.agents a where a.id = private.agent_id())
end;
comment on function private.wallet_set_id is 'The wallets that the caller acts upon: a person''s own, or those of the person an agent belongs to.';

create function private.owner_id() returns uuid
language sql stable security definer set search_path = ''
return case private.acting_role()
  when 'authenticated' then private.account_id()
  when 'agent' then (select s.owner_id from public.wallet_sets s where s.id = private.wallet_set_id())
end;
comment on function private.owner_id is 'The person who acts, or whom the acting agent belongs to.';

create or replace function private.actor() returns text
language sql stable set search_path = ''
return case private.acting_role()
  when 'authenticated' then 'account:' || private.account_id()::text
  when 'anon' then 'guest'
  when 'worker' then 'worker'
  when 'webhook' then 'webhook'
  when 'agent' then 'agent:' || coalesce(private.agent_id()::text, 'unknown')
  else 'owner'
end;

create or replace function private.idempotency_scope() returns text
language sql stable set search_path = ''
return coalesce('account:' || private.account_id()::text, 'agent:' || private.agent_id()::text, 'guest');

grant select on public.wallet_sets, public.handles to authenticated;
grant select on public.agents, public.wallets, public.contacts to authenticated, agent;
grant select (id, agent_id, name, prefix, scopes, payment_limit_micros, created_at, expires_at, last_used_at, revoked_at)
  on public.api_keys to authenticated, agent;
grant execute on function private.claims(), private.acting_role(), private.api_key(), private.agent_id(), private.wallet_set_id(),
  private.owner_id() to agent;
grant execute on function private.wallet_set_id(), private.owner_id() to authenticated;

create policy "people see their own wallets together, operators all" on public.wallet_sets for select to authenticated
  using (owner_id = (select private.account_id()) or (select private.is_operator()));
create policy "people see their own agents, operators all" on public.agents for select to authenticated
  using (wallet_set_id = (select private.wallet_set_id()) or (select private.is_operator()));
create policy "an agent sees itself" on public.agents for select to agent using (id = (select private.agent_id()));
create policy "people see their own wallets, operators all" on public.wallets for select to authenticated
  using (wallet_set_id = (select private.wallet_set_id()) or (select private.is_operator()));
create policy "an agent sees its wallets" on public.wallets for select to agent using (agent_id = (select private.agent_id()));
create policy "people see their own handle" on public.handles for select to authenticated using (owner_id = (select private.account_id()));
create policy "people see their own contacts" on public.contacts for select to authenticated using (owner_id = (select private.owner_id()));
create policy "an agent sees its person's contacts" on public.contacts for select to agent using (owner_id = (select private.owner_id()));
create policy "people see the keys of their agents, operators all" on public.api_keys for select to authenticated
  using (agent_id in (select a.id from public.agents a));
create policy "an agent sees its own keys" on public.api_keys for select to agent using (agent_id = (select private.agent_id()));
