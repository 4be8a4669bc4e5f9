-- Chapter 32: intents. What somebody wants to pay, what the guards made of it, and what became of it.

create table private.intent_transitions (
  from_status text not null,
  to_status text not null,
  constraint intent_transitions_pkey primary key (from_status, to_status)
);
comment on table private.intent_transitions is 'The whole machine of an intent. What is not a row here cannot happen, whoever writes.';
alter table private.intent_transitions enable row level security;
insert into private.intent_transitions (from_status, to_status) values
  ('proposed', 'denied'), ('proposed', 'needs_approval'), ('proposed', 'approved'),
  ('needs_approval', 'approved'), ('needs_approval', 'denied'), ('needs_approval', 'cancelled'), ('needs_approval', 'expired'),
  ('approved', 'awaiting_signature'), ('approved', 'executing'), ('approved', 'cancelled'), ('approved', 'expired'),
  ('awaiting_signature', 'executing'), ('awaiting_signature', 'cancelled'), ('awaiting_signature', 'expired'),
  ('executing', 'settled'), ('executing', 'failed'), ('executing', 'unknown'),
  ('unknown', 'settled'), ('unknown', 'failed'),
  ('settled', 'refunded');

-- What a person approves: exactly these five, in a form that anybody can hash again.
create function private.intent_hash(p_wallet_id uuid, p_network text, p_asset text, p_amount numeric, p_recipient_address text) returns bytea
language sql immutable set search_path = ''
return sha256(convert_to(p_wallet_id::text || '|' || p_network || '|' || p_asset || '|' || p_amount::text || '|' || p_recipient_address, 'UTF8'));
comment on function private.intent_hash is 'SHA-256 over wallet|network|asset|amount in base units|recipient address.';

create table public.intents (
  id uuid not null primary key,
  wallet_set_id uuid not null references public.wallet_sets (id) on delete restrict,
  wallet_id uuid not null references public.wallets (id) on delete restrict,
  agent_id uuid references public.agents (id) on delete restrict,
  api_key_id uuid references public.api_keys (id) on delete restrict,
  status text not null default 'proposed',
  version integer not null default 1,
  network public.network not null,
  asset public.asset not null,
  amount public.token_amount not null,
  amount_micros numeric(78, 0) not null,
  recipient text not null,
  recipient_address public.evm_address not null,
  recipient_domain text,
  purpose text not null,
  intent_hash bytea not null generated always as (private.intent_hash(wallet_id, network, asset, amount, recipient_address)) stored,
  guard_results jsonb not null default '[]',
  reason text,
  execute_after timestamptz not null default now(),
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  finalized_at timestamptz,
  constraint intents_amount_is_positive check (amount > 0),
  constraint intents_purpose_has_a_length check (length(purpose) between 1 and 280),
  constraint intents_ended_without_money_for_a_reason check (status not in ('denied', 'cancelled', 'expired', 'failed') or reason is not null),
  constraint intents_finalized_iff_ended check (
    (status in ('denied', 'cancelled', 'expired', 'settled', 'failed', 'refunded')) = (finalized_at is not null))
);
comment on table public.intents is 'A payment that was proposed. What it would move is never edited: another amount or recipient is another intent.';
comment on column public.intents.recipient is 'The recipient as it was named: an address, a contact or a handle. recipient_address is what it stood for at that moment, and what is paid.';
comment on column public.intents.guard_results is 'What each guard made of it when it was proposed, in order.';
create index intents_wallet_set on public.intents (wallet_set_id, created_at desc, id desc);
create index intents_wallet on public.intents (wallet_id, created_at desc);
create index intents_agent on public.intents (agent_id, created_at desc, id desc);
create index intents_api_key on public.intents (api_key_id);
create index intents_same_payment on public.intents (wallet_id, recipient_address, asset, amount, created_at desc);
create index intents_unfinished on public.intents (expires_at) where finalized_at is null;
alter table public.intents enable row level security;

create table public.intent_events (
  intent_id uuid not null references public.intents (id) on delete restrict,
  version integer not null,
  from_status text,
  to_status text not null,
  actor text not null,
  at timestamptz not null default clock_timestamp(),
  constraint intent_events_pkey primary key (intent_id, version),
  constraint intent_events_begin_once check ((from_status is null) = (version = 1)),
  constraint intent_events_transition_is_allowed foreign key (from_status, to_status)
    references private.intent_transitions (from_status, to_status)
);
comment on table public.intent_events is 'Every change of an intent''s status, with who made it. Its foreign key is the state machine.';
create index intent_events_transition on public.intent_events (from_status, to_status);
alter table public.intent_events enable row level security;
create trigger intent_events_are_append_only before update or delete on public.intent_events
  for each row execute function private.tg__append_only();
