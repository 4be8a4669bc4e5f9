-- Chapter 31: guards. What they say, how much of each is used, and what they make of a payment.

-- Guards count in millionths of a dollar: every asset is a dollar, and a part of a millionth counts as a whole one.
create function private.micros_of(p_amount numeric, p_asset public.asset) returns numeric
language sql immutable set search_path = ''
return ceil(p_amount / 10::numeric ^ (private.decimals_of(p_asset) - 6));
comment on function private.micros_of is 'Base units of an asset in millionths of a dollar, rounded up.';

create function private.micros(p_dollars text) returns numeric
language sql immutable set search_path = ''
return case when p_dollars ~ '^(0|[1-9]\d{0,11})(\.\d{1,6})?$' then trunc(p_dollars::numeric * 1000000) end;
comment on function private.micros is 'A decimal text of dollars in millionths; null when it is none.';

create function private.dollars(p_micros numeric) returns text
language sql immutable set search_path = ''
return case when p_micros % 10000 = 0 then trunc(p_micros / 1000000, 2)::text else trim_scale(p_micros / 1000000)::text end;
comment on function private.dollars is 'Millionths of a dollar as a decimal text with two places at least.';

-- Each type of guard with what it has to say, as in PUT /agents/:id/guards.
create function private.is_guard(p_guard jsonb) returns boolean
language plpgsql immutable set search_path = ''
as $$
declare
  v_keys text[];
begin
  if jsonb_typeof(p_guard) is distinct from 'object' then
    return false;
  end if;
  select array_agg(k order by k) into v_keys from jsonb_object_keys(p_guard) k;
  return coalesce(case p_guard ->> 'type'
    when 'budget' then v_keys <@ array['type', 'period', 'limit', 'window']
      and p_guard ->> 'period' in ('hour', 'day', 'week', 'month', 'total') and private.micros(p_guard ->> 'limit') >= 0
      and coalesce(p_guard ->> 'window', 'fixed') in ('fixed', 'rolling')
    when 'rate' then v_keys <@ array['type', 'period', 'limit']
      and p_guard ->> 'period' in ('minute', 'hour', 'day') and p_guard ->> 'limit' ~ '^[1-9]\d{0,5}$'
    when 'single_payment' then v_keys <@ array['type', 'min', 'max'] and (p_guard ? 'min' or p_guard ? 'max')
      and (not p_guard ? 'min' or private.micros(p_guard ->> 'min') >= 0) and (not p_guard ? 'max' or private.micros(p_guard ->> 'max') >= 0)
      and coalesce(private.micros(p_guard ->> 'min') <= private.micros(p_guard ->> 'max'), true)
    when 'recipients' then v_keys <@ array['type', 'mode', 'addresses', 'domains'] and p_guard ->> 'mode' in ('allow', 'block')
      and private.are_texts(p_guard -> 'addresses', '^0x[0-9a-f]{40}$') and private.are_texts(p_guard -> 'domains', '^([a-z0-9-]+\.)+[a-z]{2,}$')
      and (p_guard ? 'addresses' or p_guard ? 'domains')
    when 'approval' then v_keys <@ array['type', 'threshold'] and private.micros(p_guard ->> 'threshold') >= 0
    when 'new_recipient' then v_keys <@ array['type', 'action', 'waitMinutes']
      and (p_guard ->> 'action' = 'ask' and not p_guard ? 'waitMinutes'
        or p_guard ->> 'action' = 'wait' and p_guard ->> 'waitMinutes' ~ '^[1-9]\d{0,3}$')
    when 'duplicate' then v_keys <@ array['type', 'minutes'] and p_guard ->> 'minutes' ~ '^[1-9]\d{0,3}$'
    when 'hours' then v_keys <@ array['type', 'from', 'to', 'days', 'zone']
      and p_guard ->> 'from' ~ '^([01]\d|2[0-3]):[0-5]\d$' and p_guard ->> 'to' ~ '^([01]\d|2[0-3]):[0-5]\d$|^24:00$'
      and p_guard ->> 'from' < p_guard ->> 'to' and private.are_texts(p_guard -> 'days', '^[1-7]$')
    when 'screening' then v_keys <@ array['type']
  end, false);
end
$$;

