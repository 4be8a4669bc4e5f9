-- Chapter 110: passes. Who may enter the rooms, what paid for it, and the codes by which friends get in.

create table public.profiles (
  account_id uuid not null primary key references auth.users (id) on delete cascade,
  name text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint profiles_name_is_a_short_line check (name = btrim(name) and length(name) between 1 and 40 and name !~ '[[:cntrl:]]')
);
comment on table public.profiles is 'By what name others meet a person in the rooms. A guest has one too, and keeps it when they add an email or a wallet.';
alter table public.profiles enable row level security;

create table private.pass_terms (
  singleton boolean not null primary key default true,
  card_amount_minor bigint not null default 50,
  token_amount_cents bigint not null default 1,
  valid_for interval not null default '1 year',
  order_open_for interval not null default '1 hour',
  code_uses integer not null default 4,
  code_valid_for interval not null default '1 year',
  calls_for_a_code integer not null default 4,
  call_seconds_for_a_code integer not null default 30,
  constraint pass_terms_are_one_row check (singleton),
  -- Stripe takes no card payment below half a dollar.
  constraint pass_terms_card_takes_it check (card_amount_minor >= 50),
  constraint pass_terms_are_sensible check (token_amount_cents > 0 and code_uses between 1 and 100 and calls_for_a_code > 0 and call_seconds_for_a_code > 0)
);
comment on table private.pass_terms is 'What a pass costs by card (cents of a dollar) and by wallet (cents of a stablecoin), how long it holds, and what comes with it.';
alter table private.pass_terms enable row level security;
insert into private.pass_terms default values;

create table private.pass_order_transitions (
  from_status text not null,
  to_status text not null,
  constraint pass_order_transitions_pkey primary key (from_status, to_status)
);
comment on table private.pass_order_transitions is 'The whole machine of an order. Money that comes after the time still buys the pass.';
alter table private.pass_order_transitions enable row level security;
insert into private.pass_order_transitions (from_status, to_status) values
  ('created', 'awaiting_payment'), ('created', 'failed'),
  ('awaiting_payment', 'confirming'), ('awaiting_payment', 'paid'), ('awaiting_payment', 'expired'), ('awaiting_payment', 'failed'),
  ('confirming', 'paid'), ('confirming', 'awaiting_payment'), ('confirming', 'failed'),
  ('expired', 'confirming'), ('expired', 'paid'),
  ('paid', 'refunded'), ('paid', 'disputed'), ('disputed', 'paid'), ('disputed', 'refunded');

create table public.pass_orders (
  id uuid not null primary key,
  owner_id uuid references auth.users (id) on delete set null,
  rail text not null,
  status text not null default 'created',
  version integer not null default 1,
  currency public.fiat_currency,
  amount_minor bigint,
  stripe_checkout_id text,
  stripe_payment_intent text,
  checkout_url text,
  network public.network,
  asset public.asset,
  amount public.token_amount,
  recipient public.evm_address,
  payer public.evm_address,
  hash public.evm_hash,
  log_index integer,
  failure text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  expires_at timestamptz not null,
  paid_at timestamptz,
  constraint pass_orders_rail_is_known check (rail in ('card', 'wallet')),
  constraint pass_orders_card_has_a_price check ((rail = 'card') = (num_nonnulls(currency, amount_minor) = 2)),
  constraint pass_orders_wallet_has_a_transfer check ((rail = 'wallet') = (num_nonnulls(network, asset, amount, recipient, payer) = 5)),
  constraint pass_orders_only_cards_go_to_stripe check (rail = 'card' or num_nonnulls(stripe_checkout_id, stripe_payment_intent, checkout_url) = 0),
  constraint pass_orders_checkout_known_once_open check (rail = 'wallet' or status in ('created', 'failed') or (stripe_checkout_id is not null and checkout_url is not null)),
  constraint pass_orders_log_is_whole check (num_nonnulls(hash, log_index) in (0, 2)),
  constraint pass_orders_paid_by_a_log check (rail = 'card' or status not in ('paid', 'confirming') or hash is not null),
  constraint pass_orders_paid_iff_it_was check ((status in ('paid', 'refunded', 'disputed')) = (paid_at is not null)),
  constraint pass_orders_failed_for_a_reason check ((status = 'failed') = (failure is not null)),
  constraint pass_orders_stripe_checkout_id_key unique (stripe_checkout_id),
  constraint pass_orders_stripe_payment_intent_key unique (stripe_payment_intent)
);
comment on table public.pass_orders is 'One purchase of a pass, by card at Stripe or by one transfer on a chain.';
comment on column public.pass_orders.payer is 'The wallet the buyer pays from. A transfer that names no order is known by it.';
-- A transfer pays for one order, for ever.
create unique index pass_orders_log_pays_once on public.pass_orders (network, hash, log_index) where hash is not null;
-- A buyer has one open order of a token and a wallet. Another may name the same wallet, so that nobody keeps its holder from buying:
-- a transfer that names no order is then nobody's.
create unique index pass_orders_one_open_a_payer on public.pass_orders (network, asset, payer, owner_id) where rail = 'wallet' and status in ('created', 'awaiting_payment');
create index pass_orders_owner on public.pass_orders (owner_id, created_at desc, id desc);
create index pass_orders_awaited on public.pass_orders (network, asset, recipient, created_at) where rail = 'wallet' and status in ('awaiting_payment', 'confirming', 'expired');
create index pass_orders_open on public.pass_orders (updated_at) where status in ('created', 'awaiting_payment', 'confirming');
alter table public.pass_orders enable row level security;