create trigger intent_events_are_never_truncated before truncate on public.intent_events
  for each statement execute function private.tg__append_only();

create function private.tg_intents__guard() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'proposed' then
      raise exception 'An intent begins as proposed.' using errcode = 'CWSTA';
    end if;
    return new;
  end if;
  if (new.id, new.wallet_set_id, new.wallet_id, new.agent_id, new.api_key_id, new.network, new.asset, new.amount, new.amount_micros,
      new.recipient, new.recipient_address, new.recipient_domain, new.purpose, new.expires_at, new.created_at)
    is distinct from
     (old.id, old.wallet_set_id, old.wallet_id, old.agent_id, old.api_key_id, old.network, old.asset, old.amount, old.amount_micros,
      old.recipient, old.recipient_address, old.recipient_domain, old.purpose, old.expires_at, old.created_at) then
    raise exception 'What an intent would move is never edited.' using errcode = 'CWSTA';
  end if;
  if new.status is distinct from old.status then
    new.version := old.version + 1;
    new.finalized_at := case when new.status in ('denied', 'cancelled', 'expired', 'settled', 'failed', 'refunded') then clock_timestamp() end;
  end if;
  new.updated_at := clock_timestamp();
  return new;
end
$$;

create function private.tg_intents__write_event() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.intent_events (intent_id, version, from_status, to_status, actor)
  values (new.id, new.version, case when tg_op = 'UPDATE' then old.status end, new.status, private.actor());
  return null;
end
$$;

create trigger intents_guard before insert or update on public.intents for each row execute function private.tg_intents__guard();
create trigger intents_write_first_event after insert on public.intents
  for each row execute function private.tg_intents__write_event();
create trigger intents_write_event after update of status on public.intents
  for each row when (old.status is distinct from new.status) execute function private.tg_intents__write_event();
create trigger intents_are_kept before delete on public.intents for each row execute function private.tg__append_only();
create trigger intents_are_never_truncated before truncate on public.intents for each statement execute function private.tg__append_only();

create table public.spend_reservations (
  intent_id uuid not null primary key references public.intents (id) on delete restrict,
  scope_ids uuid[] not null,
  amount_micros numeric(78, 0) not null,
  at timestamptz not null,
  ledger_transfer_id uuid references public.ledger_transfers (id) on delete restrict,
  state text not null default 'held',
  constraint spend_reservations_state_is_known check (state in ('held', 'committed', 'released'))
);
comment on table public.spend_reservations is
  'What an intent takes from the budgets that hold for it, and its hold on the wallet''s balance: held until the payment is settled (committed) or certainly not made (released).';
create index spend_reservations_ledger_transfer on public.spend_reservations (ledger_transfer_id);
alter table public.spend_reservations enable row level security;

create table public.intent_approvals (
  intent_id uuid not null primary key references public.intents (id) on delete restrict,
  decision text not null,
  decided_by uuid not null references auth.users (id) on delete restrict,
  intent_hash bytea not null,
  at timestamptz not null default clock_timestamp(),
  constraint intent_approvals_decision_is_known check (decision in ('approve', 'deny'))
);
comment on table public.intent_approvals is 'Which person decided upon which intent, and the hash of what they were shown.';
create index intent_approvals_decided_by on public.intent_approvals (decided_by);
alter table public.intent_approvals enable row level security;
create trigger intent_approvals_are_append_only before update or delete on public.intent_approvals
  for each row execute function private.tg__append_only();
create trigger intent_approvals_are_never_truncated before truncate on public.intent_approvals
  for each statement execute function private.tg__append_only();

create table public.standing_approvals (
  id uuid not null default gen_random_uuid() primary key,
  intent_id uuid not null references public.intents (id) on delete restrict,
  wallet_id uuid not null references public.wallets (id) on delete restrict,
  recipient_address public.evm_address not null,
  asset public.asset not null,
  amount_limit public.token_amount not null,
  uses_left integer not null,
  granted_by uuid not null references auth.users (id) on delete restrict,
  granted_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  constraint standing_approvals_uses_left_are_few check (uses_left between 0 and 10)
);
comment on table public.standing_approvals is
  'A person approved payments like one they saw: from the same wallet to the same recipient, each at most as much, ten at most, for 24 hours. Guards that refuse still refuse.';
