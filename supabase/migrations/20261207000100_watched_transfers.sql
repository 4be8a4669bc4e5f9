-- Chapter 70: payment links, and transfers that others sign and we watch for: into a link, or out of a person's own wallet.

create table private.link_transitions (
  from_status text not null,
  to_status text not null,
  constraint link_transitions_pkey primary key (from_status, to_status)
);
comment on table private.link_transitions is 'The whole machine of a payment link.';
alter table private.link_transitions enable row level security;
insert into private.link_transitions (from_status, to_status) values
  ('open', 'partly_paid'), ('open', 'paid'), ('open', 'cancelled'), ('open', 'expired'),
  ('partly_paid', 'paid'), ('partly_paid', 'cancelled'), ('partly_paid', 'expired');

create table public.links (
  id uuid not null primary key,
  wallet_set_id uuid not null references public.wallet_sets (id) on delete restrict,
  wallet_id uuid not null references public.wallets (id) on delete restrict,
  status text not null default 'open',
  version integer not null default 1,
  network public.network not null,
  asset public.asset not null,
  address public.evm_address not null,
  amount public.token_amount,
  received public.token_amount not null default 0,
  note text not null,
  expires_at timestamptz,
  looked_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  finalized_at timestamptz,
  constraint links_amount_is_positive check (amount > 0),
  constraint links_note_is_short check (length(note) <= 140),
  constraint links_paid_when_all_arrived check (status <> 'paid' or coalesce(received >= amount, false)),
  constraint links_partly_paid_when_something_arrived check (status <> 'partly_paid' or (amount is not null and received > 0)),
  constraint links_finalized_iff_ended check ((status in ('paid', 'cancelled', 'expired')) = (finalized_at is not null))
);
comment on table public.links is 'What a person asks others to pay into one of their wallets. Whoever has its id may see it and pay; without an amount it takes any, until it ends.';
comment on column public.links.received is 'What arrived, is final on chain and counts for it, in base units.';
comment on column public.links.looked_at is 'When somebody last looked at it: what is looked at is watched more closely.';
-- A transfer names no link unless our page made it, so its amount has to tell which one is meant.
create unique index links_amount_tells_them_apart on public.links (wallet_set_id, network, address, asset, amount) nulls not distinct
  where status in ('open', 'partly_paid');
create index links_wallet_set on public.links (wallet_set_id, created_at desc, id desc);
create index links_wallet on public.links (wallet_id);
create index links_watched on public.links (network, asset, address, finalized_at);
alter table public.links enable row level security;

create table public.link_events (
  link_id uuid not null references public.links (id) on delete restrict,
  version integer not null,
  from_status text,
  to_status text not null,
  actor text not null,
  at timestamptz not null default clock_timestamp(),
  constraint link_events_pkey primary key (link_id, version),
  constraint link_events_begin_once check ((from_status is null) = (version = 1)),
  constraint link_events_transition_is_allowed foreign key (from_status, to_status)
    references private.link_transitions (from_status, to_status)
);
comment on table public.link_events is 'Every change of a link''s status, with who made it.';
create index link_events_transition on public.link_events (from_status, to_status);
alter table public.link_events enable row level security;
create trigger link_events_are_append_only before update or delete on public.link_events
  for each row execute function private.tg__append_only();
create trigger link_events_are_never_truncated before truncate on public.link_events
  for each statement execute function private.tg__append_only();

create function private.tg_links__guard() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'open' then
      raise exception 'A link begins as open.' using errcode = 'CWSTA';
    end if;
    return new;
  end if;
  if (new.id, new.wallet_set_id, new.wallet_id, new.network, new.asset, new.address, new.amount, new.note, new.expires_at, new.created_at)
    is distinct from
     (old.id, old.wallet_set_id, old.wallet_id, old.network, old.asset, old.address, old.amount, old.note, old.expires_at, old.created_at) then
    raise exception 'What a link asks for is never edited.' using errcode = 'CWSTA';
  end if;
  if new.received < old.received then
    raise exception 'What a link received is never taken back.' using errcode = 'CWSTA';
  end if;
  if new.status is distinct from old.status then
    new.version := old.version + 1;
    new.finalized_at := case when new.status in ('paid', 'cancelled', 'expired') then clock_timestamp() end;
  end if;
  new.updated_at := clock_timestamp();
  return new;
end
$$;

create function private.tg_links__write_event() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.link_events (link_id, version, from_status, to_status, actor)
  values (new.id, new.version, case when tg_op = 'UPDATE' then old.status end, new.status, private.actor());
  return null;
end
$$;

create trigger links_guard before insert or update on public.links for each row execute function private.tg_links__guard();
create trigger links_write_first_event after insert on public.links for each row execute function private.tg_links__write_event();
create trigger links_write_event after update of status on public.links
  for each row when (old.status is distinct from new.status) execute function private.tg_links__write_event();
