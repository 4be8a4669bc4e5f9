-- Chapter 73: rates. What an asset costs, every ten minutes, as it was read and never edited.

create domain public.rate_asset as text
  constraint rate_asset_is_known check (value in ('BTC', 'ETH', 'MUSD', 'USDC', 'BDX'));
comment on domain public.rate_asset is 'An asset whose price is followed.';

create domain public.rate_currency as text
  constraint rate_currency_is_known check (value in ('USD', 'EUR', 'INR'));
comment on domain public.rate_currency is 'A currency that prices are followed in.';

create domain public.price as numeric
  constraint price_is_more_than_nothing check (value > 0 and value < 1e15 and scale(value) <= 24);
comment on domain public.price is 'What one whole unit of an asset costs, in whole units of a currency: an exact decimal, as its source wrote it.';

create domain public.exact_decimal as numeric
  constraint exact_decimal_is_not_negative check (value >= 0);
comment on domain public.exact_decimal is 'A markup, a sum of prices or of their squares: exact, so that no order of adding changes it.';

create domain public.ratio as numeric;
comment on domain public.ratio is 'A number without a unit, or a percentage where its name says so.';

create domain public.rate_bucket as timestamptz
  constraint rate_bucket_is_ten_minutes check (value = date_bin('10 minutes', value, timestamptz 'epoch'));
comment on domain public.rate_bucket is 'The beginning of ten minutes, counted from the epoch: no clock change moves it.';

create table public.rate_sources (
  name text not null primary key,
  last_read_at timestamptz,
  last_failed_at timestamptz,
  last_failure text,
  retry_at timestamptz,
  constraint rate_sources_name_is_a_word check (name ~ '^[a-z]{2,30}$'),
  constraint rate_sources_failure_has_a_time check ((last_failed_at is null) = (last_failure is null))
);
comment on table public.rate_sources is 'Who is asked for prices, when they last answered, and until when one of them asked to be left alone.';
comment on column public.rate_sources.retry_at is 'Not asked again before: what the source''s 429 said.';
alter table public.rate_sources enable row level security;

create table public.rate_readings (
  source text not null references public.rate_sources (name) on delete restrict,
  asset public.rate_asset not null,
  currency public.rate_currency not null,
  at public.rate_bucket not null,
  price public.price not null,
  observed_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  held_because text,
  constraint rate_readings_pkey primary key (asset, currency, at, source),
  constraint rate_readings_are_of_their_bucket check (observed_at >= at and observed_at < at + interval '10 minutes'),
  constraint rate_readings_are_held_for_a_known_reason check (held_because in ('jump', 'disagreement'))
);
comment on table public.rate_readings is 'What each source said, the held ones too. One for each source, pair and bucket; whatever says so again changes nothing.';
comment on column public.rate_readings.held_because is 'Why no price was made of it: it jumped from the last price, or disagreed with the other sources. Null for what was used.';
create index rate_readings_source on public.rate_readings (source, at desc);
create index rate_readings_held on public.rate_readings (at desc) where held_because is not null;
alter table public.rate_readings enable row level security;
create trigger rate_readings_are_append_only before update or delete on public.rate_readings
  for each row execute function private.tg__append_only();
create trigger rate_readings_are_never_truncated before truncate on public.rate_readings
  for each statement execute function private.tg__append_only();

create table public.rate_ticks (
  asset public.rate_asset not null,
  currency public.rate_currency not null,
  at public.rate_bucket not null,
  price public.price not null,
  spread_basis_points integer not null,
  sources text[] not null,
  observed_at timestamptz not null,
  origin text not null,
  recorded_at timestamptz not null default clock_timestamp(),
  constraint rate_ticks_pkey primary key (asset, currency, at),
  constraint rate_ticks_are_of_their_bucket check (observed_at >= at and observed_at < at + interval '10 minutes'),
  constraint rate_ticks_spread_is_not_negative check (spread_basis_points >= 0),
  constraint rate_ticks_have_a_source check (cardinality(sources) > 0),
  constraint rate_ticks_origin_is_known check (origin in ('feed', 'history'))
);
comment on table public.rate_ticks is 'The price of a pair in ten minutes: the median of the sources. The first one written stands; a replay changes nothing.';
comment on column public.rate_ticks.price is 'Raw: no markup is ever in it.';
comment on column public.rate_ticks.spread_basis_points is 'How far apart the sources were: (highest - lowest) / median. Nothing with one source.';
comment on column public.rate_ticks.observed_at is 'When the price held, by its source''s own clock. The age of a price is counted from here.';
comment on column public.rate_ticks.origin is 'feed: read as it happened. history: filled in afterwards from the source''s history; no quote stands on it.';
create index rate_ticks_at on public.rate_ticks (at desc);
alter table public.rate_ticks enable row level security;
create trigger rate_ticks_are_append_only before update or delete on public.rate_ticks
  for each row execute function private.tg__append_only();
