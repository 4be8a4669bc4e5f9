-- Chapter 9: the onramp. A card payment at Stripe that arrives as a stablecoin in the buyer's wallet.

create table private.onramp_transitions (
  from_status text not null,
  to_status text not null,
  constraint onramp_transitions_pkey primary key (from_status, to_status)
);
comment on table private.onramp_transitions is 'The whole machine of an onramp session. What is not a row here cannot happen, whoever writes.';
alter table private.onramp_transitions enable row level security;
insert into private.onramp_transitions (from_status, to_status) values
  ('created', 'awaiting_payment'),
  ('awaiting_payment', 'processing'),
  ('processing', 'funded'),
  ('funded', 'delivering'),
  ('delivering', 'delivered'),
  ('created', 'expired'), ('awaiting_payment', 'expired'),
  ('awaiting_payment', 'rejected'), ('processing', 'rejected'),
  ('delivering', 'unknown'), ('unknown', 'delivering'), ('unknown', 'delivered'),
  ('funded', 'needs_attention'), ('delivering', 'needs_attention'), ('unknown', 'needs_attention'),
  ('needs_attention', 'delivering');

create table public.onramp_sessions (
  id uuid not null primary key,
  owner_id uuid references auth.users (id) on delete set null,
  secret_hash bytea not null,
  status text not null default 'created',
  version integer not null default 1,
  asset public.asset not null,
  network public.network not null,
  wallet_address public.evm_address not null,
  source_currency public.fiat_currency not null,
  source_amount_minor bigint not null,
  total_amount_minor bigint not null,
  quoted_amount public.token_amount not null,
  quote jsonb not null,
  delivery text not null,
  fee_basis_points integer not null,
  settlement_network public.network not null,
  settlement_address public.evm_address not null,
  stripe_session_id text,
  stripe_status text,
  checkout_url text,
  attention_code text,
  attention_detail text,
  delivered_amount public.token_amount,
  paid_after_expiry_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  expires_at timestamptz not null,
  finalized_at timestamptz,
  constraint onramp_sessions_secret_hash_key unique (secret_hash),
  constraint onramp_sessions_stripe_session_id_key unique (stripe_session_id),
  constraint onramp_sessions_secret_is_a_sha256 check (length(secret_hash) = 32),
  constraint onramp_sessions_source_amount_within_limits check (source_amount_minor between 100 and 1000000),
  constraint onramp_sessions_total_covers_source check (total_amount_minor >= source_amount_minor),
  constraint onramp_sessions_quote_something check (quoted_amount > 0),
  constraint onramp_sessions_delivery_is_known check (delivery in ('stripe', 'treasury')),
  constraint onramp_sessions_musd_comes_from_treasury check ((asset = 'MUSD') = (delivery = 'treasury')),
  constraint onramp_sessions_stripe_pays_the_wallet check (delivery <> 'stripe' or (settlement_network = network and settlement_address = wallet_address)),
  constraint onramp_sessions_fee_only_by_treasury check (fee_basis_points between 0 and 1000 and (delivery = 'treasury' or fee_basis_points = 0)),
  constraint onramp_sessions_checkout_known_once_open check (status in ('created', 'expired') or (stripe_session_id is not null and checkout_url is not null)),
  constraint onramp_sessions_finalized_iff_ended check ((status in ('delivered', 'expired', 'rejected')) = (finalized_at is not null)),
  constraint onramp_sessions_attention_iff_needed check ((status = 'needs_attention') = (attention_code is not null)),
  constraint onramp_sessions_delivered_iff_amount_known check ((status = 'delivered') = (delivered_amount is not null)),
  constraint onramp_sessions_paid_after_expiry_only_when_expired check (paid_after_expiry_at is null or status = 'expired')
);
comment on table public.onramp_sessions is 'One purchase. A guest''s belongs to whoever holds the secret of its link; a person''s to their account as well.';
comment on column public.onramp_sessions.settlement_address is 'Where Stripe delivers USDC: the buyer''s wallet, or the treasury that then sends MUSD.';
comment on column public.onramp_sessions.quote is 'The quote as it was shown.';
comment on column public.onramp_sessions.paid_after_expiry_at is 'Stripe took a payment after this session had expired; an operator settles it by hand.';
create index onramp_sessions_owner on public.onramp_sessions (owner_id, created_at desc, id desc);
create index onramp_sessions_created_at on public.onramp_sessions (created_at desc, id desc);
create index onramp_sessions_wallet_address on public.onramp_sessions (wallet_address);
create index onramp_sessions_unfinished on public.onramp_sessions (updated_at) where finalized_at is null;
alter table public.onramp_sessions enable row level security;

