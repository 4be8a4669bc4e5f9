-- What a person settled by hand, what must never be sent again, and an answer that is looked up before anybody is asked.

alter table public.onramp_sessions
  add column paid_after_expiry_settled_at timestamptz,
  add constraint onramp_sessions_settled_only_when_paid_late check (paid_after_expiry_settled_at is null or paid_after_expiry_at is not null);
comment on column public.onramp_sessions.paid_after_expiry_settled_at is
  'An operator said that the late payment is settled; the audit log has who, and how. Nothing was moved by it.';

create or replace function private.tg_onramp_sessions__guard() returns trigger
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
    or (old.paid_after_expiry_settled_at is not null and new.paid_after_expiry_settled_at is distinct from old.paid_after_expiry_settled_at)
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

create function app.settle_paid_after_expiry(p_session_id uuid, p_note text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_session public.onramp_sessions;
begin
  perform private.require_operator();
  if p_note is null or p_note !~ '\S' or length(p_note) > 500 then
    raise exception 'Say in at most 500 characters how it was settled.' using errcode = 'CWSTA';
  end if;
  select * into v_session from public.onramp_sessions where id = p_session_id for update;
  if not found then
    raise exception 'There is no such session.' using errcode = 'CWNTF';
  end if;
  if v_session.paid_after_expiry_at is null then
    raise exception 'This session was not paid after it had expired.' using errcode = 'CWSTA';
  end if;
  if v_session.paid_after_expiry_settled_at is not null then
    raise exception 'This late payment is settled already.' using errcode = 'CWSTA';
  end if;
  update public.onramp_sessions set paid_after_expiry_settled_at = clock_timestamp() where id = p_session_id;
  update public.reconciliation_findings set cleared_at = clock_timestamp()
  where kind = 'paid_after_expiry' and subject = p_session_id::text and cleared_at is null;
  perform private.write_audit('onramp.settle_paid_after_expiry', p_session_id::text, jsonb_build_object('note', btrim(p_note)));
end
$$;
comment on function app.settle_paid_after_expiry is
  'Operator: says, once, how a payment that came after its session had expired was settled by hand. Clears its finding; moves no money.';
grant execute on function app.settle_paid_after_expiry to authenticated;

create or replace function app.note_findings() returns table (finding_kind text, finding_subject text, change text)
language plpgsql security definer set search_path = ''
as $$
begin
  return query
  with current as (
    select 'paid_after_expiry' as kind, s.id::text as subject,
      jsonb_build_object('paidAt', s.paid_after_expiry_at, 'stripeSession', s.stripe_session_id) as detail
    from public.onramp_sessions s where s.paid_after_expiry_at is not null and s.paid_after_expiry_settled_at is null
    union all
    select 'transfer_unfinished', t.id::text, jsonb_build_object('kind', t.kind, 'status', t.status, 'session', t.session_id, 'hash', t.hash,
      'since', t.created_at, 'attempts', (select count(*) from private.signed_transactions a where a.transfer_id = t.id))
    from public.transfers t where t.finalized_at is null and t.created_at < now() - interval '30 minutes'
    union all
    select 'delivered_without_transfer', s.id::text, jsonb_build_object('delivery', s.delivery, 'amount', s.delivered_amount::text)
    from public.onramp_sessions s
    where s.status = 'delivered' and not exists (
      select from public.transfers t where t.session_id = s.id and t.status = 'confirmed' and t.amount = s.delivered_amount
        and t.kind = case s.delivery when 'stripe' then 'stripe_payout' else 'treasury_delivery' end)
    union all
    select 'ledger_unbalanced', a.asset::text, jsonb_build_object('sum', sum(e.amount)::text)
    from public.ledger_entries e join public.ledger_accounts a on a.id = e.account_id
    group by a.asset having sum(e.amount) <> 0
    union all
    select 'ledger_unbalanced', format('%s/%s/%s', a.kind, a.network, a.asset), jsonb_build_object(
      'posted', a.posted::text, 'held', a.held::text, 'postedByEntries', coalesce(e.posted, 0)::text, 'heldByEntries', coalesce(e.held, 0)::text)
    from public.ledger_accounts a left join (
      select n.account_id, sum(n.amount) filter (where t.status = 'posted') as posted,
        sum(-n.amount) filter (where t.status = 'pending' and n.amount < 0) as held
      from public.ledger_entries n join public.ledger_transfers t on t.id = n.transfer_id group by n.account_id
    ) e on e.account_id = a.id
    where a.posted <> coalesce(e.posted, 0) or a.held <> coalesce(e.held, 0)
  ), noted as (
    select c.kind, c.subject, private.note_finding(c.kind, c.subject, c.detail) as is_new from current c
  ), cleared as (
    update public.reconciliation_findings f set cleared_at = clock_timestamp()
    where f.cleared_at is null and f.kind <> 'treasury_drift'
      and not exists (select from current c where c.kind = f.kind and c.subject = f.subject)
    returning f.kind, f.subject
  )
  select n.kind, n.subject, 'new' from noted n where n.is_new
  union all
  select c.kind, c.subject, 'cleared' from cleared c;
end
$$;

drop index public.onramp_sessions_paid_after_expiry;
create index onramp_sessions_paid_after_expiry on public.onramp_sessions (paid_after_expiry_at)
  where paid_after_expiry_at is not null and paid_after_expiry_settled_at is null;
