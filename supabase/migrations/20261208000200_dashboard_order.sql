-- What needs its person stands before what nobody can do anything about yet, however old that is, and only the first is counted.

create or replace function app.read_dashboard() returns jsonb
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
      and i.status in ('needs_approval', 'awaiting_signature')),
    'waiting', (select coalesce(jsonb_agg(private.intent_json(w.id) order by w.unknown, w.expires_at, w.id), '[]') from (
      select i.id, i.expires_at, i.status = 'unknown' as unknown from public.intents i
      where i.wallet_set_id = v_id and i.finalized_at is null and i.status in ('needs_approval', 'awaiting_signature', 'unknown')
      order by unknown, i.expires_at, i.id limit 10) w),
    'recent', (select coalesce(jsonb_agg(private.intent_json(r.id) order by r.created_at desc, r.id desc), '[]') from (
      select i.id, i.created_at from public.intents i where i.wallet_set_id = v_id order by i.created_at desc, i.id desc limit 8) r));
end
$$;
