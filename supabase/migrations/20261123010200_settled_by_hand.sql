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

drop index public.onramp_sessions_paid_after_expiry;
create index onramp_sessions_paid_after_expiry on public.onramp_sessions (paid_after_expiry_at)
  where paid_after_expiry_at is not null and paid_after_expiry_settled_at is null;
