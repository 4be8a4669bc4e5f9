-- Chapter 38: guards that are tried before they are saved: on one payment that could be made now, and on those that were made.

-- Hours may reach over midnight; their days are those on which they begin.
create or replace function private.is_guard(p_guard jsonb) returns boolean
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
      and p_guard ->> 'from' <> p_guard ->> 'to' and private.are_texts(p_guard -> 'days', '^[1-7]$')
    when 'screening' then v_keys <@ array['type']
  end, false);
end
$$;
comment on function private.is_guard is 'Whether it is one of the guards that private.judge() can evaluate, with all it needs and nothing else.';

create function private.is_within_hours(p_guard jsonb, p_at timestamptz) returns boolean
language plpgsql stable set search_path = ''
as $$
declare
  v_local timestamp := p_at at time zone coalesce(p_guard ->> 'zone', 'UTC');
  v_time text := to_char(v_local, 'HH24:MI');
  v_over_midnight boolean := p_guard ->> 'from' > p_guard ->> 'to';
  v_began timestamp := case when v_over_midnight and v_time < p_guard ->> 'to' then v_local - interval '1 day' else v_local end;
begin
  if p_guard ? 'days' and not exists (
    select from jsonb_array_elements_text(p_guard -> 'days') d where d::integer = extract(isodow from v_began)) then
    return false;
  end if;
  return case when v_over_midnight then v_time >= p_guard ->> 'from' or v_time < p_guard ->> 'to'
    else v_time >= p_guard ->> 'from' and v_time < p_guard ->> 'to' end;
end
$$;
comment on function private.is_within_hours is 'Whether a moment lies within the hours of that guard, by the clocks of its zone.';

create function private.minutes_text(p_minutes text) returns text
language sql immutable set search_path = ''
return p_minutes || case p_minutes when '1' then ' minute' else ' minutes' end;
comment on function private.minutes_text is 'So many minutes, in words.';

