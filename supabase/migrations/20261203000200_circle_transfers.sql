-- Chapter 37: what Circle is asked to move for an intent, one transfer each, stored before Circle is asked.

create table private.circle_transfer_transitions (
  from_status text not null,
  to_status text not null,
  constraint circle_transfer_transitions_pkey primary key (from_status, to_status)
);
comment on table private.circle_transfer_transitions is
  'prepared: Circle certainly has not taken it. unclear: it may have. submitted: Circle has it. sent: it has a hash. stuck: Circle cannot move it now. Only confirmed and failed are final.';
alter table private.circle_transfer_transitions enable row level security;
insert into private.circle_transfer_transitions (from_status, to_status) values
  ('prepared', 'submitted'), ('prepared', 'unclear'), ('prepared', 'failed'),
  ('unclear', 'submitted'), ('unclear', 'failed'),
  ('submitted', 'sent'), ('submitted', 'stuck'), ('submitted', 'confirmed'), ('submitted', 'failed'),
  ('sent', 'stuck'), ('sent', 'confirmed'), ('sent', 'failed'),
  ('stuck', 'sent'), ('stuck', 'confirmed'), ('stuck', 'failed');

create table public.circle_transfers (
  id uuid not null default gen_random_uuid() primary key,
  intent_id uuid not null references public.intents (id) on delete restrict,
  wallet_id uuid not null references public.wallets (id) on delete restrict,
  status text not null default 'prepared',
  version integer not null default 1,
  network public.network not null,
  asset public.asset not null,
  from_address public.evm_address not null,
  to_address public.evm_address not null,
  amount public.token_amount not null,
  asks integer not null default 0,
  doubtful_asks integer not null default 0,
  asked_at timestamptz,
  circle_id text,
  circle_state text,
  circle_ended_at timestamptz,
  hash public.evm_hash,
  block_number bigint,
  block_hash public.evm_hash,
  log_index integer,
  confirmations integer not null default 0,
  required_confirmations integer not null,
  network_fee text,
  failure text,
  attention text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  finalized_at timestamptz,
  constraint circle_transfers_one_an_intent unique (intent_id),
  constraint circle_transfers_circle_id_key unique (circle_id),
  constraint circle_transfers_amount_is_positive check (amount > 0),
  constraint circle_transfers_required_confirmations_are_positive check (required_confirmations > 0),
  constraint circle_transfers_asks_in_order check (doubtful_asks between 0 and asks and (asks > 0) = (asked_at is not null)),
  constraint circle_transfers_known_at_circle_once_submitted check (
    status in ('prepared', 'unclear', 'failed') or circle_id is not null),
  constraint circle_transfers_final_iff_ended check ((status in ('confirmed', 'failed')) = (finalized_at is not null)),
  constraint circle_transfers_failed_for_a_reason check ((status = 'failed') = (failure is not null)),
  constraint circle_transfers_confirmed_by_a_buried_log check (status <> 'confirmed' or (circle_state = 'COMPLETE' and hash is not null
    and block_number is not null and block_hash is not null and log_index is not null and confirmations >= required_confirmations))
);
comment on table public.circle_transfers is
  'What Circle is asked to move for an intent. Its id is the key under which Circle is asked, however often, and Circle''s reference to it; so there is never a second one.';
comment on column public.circle_transfers.doubtful_asks is 'How many of the asks ended without a word that Circle did not take it: a time-out, or a process that died. While there is one, a refusal ends nothing.';
comment on column public.circle_transfers.attention is 'Why a person has to look: Circle and the chain contradict each other.';
create unique index circle_transfers_log_counts_once on public.circle_transfers (network, hash, log_index) where log_index is not null;
create index circle_transfers_wallet on public.circle_transfers (wallet_id, asset, block_number);
create index circle_transfers_unfinished on public.circle_transfers (updated_at) where finalized_at is null;
create index circle_transfers_newest on public.circle_transfers (created_at desc, id desc);
create index circle_transfers_hash on public.circle_transfers (hash);
alter table public.circle_transfers enable row level security;

create table public.circle_transfer_events (
  transfer_id uuid not null references public.circle_transfers (id) on delete restrict,
  version integer not null,
  from_status text,
  to_status text not null,
  actor text not null,
  at timestamptz not null default clock_timestamp(),
  constraint circle_transfer_events_pkey primary key (transfer_id, version),
  constraint circle_transfer_events_begin_once check ((from_status is null) = (version = 1)),
  constraint circle_transfer_events_transition_is_allowed foreign key (from_status, to_status)
    references private.circle_transfer_transitions (from_status, to_status)
);
comment on table public.circle_transfer_events is 'Every change of the status of a transfer that Circle makes.';
create index circle_transfer_events_transition on public.circle_transfer_events (from_status, to_status);
alter table public.circle_transfer_events enable row level security;
create trigger circle_transfer_events_are_append_only before update or delete on public.circle_transfer_events
  for each row execute function private.tg__append_only();
create trigger circle_transfer_events_are_never_truncated before truncate on public.circle_transfer_events
  for each statement execute function private.tg__append_only();

create function private.tg_circle_transfers__guard() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'prepared' then
      raise exception 'A transfer is stored before Circle is asked.' using errcode = 'CWSTA';
    end if;
    return new;
  end if;
  if (new.id, new.intent_id, new.wallet_id, new.network, new.asset, new.from_address, new.to_address, new.amount, new.required_confirmations, new.created_at)
    is distinct from (old.id, old.intent_id, old.wallet_id, old.network, old.asset, old.from_address, old.to_address, old.amount, old.required_confirmations, old.created_at)
    or (old.circle_id is not null and new.circle_id is distinct from old.circle_id)
    or (old.finalized_at is not null and new.status = old.status) then
    raise exception 'What a transfer moves is never edited, and nothing of one that ended.' using errcode = 'CWSTA';
  end if;
  if new.status is distinct from old.status then
    new.version := old.version + 1;
    new.finalized_at := case when new.status in ('confirmed', 'failed') then clock_timestamp() end;
  end if;
  new.updated_at := clock_timestamp();
  return new;
