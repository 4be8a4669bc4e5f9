-- Chapter 38: what a person sees first. One read, of a few rows however long the history is.

create index intents_open on public.intents (wallet_set_id, created_at desc, id desc) where finalized_at is null;
create index intents_ended on public.intents (wallet_set_id, finalized_at desc) where finalized_at is not null;
create index standing_approvals_open on public.standing_approvals (wallet_id, expires_at) where revoked_at is null;

create function private.balances_of(p_wallet_set_id uuid) returns jsonb
language sql stable set search_path = ''
return (
  select coalesce(jsonb_agg(jsonb_build_object('walletId', w.id, 'agentId', w.agent_id, 'network', w.network, 'asset', b.asset,
    'balance', private.amount_text(b.posted, b.asset), 'held', private.amount_text(b.held, b.asset),
    'available', private.amount_text(b.posted - b.held, b.asset)) order by w.created_at, w.id, b.asset), '[]')
  from public.wallets w join public.ledger_accounts b on b.wallet_id = w.id and b.kind = 'wallet'
  where w.wallet_set_id = p_wallet_set_id and b.posted <> 0
);
comment on function private.balances_of is 'What the wallets of a person hold by the ledger, one a wallet and asset.';

-- The same numbers as the guards judge by, since they come from the same function.
create function private.budgets_of(p_wallet_set_id uuid, p_at timestamptz) returns jsonb
language sql stable set search_path = ''
begin atomic
  with scopes as (
    select null::uuid as agent_id, p_wallet_set_id as scope_id, null::timestamptz as made_at
    union all
    select a.id, a.id, a.created_at from public.agents a where a.wallet_set_id = p_wallet_set_id
  ), budgets as (
    select s.agent_id, s.made_at, g.place, g.guard, private.micros(g.guard ->> 'limit') as most,
      private.facts_of(g.guard, s.scope_id, null, p_at) as facts
    from scopes s
      cross join lateral (select h.guards from public.guard_sets h
        where h.wallet_set_id = p_wallet_set_id and h.agent_id is not distinct from s.agent_id order by h.version desc limit 1) held
      cross join lateral jsonb_array_elements(held.guards) with ordinality g (guard, place)
    where g.guard ->> 'type' = 'budget'
  )
  select coalesce(jsonb_agg(jsonb_build_object('agentId', b.agent_id, 'period', b.guard ->> 'period',
    'window', coalesce(b.guard ->> 'window', 'fixed'), 'limit', private.dollars(b.most), 'used', private.dollars((b.facts).used),
    'reserved', private.dollars((b.facts).reserved),
    'remaining', private.dollars(greatest(b.most - (b.facts).used - (b.facts).reserved, 0))) order by b.made_at nulls first, b.place), '[]')
  from budgets b;
end;
comment on function private.budgets_of is 'Each budget that holds for a person or one of their agents, and how much of it is gone at that moment.';

create function private.spending_of(p_wallet_set_id uuid, p_days integer, p_at timestamptz) returns jsonb
language sql stable set search_path = ''
return (
  select jsonb_agg(jsonb_build_object('day', to_char(d.starts_at at time zone 'UTC', 'YYYY-MM-DD'), 'used', private.dollars(coalesce(b.used_micros, 0)),
    'reserved', private.dollars(coalesce(b.reserved_micros, 0)), 'payments', coalesce(b.payments, 0)) order by d.starts_at)
  from (select date_trunc('day', p_at, 'UTC') - n * interval '24 hours' as starts_at from generate_series(0, p_days - 1) n) d
    left join private.spend_buckets b on b.scope_id = p_wallet_set_id and b.step = 'day' and b.starts_at = d.starts_at
);
comment on function private.spending_of is 'What a person''s wallets spent and promised by the UTC day, today last.';