create table public.onramp_events (
  session_id uuid not null references public.onramp_sessions (id) on delete restrict,
  version integer not null,
  from_status text,
  to_status text not null,
  actor text not null,
  at timestamptz not null default clock_timestamp(),
  constraint onramp_events_pkey primary key (session_id, version),
  constraint onramp_events_begin_once check ((from_status is null) = (version = 1)),
  constraint onramp_events_transition_is_allowed foreign key (from_status, to_status)
    references private.onramp_transitions (from_status, to_status)
);
comment on table public.onramp_events is 'Every change of a session''s status, with who made it. Its foreign key is the state machine.';
create index onramp_events_transition on public.onramp_events (from_status, to_status);
alter table public.onramp_events enable row level security;
create trigger onramp_events_are_append_only before update or delete on public.onramp_events
  for each row execute function private.tg__append_only();
create trigger onramp_events_are_never_truncated before truncate on public.onramp_events
  for each statement execute function private.tg__append_only();

create function private.tg_onramp_sessions__guard() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'created' then
      raise exception 'A session begins as created.' using errcode = 'CWSTA';
    end if;
    return new;
  end if;
  if (new.id, new.asset, new.network, new.wallet_address, new.source_currency, new.source_amount_minor, new.total_amount_minor,
      new.quoted_amount, new.quote, new.delivery, new.fee_basis_points, new.settlement_network, new.settlement_address, new.created_at)
    is distinct from
     (old.id, old.asset, old.network, old.wallet_address, old.source_currency, old.source_amount_minor, old.total_amount_minor,
      old.quoted_amount, old.quote, old.delivery, old.fee_basis_points, old.settlement_network, old.settlement_address, old.created_at)
    or (old.stripe_session_id is not null and new.stripe_session_id is distinct from old.stripe_session_id)
    -- It stays its owner's, and becomes nobody's when the account is deleted.
    or (old.owner_id is not null and new.owner_id <> old.owner_id) then
    raise exception 'What was agreed is never edited.' using errcode = 'CWSTA';
  end if;
  if new.status is distinct from old.status then
    new.version := old.version + 1;
    new.finalized_at := case when new.status in ('delivered', 'expired', 'rejected') then clock_timestamp() end;
    if new.status <> 'needs_attention' then
      new.attention_code := null;
      new.attention_detail := null;
    end if;
  end if;
  new.updated_at := clock_timestamp();
  return new;
end
$$;

create function private.tg_onramp_sessions__write_event() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.onramp_events (session_id, version, from_status, to_status, actor)
  values (new.id, new.version, case when tg_op = 'UPDATE' then old.status end, new.status, private.actor());
  return null;
end
$$;

create trigger onramp_sessions_guard before insert or update on public.onramp_sessions
  for each row execute function private.tg_onramp_sessions__guard();
create trigger onramp_sessions_write_first_event after insert on public.onramp_sessions
  for each row execute function private.tg_onramp_sessions__write_event();
create trigger onramp_sessions_write_event after update of status on public.onramp_sessions
  for each row when (old.status is distinct from new.status) execute function private.tg_onramp_sessions__write_event();
create trigger onramp_sessions_are_kept before delete on public.onramp_sessions
  for each row execute function private.tg__append_only();
create trigger onramp_sessions_are_never_truncated before truncate on public.onramp_sessions
  for each statement execute function private.tg__append_only();