create function private.are_texts(p_list jsonb, p_form text) returns boolean
language sql immutable set search_path = ''
return p_list is null or (jsonb_typeof(p_list) = 'array' and jsonb_array_length(p_list) between 1 and 500
  and not exists (select from jsonb_array_elements_text(p_list) e where e !~ p_form));
comment on function private.are_texts is 'Whether there is no list, or one of texts of that form.';

create function private.are_guards(p_guards jsonb) returns boolean
language sql immutable set search_path = ''
return jsonb_typeof(p_guards) = 'array' and jsonb_array_length(p_guards) <= 50
  and not exists (select from jsonb_array_elements(p_guards) g where not private.is_guard(g));
comment on function private.are_guards is 'Whether each element is a guard that can be evaluated. What cannot be is not stored, so no guard is ever skipped.';

create table public.guard_sets (
  id uuid not null default gen_random_uuid() primary key,
  wallet_set_id uuid not null references public.wallet_sets (id) on delete restrict,
  agent_id uuid references public.agents (id) on delete restrict,
  version integer not null,
  guards jsonb not null,
  actor text not null,
  at timestamptz not null default clock_timestamp(),
  constraint guard_sets_versions_once unique nulls not distinct (wallet_set_id, agent_id, version),
  constraint guard_sets_hold_only_guards check (private.are_guards(guards))
);
comment on table public.guard_sets is
  'Every version of the guards of an agent, or of all wallets of a person (no agent). The highest version holds. None is edited, so each verdict can be explained later.';
create index guard_sets_agent on public.guard_sets (agent_id);
alter table public.guard_sets enable row level security;
create trigger guard_sets_are_append_only before update or delete on public.guard_sets
  for each row execute function private.tg__append_only();
create trigger guard_sets_are_never_truncated before truncate on public.guard_sets
  for each statement execute function private.tg__append_only();

grant select on public.guard_sets to authenticated, agent;
create policy "people see the guards they set, operators all" on public.guard_sets for select to authenticated
  using (wallet_set_id = (select private.wallet_set_id()) or (select private.is_operator()));
create policy "an agent sees the guards that hold for it" on public.guard_sets for select to agent
  using (wallet_set_id = (select private.wallet_set_id()) and (agent_id is null or agent_id = (select private.agent_id())));

-- What was spent, in buckets of time, so that a verdict reads a few rows however long the history is. Scope is the wallet set or
-- the agent, never the guard: a guard that is edited, or set today, counts what was spent before.
create table private.spend_buckets (
  scope_id uuid not null,
  step text not null,
  starts_at timestamptz not null,
  used_micros numeric(78, 0) not null default 0,
  reserved_micros numeric(78, 0) not null default 0,
  payments integer not null default 0,
  constraint spend_buckets_pkey primary key (scope_id, step, starts_at),
  constraint spend_buckets_step_is_known check (step in ('minute', 'hour', 'day', 'total')),
  constraint spend_buckets_used_is_not_negative check (used_micros >= 0),
  constraint spend_buckets_reserved_is_not_negative check (reserved_micros >= 0),
  constraint spend_buckets_payments_are_not_negative check (payments >= 0)
);
comment on table private.spend_buckets is 'Used and reserved millionths of a dollar, and the number of payments, by the UTC minute, hour and day of the reservation, and in all.';
alter table private.spend_buckets enable row level security;

create function private.count_spending(
  p_scope_ids uuid[], p_at timestamptz, p_used numeric, p_reserved numeric, p_payments integer
) returns void
language sql set search_path = ''
begin atomic
  insert into private.spend_buckets as b (scope_id, step, starts_at, used_micros, reserved_micros, payments)
  select scope_id, step,
    case step when 'total' then 'epoch' else date_trunc(step, p_at, 'UTC') end, p_used, p_reserved, p_payments
  from unnest(p_scope_ids) scope_id, unnest(array['minute', 'hour', 'day', 'total']) step
  order by scope_id, step
  on conflict on constraint spend_buckets_pkey do update set
    used_micros = b.used_micros + excluded.used_micros,
    reserved_micros = b.reserved_micros + excluded.reserved_micros,
    payments = b.payments + excluded.payments;
