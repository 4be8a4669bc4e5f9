-- Chapter 10: tokens that move on chain.

create table private.transfer_transitions (
  from_status text not null,
  to_status text not null,
  constraint transfer_transitions_pkey primary key (from_status, to_status)
);
comment on table private.transfer_transitions is 'A transfer is signed before it is broadcast; a reorg takes an included one back; only a confirmed or failed one is final.';
alter table private.transfer_transitions enable row level security;
insert into private.transfer_transitions (from_status, to_status) values
  ('prepared', 'signed'), ('signed', 'broadcast'), ('broadcast', 'included'),
  ('included', 'broadcast'), ('included', 'confirmed'), ('included', 'failed');

create table public.transfers (
  id uuid not null default gen_random_uuid() primary key,
  kind text not null,
  session_id uuid not null references public.onramp_sessions (id) on delete restrict,
  ledger_transfer_id uuid references public.ledger_transfers (id) on delete restrict,
  status text not null,
  version integer not null default 1,
  network public.network not null,
  asset public.asset not null,
  from_address public.evm_address,
  to_address public.evm_address not null,
  amount public.token_amount,
  nonce bigint,
  hash public.evm_hash,
  block_number bigint,
  block_hash public.evm_hash,
  log_index integer,
  confirmations integer not null default 0,
  required_confirmations integer not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  finalized_at timestamptz,
  constraint transfers_kind_is_known check (kind in ('stripe_payout', 'treasury_delivery')),
  constraint transfers_required_confirmations_are_positive check (required_confirmations > 0),
  constraint transfers_amount_is_positive check (amount > 0),
  constraint transfers_ours_are_whole check (
    kind <> 'treasury_delivery' or (nonce is not null and from_address is not null and amount is not null and ledger_transfer_id is not null)),
  constraint transfers_hash_known_once_signed check (status = 'prepared' or hash is not null),
  constraint transfers_block_known_iff_mined check ((status in ('included', 'confirmed', 'failed')) = (block_number is not null and block_hash is not null)),
  constraint transfers_final_iff_ended check ((status in ('confirmed', 'failed')) = (finalized_at is not null)),
  constraint transfers_final_only_when_buried check (finalized_at is null or confirmations >= required_confirmations),
  constraint transfers_confirmed_by_a_log check (status <> 'confirmed' or (log_index is not null and amount is not null))
);
comment on table public.transfers is 'A token transfer that we sent, or that Stripe sent for one of our sessions and we watch.';
comment on column public.transfers.amount is 'What we send; or, for a payout of Stripe''s, what the Transfer log says.';
create unique index transfers_nonce_once on public.transfers (network, from_address, nonce) where nonce is not null;
create unique index transfers_log_counts_once on public.transfers (network, hash, log_index) where log_index is not null;
create unique index transfers_one_a_kind_a_session on public.transfers (session_id, kind) where status <> 'failed';
create index transfers_session on public.transfers (session_id, created_at);
create index transfers_hash on public.transfers (hash);
create index transfers_ledger_transfer on public.transfers (ledger_transfer_id);
create index transfers_unfinished on public.transfers (updated_at) where finalized_at is null;
alter table public.transfers enable row level security;

create table public.transfer_events (
  transfer_id uuid not null references public.transfers (id) on delete restrict,
  version integer not null,
  from_status text,
  to_status text not null,
  actor text not null,
  at timestamptz not null default clock_timestamp(),
  constraint transfer_events_pkey primary key (transfer_id, version),
  constraint transfer_events_begin_once check ((from_status is null) = (version = 1)),
  constraint transfer_events_transition_is_allowed foreign key (from_status, to_status)
    references private.transfer_transitions (from_status, to_status)
);
comment on table public.transfer_events is 'Every change of a transfer''s status.';
create index transfer_events_transition on public.transfer_events (from_status, to_status);
alter table public.transfer_events enable row level security;
create trigger transfer_events_are_append_only before update or delete on public.transfer_events
  for each row execute function private.tg__append_only();
create trigger transfer_events_are_never_truncated before truncate on public.transfer_events
  for each statement execute function private.tg__append_only();

