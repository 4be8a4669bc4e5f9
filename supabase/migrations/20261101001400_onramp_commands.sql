-- Chapter 14: what buyers may do.

create function app.create_onramp_session(
  p_idempotency_key text, p_request_hash bytea, p_secret_hash bytea,
  p_asset text, p_network text, p_wallet_address text,
  p_source_currency text, p_source_amount_minor bigint, p_total_amount_minor bigint,
  p_quoted_amount numeric, p_quote jsonb, p_quote_expires_at timestamptz,
  p_delivery text, p_fee_basis_points integer, p_settlement_network text, p_settlement_address text
) returns table (session_id uuid, quote jsonb, response_status integer, response_body bytea)
language plpgsql security definer set search_path = ''
as $$
declare
  v_key public.idempotency_keys;
begin
  v_key := private.claim_idempotency_key('onramp/sessions', p_idempotency_key, p_request_hash);
  if v_key.response_status is null then
    if p_quote_expires_at <= now() then
      raise exception 'The quote held for 60 seconds and has expired. Ask for a new one.' using errcode = 'CWQEX';
    end if;
    insert into public.onramp_sessions (
      id, owner_id, secret_hash, asset, network, wallet_address, source_currency, source_amount_minor, total_amount_minor,
      quoted_amount, quote, delivery, fee_basis_points, settlement_network, settlement_address, expires_at
    ) values (
      v_key.resource_id, private.account_id(), p_secret_hash, p_asset, p_network, p_wallet_address, p_source_currency,
      p_source_amount_minor, p_total_amount_minor, p_quoted_amount, p_quote, p_delivery, p_fee_basis_points,
      p_settlement_network, p_settlement_address, now() + interval '24 hours'
    )
    -- A first request that died before it answered never showed its secret to anyone: the new one takes its place.
    on conflict (id) do update set secret_hash = excluded.secret_hash
      where onramp_sessions.finalized_at is null;
    if not found then
      raise exception 'The purchase of this key has ended. Make a new key for a new one.' using errcode = 'CWSTA';
    end if;
    perform private.add_job('expire_onramp_session', jsonb_build_object('sessionId', v_key.resource_id),
      'expire:' || v_key.resource_id, now() + interval '24 hours');
  end if;
  -- The quote as it stands: a continued request is bound to the one it began with.
  return query
    select s.id, s.quote, v_key.response_status, v_key.response_body
    from public.onramp_sessions s where s.id = v_key.resource_id;
end
$$;
comment on function app.create_onramp_session is
  'Anyone: begins a purchase under an idempotency key, or returns the sealed answer of the first request. Raises CWQEX, CWIKR, CWIKP.';
revoke all on function app.create_onramp_session from public;
grant execute on function app.create_onramp_session to anon, authenticated;

create function app.adopt_onramp_session(p_session_id uuid, p_secret_hash bytea) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_owner uuid;
begin
  select s.owner_id into v_owner from public.onramp_sessions s
  where s.id = p_session_id and s.secret_hash = p_secret_hash for update;
  if not found or v_owner <> private.account_id() then
    raise exception 'There is no such session, or it is not yours to adopt.' using errcode = 'CWNTF';
  end if;
  if v_owner is null then
    update public.onramp_sessions set owner_id = private.account_id() where id = p_session_id;
  end if;
end
$$;
comment on function app.adopt_onramp_session is 'A person: takes a guest''s session into their account, by its secret. Nobody can take one that has an owner.';
grant execute on function app.adopt_onramp_session to authenticated;