create trigger rate_ticks_are_never_truncated before truncate on public.rate_ticks
  for each statement execute function private.tg__append_only();

-- Rows of these are made from the ticks and can be made again from them at any time.
create table public.rate_hours (
  asset public.rate_asset not null,
  currency public.rate_currency not null,
  at timestamptz not null,
  open public.price not null,
  high public.price not null,
  low public.price not null,
  close public.price not null,
  sum public.exact_decimal not null,
  sum_of_squares public.exact_decimal not null,
  count integer not null,
  constraint rate_hours_pkey primary key (asset, currency, at),
  constraint rate_hours_begin_on_the_hour check (at = date_bin('1 hour', at, timestamptz 'epoch')),
  constraint rate_hours_lie_in_their_bounds check (low <= open and low <= close and high >= open and high >= close),
  constraint rate_hours_count_their_ticks check (count between 1 and 6)
);
comment on table public.rate_hours is 'The ticks of an hour, in one row. Kept with every tick that is written, late ones too.';
alter table public.rate_hours enable row level security;

create table public.rate_days (
  like public.rate_hours,
  constraint rate_days_pkey primary key (asset, currency, at),
  constraint rate_days_begin_at_midnight_utc check (at = date_bin('1 day', at, timestamptz 'epoch')),
  constraint rate_days_lie_in_their_bounds check (low <= open and low <= close and high >= open and high >= close),
  constraint rate_days_count_their_ticks check (count between 1 and 144)
);
comment on table public.rate_days is 'The ticks of a day of UTC, in one row. Kept with every tick that is written, late ones too.';
alter table public.rate_days enable row level security;

create table public.rate_policies (
  asset public.rate_asset not null,
  currency public.rate_currency not null,
  markup_absolute public.exact_decimal not null default 0,
  markup_basis_points integer not null default 0,
  jump_basis_points integer not null,
  changed_at timestamptz not null default now(),
  constraint rate_policies_pkey primary key (asset, currency),
  constraint rate_policies_markup_is_modest check (markup_absolute >= 0 and markup_basis_points between 0 and 1000),
  constraint rate_policies_jump_is_a_bound check (jump_basis_points between 10 and 5000)
);
comment on table public.rate_policies is 'For each pair: what a quote adds to the price, and how far a price may move at once before it is held.';
comment on column public.rate_policies.markup_absolute is 'In whole units of the currency, on each whole unit of the asset.';
alter table public.rate_policies enable row level security;

-- Ten paise on each unit are the default in rupees. A coin may halve in bad ten minutes; a stablecoin that moves three in a hundred is news.
insert into public.rate_policies (asset, currency, markup_absolute, jump_basis_points)
select a.asset, c.currency, case c.currency when 'INR' then 0.10 else 0 end, a.jump
from (values ('BTC', 1500), ('ETH', 1500), ('BDX', 2500), ('MUSD', 300), ('USDC', 300)) a (asset, jump)
  cross join unnest(array['USD', 'EUR', 'INR']) c (currency);

-- Prices are for everybody to read.
grant select on public.rate_ticks, public.rate_hours, public.rate_days, public.rate_policies to anon, authenticated, worker;
grant select on public.rate_sources, public.rate_readings to authenticated, worker;
create policy "prices are public" on public.rate_ticks for select to anon, authenticated, worker using (true);
create policy "prices are public" on public.rate_hours for select to anon, authenticated, worker using (true);
create policy "prices are public" on public.rate_days for select to anon, authenticated, worker using (true);
create policy "markups are public" on public.rate_policies for select to anon, authenticated, worker using (true);
create policy "operators see the sources" on public.rate_sources for select to authenticated using ((select private.is_operator()));
create policy "the worker sees the sources" on public.rate_sources for select to worker using (true);
create policy "operators see what the sources said" on public.rate_readings for select to authenticated using ((select private.is_operator()));
create policy "the worker sees what the sources said" on public.rate_readings for select to worker using (true);