create function private.tg_transfers__guard() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    -- A payout of Stripe's is first heard of when it is already on its way.
    if new.status <> (case new.kind when 'stripe_payout' then 'broadcast' else 'prepared' end) then
      raise exception 'A % does not begin as %.', new.kind, new.status using errcode = 'CWSTA';
    end if;
    return new;
  end if;
  if (new.id, new.kind, new.session_id, new.network, new.asset, new.to_address, new.nonce, new.created_at)
    is distinct from (old.id, old.kind, old.session_id, old.network, old.asset, old.to_address, old.nonce, old.created_at)
    or (old.hash is not null and new.hash is distinct from old.hash)
    or (old.kind = 'treasury_delivery' and (new.amount, new.from_address) is distinct from (old.amount, old.from_address)) then
    raise exception 'What a transfer moves is never edited.' using errcode = 'CWSTA';
  end if;
  if new.status is distinct from old.status then
    new.version := old.version + 1;
    new.finalized_at := case when new.status in ('confirmed', 'failed') then clock_timestamp() end;
  end if;
  new.updated_at := clock_timestamp();
  return new;
end
$$;

create function private.tg_transfers__write_event() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.transfer_events (transfer_id, version, from_status, to_status, actor)
  values (new.id, new.version, case when tg_op = 'UPDATE' then old.status end, new.status, private.actor());
  return null;
end
$$;

create trigger transfers_guard before insert or update on public.transfers
  for each row execute function private.tg_transfers__guard();
create trigger transfers_write_first_event after insert on public.transfers
  for each row execute function private.tg_transfers__write_event();
create trigger transfers_write_event after update of status on public.transfers
  for each row when (old.status is distinct from new.status) execute function private.tg_transfers__write_event();
create trigger transfers_are_kept before delete on public.transfers
  for each row execute function private.tg__append_only();
create trigger transfers_are_never_truncated before truncate on public.transfers
  for each statement execute function private.tg__append_only();

create table private.signed_transactions (
  transfer_id uuid not null primary key references public.transfers (id) on delete restrict,
  raw bytea not null,
  signed_at timestamptz not null default clock_timestamp()
);
comment on table private.signed_transactions is 'The bytes of a transfer, stored before they are broadcast. A retry broadcasts these and no others.';
alter table private.signed_transactions enable row level security;
create trigger signed_transactions_are_append_only before update or delete on private.signed_transactions
  for each row execute function private.tg__append_only();
create trigger signed_transactions_are_never_truncated before truncate on private.signed_transactions
  for each statement execute function private.tg__append_only();

create table private.nonces (
  network public.network not null,
  address public.evm_address not null,
  next_nonce bigint not null,
  constraint nonces_pkey primary key (network, address),
  constraint nonces_next_nonce_is_not_negative check (next_nonce >= 0)
);
comment on table private.nonces is 'The next nonce of each address that we sign for. Its row lock makes the order of our transactions.';
alter table private.nonces enable row level security;

-- The chain's count only ever raises ours: it is higher when somebody used the key elsewhere, and lags behind what we just sent.
create function private.allocate_nonce(p_network public.network, p_address public.evm_address, p_chain_nonce bigint) returns bigint
language sql set search_path = ''
begin atomic
  insert into private.nonces (network, address, next_nonce) values (p_network, p_address, p_chain_nonce + 1)
  on conflict on constraint nonces_pkey
    do update set next_nonce = greatest(private.nonces.next_nonce, p_chain_nonce) + 1
  returning next_nonce - 1;
end;
comment on function private.allocate_nonce is 'Takes the next nonce under the row''s lock; never the same one twice.';

create table private.treasury_observations (
  network public.network not null,
  asset public.asset not null,
  block_number bigint not null,
  amount public.token_amount not null,
  observed_at timestamptz not null default clock_timestamp(),
  constraint treasury_observations_pkey primary key (network, asset)
);
comment on table private.treasury_observations is 'The treasury''s balance as last read on chain, and at which block.';
alter table private.treasury_observations enable row level security;