create trigger links_are_kept before delete on public.links for each row execute function private.tg__append_only();
create trigger links_are_never_truncated before truncate on public.links for each statement execute function private.tg__append_only();

create table private.watched_transfer_transitions (
  from_status text not null,
  to_status text not null,
  constraint watched_transfer_transitions_pkey primary key (from_status, to_status)
);
comment on table private.watched_transfer_transitions is 'A transfer that others sign is said to be on its way; a block has it; a reorg takes it back; deep enough it is final.';
alter table private.watched_transfer_transitions enable row level security;
insert into private.watched_transfer_transitions (from_status, to_status) values
  ('broadcast', 'included'), ('broadcast', 'failed'), ('included', 'broadcast'), ('included', 'confirmed');

create table public.watched_transfers (
  id uuid not null default gen_random_uuid() primary key,
  wallet_set_id uuid not null references public.wallet_sets (id) on delete restrict,
  link_id uuid references public.links (id) on delete restrict,
  intent_id uuid references public.intents (id) on delete restrict,
  status text not null default 'broadcast',
  version integer not null default 1,
  network public.network not null,
  asset public.asset not null,
  from_address text not null,
  to_address public.evm_address not null,
  amount public.token_amount not null,
  hash public.evm_hash not null,
  nonce bigint,
  log_index integer,
  block_number bigint,
  block_hash public.evm_hash,
  block_time timestamptz,
  confirmations integer not null default 0,
  required_confirmations integer not null,
  counted boolean not null default false,
  failure text,
  assigned_by uuid references auth.users (id) on delete restrict,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  finalized_at timestamptz,
  constraint watched_transfers_one_purpose check (num_nonnulls(link_id, intent_id) <= 1),
  -- A bridge that mints pays from the zero address.
  constraint watched_transfers_from_is_lower_case_hex check (from_address ~ '^0x[0-9a-f]{40}$'),
  constraint watched_transfers_amount_is_positive check (amount > 0),
  constraint watched_transfers_required_confirmations_are_positive check (required_confirmations > 0),
  constraint watched_transfers_log_known_iff_seen check (
    (status in ('included', 'confirmed')) = (num_nonnulls(log_index, block_number, block_hash, block_time) = 4)),
  constraint watched_transfers_final_iff_ended check ((status in ('confirmed', 'failed')) = (finalized_at is not null)),
  constraint watched_transfers_confirmed_only_when_buried check (status <> 'confirmed' or confirmations >= required_confirmations),
  constraint watched_transfers_failed_for_a_reason check ((status = 'failed') = (failure is not null)),
  constraint watched_transfers_failure_is_known check (failure in ('reverted', 'displaced', 'mismatch')),
  constraint watched_transfers_counted_when_final check (not counted or (status = 'confirmed' and link_id is not null))
);
comment on table public.watched_transfers is
  'A token transfer that somebody else signed: into a payment link, or out of a person''s own wallet for an intent. With neither, it came to the address of an open link and fits none.';
comment on column public.watched_transfers.counted is 'Whether it counts for its link. What comes after the link has ended, or once more, does not.';
create unique index watched_transfers_log_counts_once on public.watched_transfers (wallet_set_id, network, hash, log_index) where log_index is not null;
create unique index watched_transfers_hash_once_an_intent on public.watched_transfers (intent_id, hash) where intent_id is not null;
create index watched_transfers_wallet_set on public.watched_transfers (wallet_set_id, created_at desc);
create index watched_transfers_link on public.watched_transfers (link_id, created_at);
create index watched_transfers_intent on public.watched_transfers (intent_id);
create index watched_transfers_hash on public.watched_transfers (network, hash);
create index watched_transfers_assigned_by on public.watched_transfers (assigned_by);
create index watched_transfers_unfinished on public.watched_transfers (network, asset, block_number) where finalized_at is null;
alter table public.watched_transfers enable row level security;

create table public.watched_transfer_events (
  transfer_id uuid not null references public.watched_transfers (id) on delete restrict,
  version integer not null,
  from_status text,
  to_status text not null,
  actor text not null,
  at timestamptz not null default clock_timestamp(),
  constraint watched_transfer_events_pkey primary key (transfer_id, version),
  constraint watched_transfer_events_begin_once check ((from_status is null) = (version = 1)),
  constraint watched_transfer_events_transition_is_allowed foreign key (from_status, to_status)
    references private.watched_transfer_transitions (from_status, to_status)
);
comment on table public.watched_transfer_events is 'Every change of a watched transfer''s status.';
create index watched_transfer_events_transition on public.watched_transfer_events (from_status, to_status);
alter table public.watched_transfer_events enable row level security;
create trigger watched_transfer_events_are_append_only before update or delete on public.watched_transfer_events
  for each row execute function private.tg__append_only();
create trigger watched_transfer_events_are_never_truncated before truncate on public.watched_transfer_events
  for each statement execute function private.tg__append_only();

