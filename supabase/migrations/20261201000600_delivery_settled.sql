-- A delivery that ended for good and not as agreed has an end too: a person settles it with the buyer, and says how.

insert into private.onramp_transitions (from_status, to_status) values ('needs_attention', 'settled_by_hand');

alter table public.onramp_sessions
  drop constraint onramp_sessions_finalized_iff_ended,
  add constraint onramp_sessions_finalized_iff_ended check (
    (status in ('delivered', 'expired', 'rejected', 'settled_by_hand')) = (finalized_at is not null));

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
    new.finalized_at := case when new.status in ('delivered', 'expired', 'rejected', 'settled_by_hand') then clock_timestamp() end;
    if new.status <> 'needs_attention' then
      new.attention_code := null;
      new.attention_detail := null;
    end if;
  end if;
  new.updated_at := clock_timestamp();
  return new;
end
$$;

create function app.settle_onramp_delivery(p_session_id uuid, p_note text) returns void
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
  -- Only what nothing goes on with by itself: what would be sent after this was settled would be paid twice.
  if v_session.status <> 'needs_attention' or v_session.attention_code not in ('delivery_mismatch', 'delivery_failed')
    or exists (select from public.transfers t where t.session_id = p_session_id and t.finalized_at is null) then
    raise exception 'This delivery has not ended, so there is nothing to settle by hand yet.' using errcode = 'CWSTA';
  end if;
  update public.onramp_sessions set status = 'settled_by_hand' where id = p_session_id;
  perform private.write_audit('onramp.settle_delivery', p_session_id::text,
    jsonb_build_object('note', btrim(p_note), 'attention', v_session.attention_code));
end
$$;
comment on function app.settle_onramp_delivery is
  'Operator: says, once, how a delivery that failed, or was not what was agreed, was settled with the buyer by hand. It ends the session for good; moves no money.';
grant execute on function app.settle_onramp_delivery to authenticated;
