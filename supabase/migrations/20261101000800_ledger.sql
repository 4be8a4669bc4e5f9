-- Chapter 8: the ledger. Double entry, two-phase; what is promised is held before it is sent.

create table public.ledger_accounts (
  id bigint generated always as identity primary key,
  kind text not null,
  network public.network not null,
  asset public.asset not null,
  posted numeric(78, 0) not null default 0,
  held numeric(78, 0) not null default 0,
  floor numeric(78, 0),
  constraint ledger_accounts_kind_network_asset_key unique (kind, network, asset),
  constraint ledger_accounts_kind_is_known check (kind in ('treasury', 'exchange', 'outside')),
  constraint ledger_accounts_held_is_not_negative check (held >= 0),
  constraint ledger_accounts_never_below_floor check (floor is null or posted - held >= floor)
);
comment on table public.ledger_accounts is
  'treasury: what we own on chain, never below zero. exchange: what was sold for what. outside: top-ups and withdrawals by the treasury''s owner.';
comment on column public.ledger_accounts.held is 'Outgoing amounts that are promised by pending ledger transfers.';
alter table public.ledger_accounts enable row level security;

create table public.ledger_transfers (
  id uuid not null default gen_random_uuid() primary key,
  kind text not null,
  subject uuid,
  status text not null,
  created_at timestamptz not null default clock_timestamp(),
  finalized_at timestamptz,
  constraint ledger_transfers_kind_is_known check (kind in ('treasury_adjustment', 'onramp_funding', 'onramp_delivery')),
  constraint ledger_transfers_status_is_known check (status in ('pending', 'posted', 'voided')),
  constraint ledger_transfers_finalized_iff_ended check ((status <> 'pending') = (finalized_at is not null)),
  constraint ledger_transfers_subject_iff_not_adjustment check ((kind = 'treasury_adjustment') = (subject is null))
);
comment on table public.ledger_transfers is 'One movement of value. subject is the session it belongs to.';
create unique index ledger_transfers_once_a_subject on public.ledger_transfers (kind, subject) where status <> 'voided';
create index ledger_transfers_subject on public.ledger_transfers (subject);
alter table public.ledger_transfers enable row level security;

create table public.ledger_entries (
  transfer_id uuid not null references public.ledger_transfers (id) on delete restrict,
  account_id bigint not null references public.ledger_accounts (id) on delete restrict,
  amount numeric(78, 0) not null,
  constraint ledger_entries_pkey primary key (transfer_id, account_id),
  constraint ledger_entries_move_something check (amount <> 0)
);
comment on table public.ledger_entries is 'Signed amounts: the sum over each transfer and asset is zero.';
create index ledger_entries_account on public.ledger_entries (account_id);
alter table public.ledger_entries enable row level security;

create trigger ledger_entries_are_append_only before update or delete on public.ledger_entries
  for each row execute function private.tg__append_only();
create trigger ledger_entries_are_never_truncated before truncate on public.ledger_entries
  for each statement execute function private.tg__append_only();

create function private.tg_ledger_entries__balance() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if exists (
    select from public.ledger_entries e join public.ledger_accounts a on a.id = e.account_id
    where e.transfer_id = new.transfer_id group by a.asset having sum(e.amount) <> 0
  ) then
    raise exception 'Ledger transfer % does not balance.', new.transfer_id using errcode = 'CWSTA';
  end if;
  return null;
end
$$;
create constraint trigger ledger_entries_balance after insert on public.ledger_entries
  deferrable initially deferred for each row execute function private.tg_ledger_entries__balance();

create function private.tg_ledger_transfers__guard() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if tg_op = 'DELETE' or old.status <> 'pending' or new.status = 'pending'
    or (new.id, new.kind, new.subject, new.created_at) is distinct from (old.id, old.kind, old.subject, old.created_at) then
    raise exception 'A ledger transfer only moves from pending to posted or voided.' using errcode = 'CWSTA';
  end if;
  return new;
end
$$;
create trigger ledger_transfers_guard before update or delete on public.ledger_transfers
  for each row execute function private.tg_ledger_transfers__guard();
create trigger ledger_transfers_are_never_truncated before truncate on public.ledger_transfers
  for each statement execute function private.tg__append_only();

create function private.ledger_account(p_kind text, p_network public.network, p_asset public.asset)
returns public.ledger_accounts
language plpgsql set search_path = ''
as $$
declare
  v_account public.ledger_accounts;
begin
  insert into public.ledger_accounts (kind, network, asset, floor)
  values (p_kind, p_network, p_asset, case p_kind when 'treasury' then 0 end)
  on conflict on constraint ledger_accounts_kind_network_asset_key do nothing;
  select * into strict v_account from public.ledger_accounts
  where kind = p_kind and network = p_network and asset = p_asset;
  return v_account;
end
$$;
comment on function private.ledger_account is 'The account of that kind, made when first needed.';

-- Moves an amount from one account to another. Accounts are locked in id order, so two transfers never wait for each other.
create function private.move_in_ledger(
  p_kind text, p_subject uuid, p_from public.ledger_accounts, p_to public.ledger_accounts, p_amount numeric, p_pending boolean
) returns uuid
language plpgsql set search_path = ''
as $$
declare
  v_id uuid;
begin
  perform from public.ledger_accounts where id in (p_from.id, p_to.id) order by id for update;
  insert into public.ledger_transfers (kind, subject, status, finalized_at)
  values (p_kind, p_subject, case when p_pending then 'pending' else 'posted' end, case when not p_pending then clock_timestamp() end)
  returning id into v_id;
  insert into public.ledger_entries (transfer_id, account_id, amount)
  values (v_id, p_from.id, -p_amount), (v_id, p_to.id, p_amount);
  if p_pending then
    update public.ledger_accounts set held = held + p_amount where id = p_from.id;
  else
    update public.ledger_accounts set posted = posted - p_amount where id = p_from.id;
    update public.ledger_accounts set posted = posted + p_amount where id = p_to.id;
  end if;
  return v_id;
end
$$;
comment on function private.move_in_ledger is 'Posts a transfer at once, or holds its amount until it is posted or voided.';

create function private.finish_ledger_transfer(p_id uuid, p_status text) returns void
language plpgsql set search_path = ''
as $$
begin
  perform from public.ledger_accounts
  where id in (select account_id from public.ledger_entries where transfer_id = p_id) order by id for update;
  update public.ledger_transfers set status = p_status, finalized_at = clock_timestamp() where id = p_id;
  update public.ledger_accounts a
  set held = a.held - case when e.amount < 0 then -e.amount else 0 end,
      posted = a.posted + case when p_status = 'posted' then e.amount else 0 end
  from public.ledger_entries e where e.transfer_id = p_id and e.account_id = a.id;
end
$$;
comment on function private.finish_ledger_transfer is 'Posts or voids a pending ledger transfer.';