end;
comment on function private.count_spending is 'Adds a payment to the buckets of that moment, making them where there are none.';

create function private.shift_spending(
  p_scope_ids uuid[], p_at timestamptz, p_used numeric, p_reserved numeric, p_payments integer
) returns void
language sql set search_path = ''
begin atomic
  update private.spend_buckets b set
    used_micros = b.used_micros + p_used, reserved_micros = b.reserved_micros + p_reserved, payments = b.payments + p_payments
  where b.scope_id = any(p_scope_ids) and (b.step, b.starts_at) in (
    ('minute', date_trunc('minute', p_at, 'UTC')), ('hour', date_trunc('hour', p_at, 'UTC')),
    ('day', date_trunc('day', p_at, 'UTC')), ('total', timestamptz 'epoch'));
end;
comment on function private.shift_spending is 'Changes what was added to the buckets of that moment: from reserved to used, or back out of them.';

-- Where the buckets of a window begin. A rolling window counts its first bucket whole: at most one step too much, never too little.
create function private.window_of(p_period text, p_window text, p_at timestamptz, out step text, out starts_at timestamptz)
language plpgsql immutable set search_path = ''
as $$
begin
  step := case
    when p_window = 'rolling' then case p_period when 'hour' then 'minute' when 'day' then 'hour' when 'week' then 'hour' when 'month' then 'day' end
    when p_period in ('week', 'month') then 'day'
  end;
  step := case p_period when 'total' then 'total' else coalesce(step, p_period) end;
  starts_at := case
    when p_period = 'total' then 'epoch'
    when p_window = 'rolling' then date_trunc(step, p_at - case p_period
      when 'hour' then interval '1 hour' when 'day' then interval '24 hours' when 'week' then interval '168 hours' else interval '720 hours' end, 'UTC')
    else date_trunc(p_period, p_at, 'UTC')
  end;
end
$$;
comment on function private.window_of is 'Which buckets a window of that length is made of at that moment, and from when on. UTC; weeks begin on Monday; a rolling month has 30 days.';

create type private.payment_facts as (
  used numeric, reserved numeric, payments integer, known boolean, repeated boolean, listed boolean, list_loaded boolean
);
comment on type private.payment_facts is 'What a guard has to know besides the payment itself. How it came to be known is not the guard''s affair.';

create type private.verdict as (outcome text, reason text, limit_value text, used text, remaining text);
comment on type private.verdict is 'pass, wait, ask or refuse; why, in a sentence; and the numbers where there are any.';

create function private.judge(
  p_guard jsonb, p_micros numeric, p_recipient text, p_domain text, p_at timestamptz, p_facts private.payment_facts
) returns private.verdict
language plpgsql stable set search_path = ''
as $$
declare
  v private.verdict := row('pass', null, null, null, null);
  v_limit numeric;
  v_spent numeric;
  v_named boolean;
  v_local timestamp;