create function private.outcomes_of(p_wallet_set_id uuid, p_last integer) returns jsonb
language sql stable set search_path = ''
return (
  select coalesce(jsonb_object_agg(e.status, e.payments), '{}') from (
    select l.status, count(*) as payments from (
      select i.status from public.intents i where i.wallet_set_id = p_wallet_set_id and i.finalized_at is not null
      order by i.finalized_at desc limit p_last) l
    group by l.status) e
);
comment on function private.outcomes_of is 'How the last payments that ended did so. The last few, and not a span of time, so that it costs the same for everybody.';

create function private.standing_approvals_of(p_wallet_set_id uuid) returns jsonb
language sql stable set search_path = ''
return (
  select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'intentId', a.intent_id, 'walletId', a.wallet_id, 'agentId', w.agent_id,
    'network', w.network, 'asset', a.asset, 'amountLimit', private.amount_text(a.amount_limit, a.asset),
    'recipientAddress', a.recipient_address, 'usesLeft', a.uses_left, 'grantedAt', a.granted_at, 'expiresAt', a.expires_at)
    order by a.expires_at, a.id), '[]')
  from public.wallets w join public.standing_approvals a on a.wallet_id = w.id
  where w.wallet_set_id = p_wallet_set_id and a.revoked_at is null and a.expires_at > now() and a.uses_left > 0
);
comment on function private.standing_approvals_of is 'What a person approved beforehand and still holds.';

create function app.read_standing_approvals() returns jsonb
language sql stable security definer set search_path = ''
return private.standing_approvals_of(private.wallet_set_id());
comment on function app.read_standing_approvals is 'A person: what they approved beforehand and still holds.';

create function app.read_dashboard() returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_id uuid := private.wallet_set_id();
begin
  return jsonb_build_object(
    'agents', (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'frozen', a.frozen_at is not null) order by a.created_at, a.id), '[]')
      from public.agents a where a.wallet_set_id = v_id),
    'balances', private.balances_of(v_id),
    'budgets', private.budgets_of(v_id, now()),
    'days', private.spending_of(v_id, 30, now()),
    'outcomes', private.outcomes_of(v_id, 100),
    'standingApprovals', private.standing_approvals_of(v_id),
    'moving', (select count(*) from public.intents i where i.wallet_set_id = v_id and i.finalized_at is null
      and i.status in ('approved', 'executing')),
    'waitingCount', (select count(*) from public.intents i where i.wallet_set_id = v_id and i.finalized_at is null
      and i.status in ('needs_approval', 'awaiting_signature', 'unknown')),
    'waiting', (select coalesce(jsonb_agg(private.intent_json(w.id) order by w.expires_at, w.id), '[]') from (
      select i.id, i.expires_at from public.intents i where i.wallet_set_id = v_id and i.finalized_at is null
        and i.status in ('needs_approval', 'awaiting_signature', 'unknown') order by i.expires_at, i.id limit 10) w),
    'recent', (select coalesce(jsonb_agg(private.intent_json(r.id) order by r.created_at desc, r.id desc), '[]') from (
      select i.id, i.created_at from public.intents i where i.wallet_set_id = v_id order by i.created_at desc, i.id desc limit 8) r));
end
$$;
comment on function app.read_dashboard is 'A person: what waits for them, what they have, what was spent today of which budget, and how payments ended.';

create function app.revoke_standing_approval(p_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  -- Under the lock of every proposal: once this has answered, no payment goes through by it.
  perform from public.wallet_sets s where s.id = private.wallet_set_id() for update;
  if not exists (select from public.standing_approvals a join public.wallets w on w.id = a.wallet_id
    where a.id = p_id and w.wallet_set_id = private.wallet_set_id()) then
    raise exception 'There is no such approval.' using errcode = 'CWNTF';
  end if;
  update public.standing_approvals set revoked_at = now() where id = p_id and revoked_at is null;
  if found then
    perform private.write_audit('standing_approval.revoke', p_id::text);
  end if;
end
$$;
comment on function app.revoke_standing_approval is 'A person: takes back what they approved beforehand, at once. What it let through stays.';

grant execute on function app.read_dashboard, app.read_standing_approvals, app.revoke_standing_approval to authenticated;