create function private.tg_watched_transfers__guard() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'broadcast' then
      raise exception 'A watched transfer begins as broadcast.' using errcode = 'CWSTA';
    end if;
    return new;
  end if;
  if (new.id, new.wallet_set_id, new.intent_id, new.network, new.asset, new.from_address, new.to_address, new.amount, new.hash, new.created_at)
    is distinct from
     (old.id, old.wallet_set_id, old.intent_id, old.network, old.asset, old.from_address, old.to_address, old.amount, old.hash, old.created_at)
    or (old.link_id is not null and new.link_id is distinct from old.link_id)
    or (old.counted and not new.counted) then
    raise exception 'What a watched transfer moved is never edited.' using errcode = 'CWSTA';
  end if;
  if new.status is distinct from old.status then
    new.version := old.version + 1;
    new.finalized_at := case when new.status in ('confirmed', 'failed') then clock_timestamp() end;
  end if;
  new.updated_at := clock_timestamp();
  return new;
end
$$;

create function private.tg_watched_transfers__write_event() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.watched_transfer_events (transfer_id, version, from_status, to_status, actor)
  values (new.id, new.version, case when tg_op = 'UPDATE' then old.status end, new.status, private.actor());
  return null;
end
$$;

create trigger watched_transfers_guard before insert or update on public.watched_transfers
  for each row execute function private.tg_watched_transfers__guard();
create trigger watched_transfers_write_first_event after insert on public.watched_transfers
  for each row execute function private.tg_watched_transfers__write_event();
create trigger watched_transfers_write_event after update of status on public.watched_transfers
  for each row when (old.status is distinct from new.status) execute function private.tg_watched_transfers__write_event();
create trigger watched_transfers_are_kept before delete on public.watched_transfers
  for each row execute function private.tg__append_only();
create trigger watched_transfers_are_never_truncated before truncate on public.watched_transfers
  for each statement execute function private.tg__append_only();

create table private.chain_watches (
  network public.network not null,
  asset public.asset not null,
  scanned_block bigint not null,
  scanned_at timestamptz not null,
  looked_at timestamptz not null default now(),
  constraint chain_watches_pkey primary key (network, asset)
);
comment on table private.chain_watches is 'Up to which final block a token''s transfers were read, and that block''s time. Everything after it is read again.';
alter table private.chain_watches enable row level security;

grant select on public.links, public.link_events, public.watched_transfers, public.watched_transfer_events to authenticated;
create policy "people see their own links, operators all" on public.links for select to authenticated
  using (wallet_set_id = (select private.wallet_set_id()) or (select private.is_operator()));
create policy "events are seen with their link" on public.link_events for select to authenticated
  using (exists (select from public.links l where l.id = link_id));
create policy "people see what they wait for, operators all" on public.watched_transfers for select to authenticated
  using (wallet_set_id = (select private.wallet_set_id()) or (select private.is_operator()));
create policy "events are seen with their transfer" on public.watched_transfer_events for select to authenticated
  using (exists (select from public.watched_transfers t where t.id = transfer_id));

-- What is watched: links until thirty days after their end, since late money has to be shown; own wallets while something may come.
create function private.is_watched(p_link public.links) returns boolean
language sql stable set search_path = ''
return p_link.finalized_at is null or p_link.finalized_at > now() - interval '30 days';
comment on function private.is_watched is 'Whether payments into a link are still looked for.';

create function private.awaited_intents() returns table (
  id uuid, wallet_set_id uuid, status text, network text, asset text, amount numeric, recipient_address text,
  created_at timestamptz, updated_at timestamptz, expires_at timestamptz, payer text
)
language sql stable set search_path = ''
as $$
  select i.id, i.wallet_set_id, i.status, i.network, i.asset, i.amount, i.recipient_address, i.created_at, i.updated_at, i.expires_at, w.address
  from public.intents i join public.wallets w on w.id = i.wallet_id
  where i.agent_id is null and i.finalized_at is null and i.status in ('awaiting_signature', 'executing', 'unknown')
$$;
comment on function private.awaited_intents is 'Payments out of people''s own wallets that the chain may show at any moment, and the address that pays.';
create index intents_awaited on public.intents (wallet_id) where agent_id is null and finalized_at is null;

create function private.watch(p_network text, p_asset text, p_at timestamptz default null) returns void
language sql set search_path = ''
begin atomic
  select private.add_job('watch_payments', jsonb_build_object('network', p_network, 'asset', p_asset),
    'watch_payments:' || p_network || ':' || p_asset, p_at);
end;
comment on function private.watch is 'Has a token''s transfers looked at. One look a token is queued at a time.';

create function private.tg_intents__watch() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.watch(new.network, new.asset);
  return null;
end
$$;
create trigger intents_are_watched after update of status on public.intents
  for each row when (new.status = 'awaiting_signature') execute function private.tg_intents__watch();