begin
  case p_guard ->> 'type'
    when 'budget' then
      v_limit := private.micros(p_guard ->> 'limit');
      v_spent := p_facts.used + p_facts.reserved;
      v.limit_value := private.dollars(v_limit);
      v.used := private.dollars(v_spent);
      v.remaining := private.dollars(greatest(v_limit - v_spent, 0));
      v.reason := case p_guard ->> 'period' when 'total' then 'the whole budget' else 'the budget of the ' || (p_guard ->> 'period') end;
      if v_spent + p_micros > v_limit then
        v.outcome := 'refuse';
        v.reason := format('Over %s by $%s.', v.reason, private.dollars(v_spent + p_micros - v_limit));
      else
        v.reason := format('Within %s.', v.reason);
      end if;
    when 'rate' then
      v_limit := (p_guard ->> 'limit')::numeric;
      v.limit_value := v_limit::text;
      v.used := p_facts.payments::text;
      v.remaining := greatest(v_limit - p_facts.payments, 0)::text;
      if p_facts.payments >= v_limit then
        v.outcome := 'refuse';
        v.reason := format('All %s payments of this %s are made.', v_limit, p_guard ->> 'period');
      else
        v.reason := format('Payment %s of %s this %s.', p_facts.payments + 1, v_limit, p_guard ->> 'period');
      end if;
    when 'single_payment' then
      v.limit_value := p_guard ->> 'max';
      if p_micros > private.micros(p_guard ->> 'max') then
        v.outcome := 'refuse';
        v.reason := format('More than the $%s that one payment may be.', p_guard ->> 'max');
      elsif p_micros < private.micros(p_guard ->> 'min') then
        v.outcome := 'refuse';
        v.reason := format('Less than the $%s that one payment has to be.', p_guard ->> 'min');
      else
        v.reason := 'Within what one payment may be.';
      end if;
    when 'recipients' then
      v_named := coalesce((p_guard -> 'addresses') ? p_recipient, false)
        or exists (select from jsonb_array_elements_text(p_guard -> 'domains') d where p_domain = d or p_domain like '%.' || d);
      if v_named <> (p_guard ->> 'mode' = 'allow') then
        v.outcome := 'refuse';
        v.reason := case p_guard ->> 'mode' when 'allow' then 'Not among the recipients that are allowed.' else 'Among the recipients that are blocked.' end;
      else
        v.reason := case p_guard ->> 'mode' when 'allow' then 'Among the recipients that are allowed.' else 'Not among the recipients that are blocked.' end;
      end if;
    when 'approval' then
      v.limit_value := p_guard ->> 'threshold';
      if p_micros >= private.micros(p_guard ->> 'threshold') then
        v.outcome := 'ask';
        v.reason := format('From $%s on a person approves.', p_guard ->> 'threshold');
      else
        v.reason := format('Below the $%s from which on a person approves.', p_guard ->> 'threshold');
      end if;
    when 'new_recipient' then
      if p_facts.known then
        v.reason := 'This recipient was paid before.';
      elsif p_guard ->> 'action' = 'wait' then
        v.outcome := 'wait';
        v.reason := format('The first payment to this recipient waits %s minutes.', p_guard ->> 'waitMinutes');
      else
        v.outcome := 'ask';
        v.reason := 'The first payment to this recipient is approved by a person.';
      end if;
    when 'duplicate' then
      if p_facts.repeated then
        v.outcome := 'ask';
        v.reason := format('The same amount went to the same recipient within %s minutes.', p_guard ->> 'minutes');
      else
        v.reason := 'Not the same payment again.';
      end if;
    when 'hours' then
      v_local := p_at at time zone coalesce(p_guard ->> 'zone', 'UTC');
      if to_char(v_local, 'HH24:MI') >= p_guard ->> 'from' and to_char(v_local, 'HH24:MI') < p_guard ->> 'to'
        and (not p_guard ? 'days' or exists (
          select from jsonb_array_elements_text(p_guard -> 'days') d where d::integer = extract(isodow from v_local))) then
        v.reason := 'Within the hours in which it may pay.';
      else
        v.outcome := 'refuse';
        v.reason := format('Outside the hours in which it may pay (%s to %s, %s).', p_guard ->> 'from', p_guard ->> 'to', coalesce(p_guard ->> 'zone', 'UTC'));
      end if;
    when 'screening' then
      if not p_facts.list_loaded then
        v.outcome := 'ask';
        v.reason := 'No list of sanctioned addresses is loaded, so a person looks.';
      elsif p_facts.listed then
        v.outcome := 'refuse';
        v.reason := 'The recipient is on a list of sanctioned addresses.';
      else
        v.reason := 'The recipient is on no list of sanctioned addresses.';
      end if;
  end case;
  return v;
end
$$;
comment on function private.judge is 'What one guard makes of a payment, by the facts it is given. The same for a payment, a simulation and a replay.';

create table private.paid_recipients (
  wallet_set_id uuid not null references public.wallet_sets (id) on delete restrict,
  address public.evm_address not null,
  first_paid_at timestamptz not null default clock_timestamp(),
  constraint paid_recipients_pkey primary key (wallet_set_id, address)
);
comment on table private.paid_recipients is 'Whom a person''s wallets have paid before.';
alter table private.paid_recipients enable row level security;

create table private.sanctioned_addresses (
  address public.evm_address not null primary key,
  list text not null,
  listed_at timestamptz not null default clock_timestamp()
);
comment on table private.sanctioned_addresses is 'Addresses that nobody may pay, with the list that says so.';
alter table private.sanctioned_addresses enable row level security;