create index standing_approvals_intent on public.standing_approvals (intent_id);
create index standing_approvals_wallet on public.standing_approvals (wallet_id, recipient_address);
create index standing_approvals_granted_by on public.standing_approvals (granted_by);
alter table public.standing_approvals enable row level security;

-- The ledger gets an account for each wallet whose balance is held here before it is spent.
alter table public.ledger_accounts
  add column wallet_id uuid references public.wallets (id) on delete restrict,
  drop constraint ledger_accounts_kind_network_asset_key,
  add constraint ledger_accounts_kind_network_asset_key unique nulls not distinct (kind, network, asset, wallet_id),
  drop constraint ledger_accounts_kind_is_known,
  add constraint ledger_accounts_kind_is_known check (kind in ('treasury', 'exchange', 'outside', 'wallet', 'wallet_outside')),
  add constraint ledger_accounts_wallets_have_one check ((kind in ('wallet', 'wallet_outside')) = (wallet_id is not null));
create index ledger_accounts_wallet on public.ledger_accounts (wallet_id);
alter table public.ledger_transfers
  drop constraint ledger_transfers_kind_is_known,
  add constraint ledger_transfers_kind_is_known check (
    kind in ('treasury_adjustment', 'onramp_funding', 'onramp_delivery', 'wallet_adjustment', 'intent_payment', 'intent_refund')),
  drop constraint ledger_transfers_subject_iff_not_adjustment,
  add constraint ledger_transfers_subject_iff_not_adjustment check ((kind in ('treasury_adjustment', 'wallet_adjustment')) = (subject is null));

comment on table public.ledger_accounts is
  'treasury: what we own on chain, never below zero. exchange: what was sold for what. outside: top-ups and withdrawals by the treasury''s owner. wallet: what an agent''s wallet holds, never below zero. wallet_outside: what came into it and went out of it.';

create function private.wallet_account(p_kind text, p_wallet_id uuid, p_asset public.asset) returns public.ledger_accounts
language plpgsql set search_path = ''
as $$
declare
  v_account public.ledger_accounts;
begin
  select * into v_account from public.ledger_accounts where kind = p_kind and wallet_id = p_wallet_id and asset = p_asset;
  if not found then
    insert into public.ledger_accounts (kind, network, asset, floor, wallet_id)
    select p_kind, w.network, p_asset, case p_kind when 'wallet' then 0 end, w.id from public.wallets w where w.id = p_wallet_id
    on conflict on constraint ledger_accounts_kind_network_asset_key do nothing;
    select * into strict v_account from public.ledger_accounts where kind = p_kind and wallet_id = p_wallet_id and asset = p_asset;
  end if;
  return v_account;
end
$$;
comment on function private.wallet_account is 'The account of that kind and asset of a wallet, made when first needed. No two wallets share one, so none waits for another.';

grant select on public.intents, public.intent_events to authenticated, agent;
grant select on public.intents to worker;
grant select on public.spend_reservations, public.intent_approvals, public.standing_approvals to authenticated;
create policy "people see the intents of their wallets, operators all" on public.intents for select to authenticated
  using (wallet_set_id = (select private.wallet_set_id()) or (select private.is_operator()));
create policy "an agent sees its own intents" on public.intents for select to agent using (agent_id = (select private.agent_id()));
create policy "the worker reads intents" on public.intents for select to worker using (true);
create policy "events are seen with their intent" on public.intent_events for select to authenticated, agent
  using (exists (select from public.intents i where i.id = intent_id));
create policy "reservations are seen with their intent" on public.spend_reservations for select to authenticated
  using (exists (select from public.intents i where i.id = intent_id));
create policy "decisions are seen with their intent" on public.intent_approvals for select to authenticated
  using (exists (select from public.intents i where i.id = intent_id));
create policy "standing approvals are seen with their intent" on public.standing_approvals for select to authenticated
  using (exists (select from public.intents i where i.id = intent_id));
alter policy "operators see ledger accounts" on public.ledger_accounts
  using ((select private.is_operator()) or wallet_id in (select w.id from public.wallets w));
alter policy "operators see ledger accounts" on public.ledger_accounts rename to "people see the accounts of their wallets, operators all";
create policy "an agent sees the accounts of its wallets" on public.ledger_accounts for select to agent
  using (wallet_id in (select w.id from public.wallets w));
grant select on public.ledger_accounts to agent;