end
$$;

create function private.tg_circle_transfers__write_event() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.circle_transfer_events (transfer_id, version, from_status, to_status, actor)
  values (new.id, new.version, case when tg_op = 'UPDATE' then old.status end, new.status, private.actor());
  return null;
end
$$;

create trigger circle_transfers_guard before insert or update on public.circle_transfers
  for each row execute function private.tg_circle_transfers__guard();
create trigger circle_transfers_write_first_event after insert on public.circle_transfers
  for each row execute function private.tg_circle_transfers__write_event();
create trigger circle_transfers_write_event after update of status on public.circle_transfers
  for each row when (old.status is distinct from new.status) execute function private.tg_circle_transfers__write_event();
create trigger circle_transfers_are_kept before delete on public.circle_transfers
  for each row execute function private.tg__append_only();
create trigger circle_transfers_are_never_truncated before truncate on public.circle_transfers
  for each statement execute function private.tg__append_only();

create table public.intent_refunds (
  intent_id uuid not null primary key references public.intents (id) on delete restrict,
  network public.network not null,
  asset public.asset not null,
  hash public.evm_hash not null,
  log_index integer not null,
  block_number bigint not null,
  from_address public.evm_address not null,
  amount public.token_amount not null,
  linked_by uuid not null references auth.users (id) on delete restrict,
  linked_at timestamptz not null default clock_timestamp(),
  constraint intent_refunds_log_counts_once unique (network, hash, log_index)
);
comment on table public.intent_refunds is 'The transfer by which a payment came back, as read on chain, and who said that it is that.';
create index intent_refunds_linked_by on public.intent_refunds (linked_by);
alter table public.intent_refunds enable row level security;
create trigger intent_refunds_are_append_only before update or delete on public.intent_refunds
  for each row execute function private.tg__append_only();
create trigger intent_refunds_are_never_truncated before truncate on public.intent_refunds
  for each statement execute function private.tg__append_only();

create table private.wallet_observations (
  wallet_id uuid not null references public.wallets (id) on delete restrict,
  asset public.asset not null,
  block_number bigint not null,
  amount public.token_amount not null,
  observed_at timestamptz not null default clock_timestamp(),
  constraint wallet_observations_pkey primary key (wallet_id, asset)
);
comment on table private.wallet_observations is 'What each wallet held when it was last read on chain, and at which block.';
alter table private.wallet_observations enable row level security;

alter table public.spend_reservations
  drop constraint spend_reservations_state_is_known,
  add constraint spend_reservations_state_is_known check (state in ('held', 'committed', 'released', 'refunded'));
comment on table public.spend_reservations is
  'What an intent takes from the budgets that hold for it, and its hold on the wallet''s balance: held until the payment is settled (committed) or certainly not made (released); refunded when it came back.';

-- A receipt proves a purchase or a payment.
alter table public.receipts
  add column intent_id uuid references public.intents (id) on delete restrict,
  alter column session_id drop not null,
  add constraint receipts_intent_id_key unique (intent_id),
  add constraint receipts_prove_one_thing check ((session_id is null) <> (intent_id is null));
comment on table public.receipts is
  'Proof of one delivered session, or of one settled payment. What it states is the session or the intent with its transfers, none of which can change any more.';
create policy "receipts of payments are seen with their intent" on public.receipts for select to authenticated, agent
  using (intent_id is not null and exists (select from public.intents i where i.id = intent_id));
grant select on public.receipts to agent;

grant select on public.circle_transfers, public.circle_transfer_events, public.intent_refunds to authenticated, agent, worker;
grant select on public.wallets, public.agents, public.wallet_sets to worker;
create policy "transfers by Circle are seen with their intent" on public.circle_transfers for select to authenticated, agent
  using (exists (select from public.intents i where i.id = intent_id));
create policy "the worker reads transfers by Circle" on public.circle_transfers for select to worker using (true);
create policy "events are seen with their transfer by Circle" on public.circle_transfer_events for select to authenticated, agent
  using (exists (select from public.circle_transfers t where t.id = transfer_id));
create policy "the worker reads events of transfers by Circle" on public.circle_transfer_events for select to worker using (true);
create policy "refunds are seen with their intent" on public.intent_refunds for select to authenticated, agent
  using (exists (select from public.intents i where i.id = intent_id));
create policy "the worker reads refunds" on public.intent_refunds for select to worker using (true);
create policy "the worker reads wallets" on public.wallets for select to worker using (true);
create policy "the worker reads agents" on public.agents for select to worker using (true);
create policy "the worker reads wallet sets" on public.wallet_sets for select to worker using (true);

alter table public.reconciliation_findings
  drop constraint reconciliation_findings_kind_is_known,
  add constraint reconciliation_findings_kind_is_known check (kind in ('paid_after_expiry', 'transfer_unfinished', 'treasury_drift',
    'ledger_unbalanced', 'delivered_without_transfer', 'wallet_drift', 'payment_unclear', 'settled_without_transfer'));
comment on column public.reconciliation_findings.subject is
  'A session (paid_after_expiry, delivered_without_transfer), a transfer (transfer_unfinished), network/asset (treasury_drift), an asset or account (ledger_unbalanced), wallet/asset (wallet_drift), an intent (payment_unclear, settled_without_transfer).';