create table public.pass_order_events (
  order_id uuid not null references public.pass_orders (id) on delete restrict,
  version integer not null,
  from_status text,
  to_status text not null,
  actor text not null,
  at timestamptz not null default clock_timestamp(),
  constraint pass_order_events_pkey primary key (order_id, version),
  constraint pass_order_events_begin_once check ((from_status is null) = (version = 1)),
  constraint pass_order_events_transition_is_allowed foreign key (from_status, to_status)
    references private.pass_order_transitions (from_status, to_status)
);
comment on table public.pass_order_events is 'Every change of an order''s status, with who made it.';
create index pass_order_events_transition on public.pass_order_events (from_status, to_status);
alter table public.pass_order_events enable row level security;

create table private.pass_transitions (
  from_status text not null,
  to_status text not null,
  constraint pass_transitions_pkey primary key (from_status, to_status)
);
comment on table private.pass_transitions is 'The whole machine of a pass. A dispute that was won gives it back.';
alter table private.pass_transitions enable row level security;
insert into private.pass_transitions (from_status, to_status) values ('active', 'expired'), ('active', 'revoked'), ('revoked', 'active');

create table public.invite_codes (
  id uuid not null default gen_random_uuid() primary key,
  hash bytea not null,
  sealed bytea not null,
  owner_id uuid references auth.users (id) on delete set null,
  issued_by uuid references auth.users (id) on delete set null,
  note text not null default '',
  max_uses integer not null,
  uses integer not null default 0,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  constraint invite_codes_hash_key unique (hash),
  constraint invite_codes_hash_is_a_sha256 check (length(hash) = 32),
  constraint invite_codes_uses_are_counted check (uses between 0 and max_uses),
  constraint invite_codes_max_uses_are_few check (max_uses between 1 and 1000),
  constraint invite_codes_note_is_short check (length(note) <= 140)
);
comment on table public.invite_codes is 'A code that lets friends in. Found by its hash alone; its owner can be shown it again, as it is also kept sealed.';
comment on column public.invite_codes.issued_by is 'The operator who made it; null for a code that came with a pass.';
create index invite_codes_issued_by on public.invite_codes (issued_by, created_at desc);
create index invite_codes_owner on public.invite_codes (owner_id);
alter table public.invite_codes enable row level security;

create table public.passes (
  id uuid not null default gen_random_uuid() primary key,
  owner_id uuid references auth.users (id) on delete set null,
  status text not null default 'active',
  version integer not null default 1,
  order_id uuid references public.pass_orders (id) on delete restrict,
  code_id uuid references public.invite_codes (id) on delete restrict,
  granted_at timestamptz not null default now(),
  expires_at timestamptz not null,
  updated_at timestamptz not null default now(),
  constraint passes_come_from_an_order_or_a_code check (num_nonnulls(order_id, code_id) = 1),
  constraint passes_one_an_order unique (order_id),
  constraint passes_expire_later check (expires_at > granted_at)
);
comment on table public.passes is 'What lets a person into the rooms, with the payment or the code that it came from. Who pays twice has two, one after the other, so that each payment can be taken back alone.';
create index passes_holding on public.passes (owner_id, expires_at) where status = 'active';
create index passes_owner on public.passes (owner_id, granted_at desc);
create index passes_code on public.passes (code_id);
create index passes_ending on public.passes (expires_at) where status = 'active';
alter table public.passes enable row level security;

alter table public.invite_codes add column pass_id uuid references public.passes (id) on delete restrict,
  add constraint invite_codes_one_a_pass unique (pass_id),
  add constraint invite_codes_come_from_a_pass_or_an_operator check (pass_id is null or issued_by is null);
comment on column public.invite_codes.pass_id is 'The pass that it came with: while that is revoked, the code lets nobody in. Null for an operator''s.';
create index invite_codes_of_operators on public.invite_codes (created_at desc, id desc) where pass_id is null;

create table public.pass_events (
  pass_id uuid not null references public.passes (id) on delete restrict,
  version integer not null,
  from_status text,
  to_status text not null,
  actor text not null,
  at timestamptz not null default clock_timestamp(),
  constraint pass_events_pkey primary key (pass_id, version),
  constraint pass_events_begin_once check ((from_status is null) = (version = 1)),
  constraint pass_events_transition_is_allowed foreign key (from_status, to_status)
    references private.pass_transitions (from_status, to_status)
);
comment on table public.pass_events is 'Every change of a pass''s status, with who made it.';
create index pass_events_transition on public.pass_events (from_status, to_status);
alter table public.pass_events enable row level security;

create table public.code_redemptions (
  id uuid not null default gen_random_uuid() primary key,
  code_id uuid not null references public.invite_codes (id) on delete restrict,
  account_id uuid references auth.users (id) on delete set null,
  pass_id uuid not null references public.passes (id) on delete restrict,
  redeemed_at timestamptz not null default now(),
  constraint code_redemptions_once_a_person unique (code_id, account_id)
);
comment on table public.code_redemptions is 'Who came in by which code: once a person.';
create index code_redemptions_account on public.code_redemptions (account_id);
create index code_redemptions_pass on public.code_redemptions (pass_id);
alter table public.code_redemptions enable row level security;