create or replace function private.judge(
  p_guard jsonb, p_micros numeric, p_recipient text, p_domain text, p_at timestamptz, p_facts private.payment_facts
) returns private.verdict
language plpgsql stable set search_path = ''
as $$
declare
  v private.verdict := row('pass', null, null, null, null);
  v_limit numeric;
  v_spent numeric;
  v_named boolean;
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
        v.reason := case when v_limit = 1 then format('The one payment of this %s is made.', p_guard ->> 'period')
          else format('All %s payments of this %s are made.', v_limit, p_guard ->> 'period') end;
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
        v.reason := format('The first payment to this recipient waits %s.', private.minutes_text(p_guard ->> 'waitMinutes'));
      else
        v.outcome := 'ask';
        v.reason := 'The first payment to this recipient is approved by a person.';
      end if;
    when 'duplicate' then
      if p_facts.repeated then
        v.outcome := 'ask';
        v.reason := format('The same amount went to the same recipient within %s.', private.minutes_text(p_guard ->> 'minutes'));
      else
        v.reason := 'Not the same payment again.';
      end if;
    when 'hours' then
      if private.is_within_hours(p_guard, p_at) then
        v.reason := 'Within the hours in which it may pay.';
      else
        v.outcome := 'refuse';
        v.reason := format('Outside the hours in which it may pay (%s%s to %s, %s).',
          (select string_agg((array['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])[d::integer], ', ' order by d) || ', '
            from jsonb_array_elements_text(p_guard -> 'days') d),
          p_guard ->> 'from', p_guard ->> 'to', coalesce(p_guard ->> 'zone', 'UTC'));
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

-- The same payment again is one by the same agent where the agent's guard asks, and by anything of the person's where theirs does.
create index intents_same_payment_of_a_person on public.intents (wallet_set_id, recipient_address, asset, amount, created_at desc);
drop index public.intents_same_payment;

create or replace function private.facts_of(p_guard jsonb, p_scope_id uuid, p_payment private.payment, p_at timestamptz) returns private.payment_facts
language plpgsql stable set search_path = ''
as $$
declare
  v private.payment_facts;
  v_step text;
  v_starts_at timestamptz;
begin
  case p_guard ->> 'type'
    when 'budget', 'rate' then
      select w.step, w.starts_at into v_step, v_starts_at from private.window_of(p_guard ->> 'period', p_guard ->> 'window', p_at) w;
      select coalesce(sum(b.used_micros), 0), coalesce(sum(b.reserved_micros), 0), coalesce(sum(b.payments), 0)
      into v.used, v.reserved, v.payments from private.spend_buckets b
      where b.scope_id = p_scope_id and b.step = v_step and b.starts_at >= v_starts_at;
    when 'new_recipient' then
      v.known := exists (select from private.paid_recipients r
        where r.wallet_set_id = p_payment.wallet_set_id and r.address = p_payment.recipient_address);
    when 'duplicate' then
      v.repeated := exists (select from public.intents i
        where i.wallet_set_id = p_payment.wallet_set_id and i.recipient_address = p_payment.recipient_address and i.asset = p_payment.asset
          and i.amount = p_payment.amount and i.created_at > p_at - (p_guard ->> 'minutes')::integer * interval '1 minute'
          and (p_scope_id = p_payment.wallet_set_id or i.agent_id = p_scope_id)
          and i.status not in ('denied', 'cancelled', 'expired', 'failed'));
    when 'screening' then
      v.listed := exists (select from private.sanctioned_addresses s where s.address = p_payment.recipient_address);
      v.list_loaded := exists (select from private.sanctioned_addresses);
    else
      null;
  end case;
  return v;
end
$$;

create function private.verdicts_by(p_agent_guards jsonb, p_person_guards jsonb, p_payment private.payment, p_at timestamptz) returns jsonb
language sql stable set search_path = ''
begin atomic
  select coalesce(jsonb_agg(jsonb_build_object('scope', h.scope, 'guard', g.guard ->> 'type', 'rule', g.guard, 'outcome', v.outcome,
    'reason', v.reason, 'limit', v.limit_value, 'used', v.used, 'remaining', v.remaining) order by h.scope, g.place), '[]')
  from (values ('agent', p_payment.agent_id, p_agent_guards), ('person', p_payment.wallet_set_id, p_person_guards)) h (scope, scope_id, guards)
    cross join lateral jsonb_array_elements(h.guards) with ordinality g (guard, place)
    cross join lateral private.judge(g.guard, p_payment.micros, p_payment.recipient_address, p_payment.recipient_domain, p_at,
      private.facts_of(g.guard, h.scope_id, p_payment, p_at)) v;
end;
comment on function private.verdicts_by is 'What these guards make of a payment; all are asked, whatever one of them says.';

create function private.agent_guards(p_agent_id uuid, p_wallet_set_id uuid) returns jsonb
language sql stable set search_path = ''
return (select g.guards from public.guard_sets g
  where g.wallet_set_id = p_wallet_set_id and g.agent_id = p_agent_id order by g.version desc limit 1);
comment on function private.agent_guards is 'The guards that hold for that agent; null when none were ever set.';

create function private.person_guards(p_wallet_set_id uuid) returns jsonb
language sql stable set search_path = ''
return (select g.guards from public.guard_sets g
  where g.wallet_set_id = p_wallet_set_id and g.agent_id is null order by g.version desc limit 1);
comment on function private.person_guards is 'The guards that hold for everything a person has; null when none were ever set.';

create or replace function private.verdicts_of(p_payment private.payment, p_at timestamptz) returns jsonb
language sql stable set search_path = ''
return private.verdicts_by(private.agent_guards(p_payment.agent_id, p_payment.wallet_set_id),
  private.person_guards(p_payment.wallet_set_id), p_payment, p_at);

create function private.require_guards(p_guards jsonb) returns void
language plpgsql stable set search_path = ''
as $$
declare
  v_zone text;
begin
  if not coalesce(private.are_guards(p_guards), false) then
    perform private.refuse('invalid_guards', 'One of these is no guard as docs/guards.md describes them.');
  end if;
  for v_zone in select g ->> 'zone' from jsonb_array_elements(p_guards) g where g ? 'zone' loop
    if not exists (select from pg_catalog.pg_timezone_names z where z.name = v_zone) then
      perform private.refuse('invalid_guards', format('There is no time zone %s.', v_zone));
    end if;
  end loop;
end
$$;
comment on function private.require_guards is 'Refuses a list of which any is no guard, or names a time zone that is none.';

drop function app.set_guards(uuid, jsonb);
create function app.set_guards(p_agent_id uuid, p_guards jsonb, p_version integer default null) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  v_wallet_set_id uuid := private.own_wallet_set();
  v_saved public.guard_sets;
begin
  if p_agent_id is not null then
    perform private.own_agent(p_agent_id);
  end if;
  perform private.require_guards(p_guards);
  select * into v_saved from public.guard_sets g
  where g.wallet_set_id = v_wallet_set_id and g.agent_id is not distinct from p_agent_id order by g.version desc limit 1;
  if p_version <> coalesce(v_saved.version, 0) then
    raise exception 'These guards were saved elsewhere meanwhile, as version %. Look at those first.', coalesce(v_saved.version, 0) using errcode = 'CWSTA';
  end if;
  if v_saved.guards = p_guards then
    return v_saved.version;
  end if;
  insert into public.guard_sets (wallet_set_id, agent_id, version, guards, actor)
  values (v_wallet_set_id, p_agent_id, coalesce(v_saved.version, 0) + 1, p_guards, private.actor());
  perform private.write_audit('guards.set', coalesce(p_agent_id, v_wallet_set_id)::text,
    jsonb_build_object('version', coalesce(v_saved.version, 0) + 1));
  return coalesce(v_saved.version, 0) + 1;
end
$$;
comment on function app.set_guards is
  'A person: sets all guards of an agent, or of all their wallets (no agent), in place of those before; with a version, only while that one holds. Setting what holds already changes nothing. Returns the version.';

create function app.try_guards(
  p_agent_id uuid, p_guards jsonb, p_wallet_id uuid, p_recipient text, p_amount numeric, p_asset text, p_network text
) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  v private.payment;
  v_verdicts jsonb;
  v_held_back text;
begin
  perform private.require_guards(p_guards);
  v := private.check_payment(p_wallet_id, p_recipient, p_amount, p_asset, p_network);
  if v.agent_id <> p_agent_id or (v.agent_id is null and p_agent_id is not null) then
    raise exception 'There is no such wallet.' using errcode = 'CWNTF';
  end if;
  begin
    perform private.require_means(v);
  exception when sqlstate 'CWINV' or sqlstate 'CWSTA' then
    v_held_back := sqlerrm;
  end;
  v_verdicts := private.verdicts_by(
    case when p_agent_id is null then private.agent_guards(v.agent_id, v.wallet_set_id) else p_guards end,
    case when p_agent_id is null then p_guards else private.person_guards(v.wallet_set_id) end, v, now());
  return jsonb_build_object('status', private.status_by(v_verdicts), 'saved', private.status_by(private.verdicts_of(v, now())),
    'recipientAddress', v.recipient_address, 'guardResults', v_verdicts, 'heldBack', v_held_back);
end
$$;
comment on function app.try_guards is
  'A person: what would become of a payment now if these guards were saved, what becomes of it by those that are, and what holds it back whatever the guards say. Writes nothing.';

-- A payment of the past that was judged anew, and what that changes for those after it.
create type private.replay_step as (
  id uuid, agent_id uuid, at timestamptz, recipient_address text, status text, counts boolean, micros numeric, payments integer
);
comment on type private.replay_step is
  'status: what the guards make of it now. counts: whether it takes from the budgets by that. micros, payments: how much more than it really took.';

create function private.facts_then(
  p_guard jsonb, p_scope_id uuid, p_intent public.intents, p_steps private.replay_step[]
) returns private.payment_facts
language plpgsql stable set search_path = ''
as $$
declare
  v private.payment_facts;
  v_at timestamptz := p_intent.created_at;
  v_step text;
  v_starts_at timestamptz;
  v_ends_at timestamptz;
begin
  case p_guard ->> 'type'
    when 'budget', 'rate' then
      select w.step, w.starts_at into v_step, v_starts_at from private.window_of(p_guard ->> 'period', p_guard ->> 'window', v_at) w;
      v_ends_at := case v_step when 'total' then 'infinity'
        else date_trunc(v_step, v_at, 'UTC') + case v_step when 'minute' then interval '1 minute' when 'hour' then interval '1 hour' else interval '1 day' end end;
      -- What the buckets hold, less what came later into the last of them, and with what is judged otherwise now.
      select coalesce(sum(x.micros), 0), coalesce(sum(x.payments), 0) into v.used, v.payments
      from (
        select b.used_micros + b.reserved_micros as micros, b.payments from private.spend_buckets b
        where b.scope_id = p_scope_id and b.step = v_step and b.starts_at >= v_starts_at and b.starts_at <= v_at
        union all
        select -r.amount_micros, -1 from public.intents i join public.spend_reservations r on r.intent_id = i.id
        where i.wallet_set_id = p_intent.wallet_set_id and (p_scope_id = p_intent.wallet_set_id or i.agent_id = p_scope_id)
          and (i.created_at, i.id) >= (v_at, p_intent.id) and i.created_at < v_ends_at and r.state <> 'released'
        union all
        select s.micros, s.payments from unnest(p_steps) s
        where s.at >= v_starts_at and (p_scope_id = p_intent.wallet_set_id or s.agent_id = p_scope_id)
      ) x;
      v.used := greatest(v.used, 0);
      v.payments := greatest(v.payments, 0);
      v.reserved := 0;
    when 'new_recipient' then
      v.known := exists (select from private.paid_recipients r
          where r.wallet_set_id = p_intent.wallet_set_id and r.address = p_intent.recipient_address and r.first_paid_at < v_at)
        -- One that was approved then as well was paid when it was paid; one that is approved only now would have been paid at once.
        or exists (select from unnest(p_steps) s join public.intent_events e on e.intent_id = s.id and e.version = 2
          where s.recipient_address = p_intent.recipient_address and s.status = 'approved' and s.counts and e.to_status <> 'approved');
    when 'duplicate' then
      v.repeated := exists (select from public.intents i left join unnest(p_steps) s on s.id = i.id
        where i.wallet_set_id = p_intent.wallet_set_id and i.recipient_address = p_intent.recipient_address and i.asset = p_intent.asset
          and i.amount = p_intent.amount and i.created_at > v_at - (p_guard ->> 'minutes')::integer * interval '1 minute'
          and (i.created_at, i.id) < (v_at, p_intent.id) and (p_scope_id = p_intent.wallet_set_id or i.agent_id = p_scope_id)
          and coalesce(s.counts, i.status not in ('denied', 'cancelled', 'expired', 'failed')));
    when 'screening' then
      v.listed := exists (select from private.sanctioned_addresses a where a.address = p_intent.recipient_address);
      v.list_loaded := exists (select from private.sanctioned_addresses);
    else
      null;
  end case;
  return v;
end
$$;
comment on function private.facts_then is
  'What that guard had to know when a payment was proposed, if the payments before it had gone by the steps given. What was given back since counts as never spent.';

create function private.replay_payments(p_wallet_set_id uuid, p_agent_id uuid, p_guards jsonb, p_limit integer)
returns table (intent_id uuid, status text, verdicts jsonb)
language plpgsql stable set search_path = ''
as $$
declare
  v public.intents;
  v_steps private.replay_step[] := '{}';
  v_person_guards jsonb := case when p_agent_id is null and p_guards is not null then p_guards else private.person_guards(p_wallet_set_id) end;
  v_agent_guards jsonb;
  v_took numeric;
  v_state text;
  v_counts boolean;
begin
  for v in
    select * from (
      select * from public.intents i
      where i.wallet_set_id = p_wallet_set_id and (p_agent_id is null or i.agent_id = p_agent_id) and i.status <> 'proposed'
      order by i.created_at desc, i.id desc limit p_limit) x
    order by x.created_at, x.id
  loop
    v_agent_guards := case when p_agent_id is not null and p_guards is not null then p_guards
      else private.agent_guards(v.agent_id, p_wallet_set_id) end;
    select coalesce(jsonb_agg(jsonb_build_object('scope', h.scope, 'guard', g.guard ->> 'type', 'rule', g.guard, 'outcome', j.outcome,
      'reason', j.reason, 'limit', j.limit_value, 'used', j.used, 'remaining', j.remaining) order by h.scope, g.place), '[]')
    into verdicts
    from (values ('agent', v.agent_id, v_agent_guards), ('person', v.wallet_set_id, v_person_guards)) h (scope, scope_id, guards)
      cross join lateral jsonb_array_elements(h.guards) with ordinality g (guard, place)
      cross join lateral private.judge(g.guard, v.amount_micros, v.recipient_address, v.recipient_domain, v.created_at,
        private.facts_then(g.guard, h.scope_id, v, v_steps)) j;
    intent_id := v.id;
    status := private.status_by(verdicts);

    -- What a person refused or let lapse stays so where they would be asked; where they would not be, it is paid.
    v_state := (select r.state from public.spend_reservations r where r.intent_id = v.id);
    v_took := case when v_state in ('held', 'committed') then v.amount_micros else 0 end;
    v_counts := case
      when status = 'denied' then false
      when v_state in ('held', 'committed') or v_state is null then true
      else v.status in ('denied', 'expired') and status = 'approved'
    end;
    v_steps := v_steps || row(v.id, v.agent_id, v.created_at, v.recipient_address, status, v_counts,
      case when v_counts then v.amount_micros else 0 end - v_took,
      v_counts::integer - (v_took > 0)::integer)::private.replay_step;
    return next;
  end loop;
end
$$;
comment on function private.replay_payments is
  'Judges the latest payments of an agent, or of all wallets of a person, again in their order: by the guards given, or by those that hold. One that would have been refused takes nothing from those after it.';

create function private.replay_totals(p_payments jsonb, p_field text) returns jsonb
language sql immutable set search_path = ''
return (
  select jsonb_object_agg(status, jsonb_build_object('payments', n, 'dollars', private.dollars(micros)))
  from (
    select s.status, count(p) as n, coalesce(sum((p ->> 'micros')::numeric), 0) as micros
    from unnest(array['approved', 'needs_approval', 'denied']) s (status)
      left join jsonb_array_elements(p_payments) p on p ->> p_field = s.status
    group by s.status) t
);
comment on function private.replay_totals is 'How many payments end as what, and what they come to.';

create function app.replay_guards(p_agent_id uuid, p_guards jsonb, p_limit integer) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_payments jsonb;
begin
  if p_agent_id is not null
    and not exists (select from public.agents a where a.id = p_agent_id and a.wallet_set_id = private.wallet_set_id()) then
    raise exception 'There is no such agent.' using errcode = 'CWNTF';
  end if;
  perform private.require_guards(p_guards);
  select coalesce(jsonb_agg(jsonb_build_object('intentId', i.id, 'at', i.created_at, 'agentId', i.agent_id, 'recipient', i.recipient,
      'recipientAddress', i.recipient_address, 'amount', private.amount_text(i.amount, i.asset), 'asset', i.asset, 'micros', i.amount_micros,
      'then', e.to_status, 'saved', s.status, 'edited', n.status, 'guardResults', n.verdicts) order by i.created_at desc, i.id desc), '[]')
  into v_payments
  from private.replay_payments(private.wallet_set_id(), p_agent_id, p_guards, least(p_limit, 200)) n
    join private.replay_payments(private.wallet_set_id(), p_agent_id, null, least(p_limit, 200)) s on s.intent_id = n.intent_id
    join public.intents i on i.id = n.intent_id
    -- An intent begins as proposed, and its second event is what the guards made of it.
    join public.intent_events e on e.intent_id = i.id and e.version = 2;
  return jsonb_build_object('saved', private.replay_totals(v_payments, 'saved'), 'edited', private.replay_totals(v_payments, 'edited'),
    'payments', (select coalesce(jsonb_agg(p - 'micros'), '[]') from jsonb_array_elements(v_payments) p));
end
$$;
comment on function app.replay_guards is
  'A person: what would have become of the latest payments (200 at most) of an agent, or of all their wallets (no agent), by these guards and by those that hold, beside what the guards said then. Writes nothing.';

grant execute on function app.set_guards, app.try_guards, app.replay_guards to authenticated;
