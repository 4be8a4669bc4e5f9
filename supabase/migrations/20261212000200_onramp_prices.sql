-- Chapter 81: the onramp stands on the feed. What a purchase brings is reckoned here, when it is quoted and again when it is agreed to.

alter table public.rate_policies
  add column off_market_basis_points integer not null default 500,
  add constraint rate_policies_off_market_is_a_bound check (off_market_basis_points between 1 and 2000);
comment on column public.rate_policies.off_market_basis_points is
  'How far from the market a purchase may be quoted. USDC: what Stripe asks, from this price. What the treasury sells: this price, from that of USDC.';
-- Stripe's own spread is well under five in a hundred, and two coins of a dollar that are three in a hundred apart are no market to sell into.
update public.rate_policies set off_market_basis_points = 300 where asset = 'MUSD';

alter table public.onramp_sessions
  add column usdc_price public.exact_decimal not null default 1,
  add column asset_price public.exact_decimal not null default 1,
  add constraint onramp_sessions_prices_are_more_than_nothing check (usdc_price > 0 and asset_price > 0),
  add constraint onramp_sessions_priced_only_by_treasury check (delivery = 'treasury' or (usdc_price = 1 and asset_price = 1));
comment on column public.onramp_sessions.usdc_price is
  'What the treasury takes one USDC for, in the card''s currency: the raw price of the quote''s tick. One for one before there were prices.';
comment on column public.onramp_sessions.asset_price is
  'What the treasury asks for one of the asset, in the card''s currency: the raw price of the quote''s tick with the markup.';

drop function private.delivery_amount(public.token_amount, public.asset, integer);
create function private.delivery_amount(
  p_received public.token_amount, p_asset public.asset, p_fee_basis_points integer,
  p_usdc_price public.exact_decimal, p_asset_price public.exact_decimal
) returns numeric
language sql immutable set search_path = ''
return div(p_received * (10::numeric ^ (private.decimals_of(p_asset) - private.decimals_of('USDC'))) * p_usdc_price * (10000 - p_fee_basis_points),
  10000 * p_asset_price);
comment on function private.delivery_amount is
  'Base units of the asset for base units of USDC: what they are worth, less the fee, at the price of the asset; rounded down, once.';

create function private.off_market_bound(p_tick public.rate_ticks) returns integer
language sql stable set search_path = ''
begin atomic
  select p.off_market_basis_points from public.rate_policies p where p.asset = p_tick.asset and p.currency = p_tick.currency;
end;
comment on function private.off_market_bound is 'How far from this price, or this price from that of USDC, a purchase may be quoted.';

-- What a purchase brings, of everything that it depends on and nothing else: the same arguments have the same terms for ever,
-- but for the markup and the bounds, which are those of now.
create function private.onramp_terms(
  p_asset public.asset, p_currency public.fiat_currency, p_source_amount_minor bigint, p_usdc public.token_amount,
  p_delivery text, p_fee_basis_points integer, p_made_at timestamptz, p_usdc_tick public.rate_ticks, p_asset_tick public.rate_ticks
) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  v_paid constant numeric := p_source_amount_minor * 0.01;
  v_usdc constant numeric := p_usdc * 0.000001;
  v_marked_up jsonb;
  v_asset_price numeric;
  v_full numeric;
  v_amount numeric;
begin
  if p_usdc <= 0 or p_source_amount_minor <= 0 then
    raise exception 'An amount is more than nothing.' using errcode = 'CWINV', detail = 'invalid_amount';
  end if;
  if private.is_far(v_paid, p_usdc_tick.price * v_usdc, private.off_market_bound(p_usdc_tick)) then
    raise exception 'Stripe''s price for USDC is too far from the market''s. Nothing is sold until the two agree.'
      using errcode = 'CWRAT', detail = 'price_off_market';
  end if;
  if p_delivery = 'stripe' then
    return jsonb_build_object(
      'amount', p_usdc::text, 'fee', '0', 'usdcPrice', '1', 'assetPrice', '1',
      -- Stripe's is the price, and nothing is added to it: what is paid for one, fees aside, rounded half up to six decimals.
      'rate', jsonb_build_object('base', p_asset, 'quote', p_currency, 'raw', trim_scale(p_usdc_tick.price)::text,
        'markup', jsonb_build_object('absolute', '0', 'basisPoints', 0), 'price', trim_scale(round(v_paid / v_usdc, 6))::text,
        'settlement', null) || private.priced(p_usdc_tick, p_made_at));
  end if;

  if private.is_far(p_asset_tick.price, p_usdc_tick.price, private.off_market_bound(p_asset_tick)) then
    raise exception 'The market''s price of % is too far from that of USDC. Nothing is sold until the two agree.', p_asset
      using errcode = 'CWRAT', detail = 'price_off_market';
  end if;
  v_marked_up := private.marked_up(p_asset_tick);
  v_asset_price := (v_marked_up ->> 'price')::numeric;
  v_full := private.delivery_amount(p_usdc, p_asset, 0, p_usdc_tick.price, v_asset_price);
  v_amount := private.delivery_amount(p_usdc, p_asset, p_fee_basis_points, p_usdc_tick.price, v_asset_price);
  return jsonb_build_object(
    'amount', v_amount::text, 'fee', (v_full - v_amount)::text,
    'usdcPrice', trim_scale(p_usdc_tick.price)::text, 'assetPrice', trim_scale(v_asset_price)::text,
    'rate', jsonb_build_object('base', p_asset, 'quote', p_currency) || v_marked_up || private.priced(p_asset_tick, p_made_at)
      || jsonb_build_object('settlement', jsonb_build_object('base', 'USDC', 'amount', trim_scale(v_usdc)::text,
        'raw', trim_scale(p_usdc_tick.price)::text) || private.priced(p_usdc_tick, p_made_at)));
end
$$;
comment on function private.onramp_terms is
  'What a purchase brings for the USDC that Stripe sells, and the prices it stands on. Raises CWRAT where a price is too far from the market.';

create function public.onramp_terms(
  p_asset text, p_currency text, p_source_amount_minor text, p_usdc text, p_delivery text, p_fee_basis_points integer
) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  v_made_at constant timestamptz := date_trunc('milliseconds', now());
  v_usdc_tick constant public.rate_ticks := private.fresh_tick('USDC', p_currency);
  v_asset_tick constant public.rate_ticks := private.fresh_tick(p_asset, p_currency);
begin
  return private.onramp_terms(p_asset, p_currency, p_source_amount_minor::bigint, p_usdc::numeric, p_delivery, p_fee_basis_points,
      v_made_at, v_usdc_tick, v_asset_tick)
    || jsonb_build_object('expiresAt', private.instant(v_made_at + interval '60 seconds'));
end
$$;
comment on function public.onramp_terms is
  'Anyone: the terms of a purchase by the prices of now, for 60 seconds. They bind nobody: what is agreed to is reckoned again. Raises CWRAT.';
grant execute on function public.onramp_terms, private.onramp_terms, private.off_market_bound, private.delivery_amount, private.decimals_of
  to anon, authenticated;

-- The tick that a quote stands on, where it may: one of the feed, fresh when the quote was made, and no newer one was there by
-- then, but for the minute that it takes until everybody reads it.
create function private.tick_of_quote(p_asset public.rate_asset, p_currency public.rate_currency, p_at timestamptz, p_made_at timestamptz)
returns public.rate_ticks
language plpgsql stable set search_path = ''
as $$
declare
  v_tick public.rate_ticks;
begin
  select * into v_tick from public.rate_ticks t
  where t.asset = p_asset and t.currency = p_currency and t.at = date_bin('10 minutes', p_at, timestamptz 'epoch')
    and t.origin = 'feed' and t.observed_at > p_made_at - private.rate_freshness()
    and not exists (select from public.rate_ticks newer
      where newer.asset = t.asset and newer.currency = t.currency and newer.at > t.at and newer.origin = 'feed'
        and newer.recorded_at < p_made_at - interval '1 minute');
  if not found then
    perform private.refuse('quote_mismatch', 'The quote does not stand on a price that was fresh when it was made. Ask for a new quote.');
  end if;
  return v_tick;
end
$$;
comment on function private.tick_of_quote is 'The tick that a quote says it stands on. Refuses one that was stale or replaced when the quote was made.';

-- Reckons a quote again, by its own ticks and the rules of now.
create function private.agreed_terms(
  p_asset public.asset, p_source_currency public.fiat_currency, p_source_amount_minor bigint, p_quoted_amount numeric, p_quote jsonb,
  p_quote_expires_at timestamptz, p_delivery text, p_fee_basis_points integer
) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  v_made_at constant timestamptz := p_quote_expires_at - interval '60 seconds';
  v_rate constant jsonb := p_quote -> 'rate';
  v_settlement constant jsonb := case p_delivery when 'treasury' then v_rate -> 'settlement' else v_rate end;
  v_asset_tick public.rate_ticks;
  v_usdc_tick public.rate_ticks;
  v_terms jsonb;
begin
  if v_rate is null or v_settlement ->> 'at' is null then
    raise exception 'The quote is from before prices were read here. Ask for a new one.' using errcode = 'CWQEX';
  end if;
  -- Both ends of its minute are this clock's; a replica's may differ by a little.
  if v_made_at > now() + interval '5 seconds' then
    raise exception 'The quote is of a time that has not come. Ask for a new one.' using errcode = 'CWQEX';
  end if;
  v_asset_tick := private.tick_of_quote(p_asset, p_source_currency, (v_rate ->> 'at')::timestamptz, v_made_at);
  v_usdc_tick := private.tick_of_quote('USDC', p_source_currency, (v_settlement ->> 'at')::timestamptz, v_made_at);
  v_terms := private.onramp_terms(p_asset, p_source_currency, p_source_amount_minor,
    case p_delivery when 'treasury' then (v_settlement ->> 'amount')::numeric * 1000000 else p_quoted_amount end,
    p_delivery, p_fee_basis_points, v_made_at, v_usdc_tick, v_asset_tick);
  if v_rate -> 'markup' is distinct from v_terms #> '{rate,markup}' then
    raise exception 'What is added to the price has changed since the quote. Ask for a new one.' using errcode = 'CWQEX';
  end if;
  if v_rate is distinct from v_terms -> 'rate' or p_quoted_amount is distinct from (v_terms ->> 'amount')::numeric then
    perform private.refuse('quote_mismatch', 'The quote is not what its prices come to. Ask for a new quote.');
  end if;
  return v_terms;
end
$$;
comment on function private.agreed_terms is
  'The terms of a quote that somebody agrees to, reckoned again from the ticks it stands on. Refuses one that differs in anything.';

create or replace function app.create_onramp_session(
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
  v_terms jsonb;
begin
  v_key := private.claim_idempotency_key('onramp/sessions', p_idempotency_key, p_request_hash);
  if v_key.response_status is null then
    if p_quote_expires_at <= now() then
      raise exception 'The quote held for 60 seconds and has expired. Ask for a new one.' using errcode = 'CWQEX';
    end if;
    v_terms := private.agreed_terms(p_asset, p_source_currency, p_source_amount_minor, p_quoted_amount, p_quote, p_quote_expires_at,
      p_delivery, p_fee_basis_points);
    insert into public.onramp_sessions (
      id, owner_id, secret_hash, asset, network, wallet_address, source_currency, source_amount_minor, total_amount_minor,
      quoted_amount, quote, delivery, fee_basis_points, usdc_price, asset_price, settlement_network, settlement_address, expires_at
    ) values (
      v_key.resource_id, private.account_id(), p_secret_hash, p_asset, p_network, p_wallet_address, p_source_currency,
      p_source_amount_minor, p_total_amount_minor, p_quoted_amount, p_quote, p_delivery, p_fee_basis_points,
      (v_terms ->> 'usdcPrice')::numeric, (v_terms ->> 'assetPrice')::numeric,
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
  'Anyone: begins a purchase under an idempotency key, or returns the sealed answer of the first request. The quote is reckoned again from its ticks, and refused if it differs. Raises CWQEX, CWIKR, CWIKP, CWINV, CWRAT.';

-- The prices are part of what was agreed.
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
      new.quoted_amount, new.quote, new.delivery, new.fee_basis_points, new.usdc_price, new.asset_price,
      new.settlement_network, new.settlement_address, new.created_at)
    is distinct from
     (old.id, old.asset, old.network, old.wallet_address, old.source_currency, old.source_amount_minor, old.total_amount_minor,
      old.quoted_amount, old.quote, old.delivery, old.fee_basis_points, old.usdc_price, old.asset_price,
      old.settlement_network, old.settlement_address, old.created_at)
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

-- At the prices of its quote, whatever the market does until the USDC has arrived.
create or replace function app.start_onramp_delivery(
  p_session_id uuid, p_treasury_address text, p_chain_nonce bigint, p_required_confirmations integer
) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  v_session public.onramp_sessions;
  v_received numeric;
  v_amount numeric;
  v_treasury public.ledger_accounts;
  v_exchange public.ledger_accounts;
  v_ledger_transfer_id uuid;
  v_transfer_id uuid;
begin
  select * into strict v_session from public.onramp_sessions where id = p_session_id for update;
  -- One delivery at a time, and none after one that may have paid somebody.
  if v_session.delivery <> 'treasury' or v_session.status not in ('funded', 'needs_attention')
    or exists (select from public.transfers t
      where t.session_id = p_session_id and t.kind = 'treasury_delivery' and (t.status <> 'failed' or t.failure = 'mismatch')) then
    return v_session.status;
  end if;
  select t.amount into v_received from public.transfers t
  where t.session_id = p_session_id and t.kind = 'stripe_payout' and t.status = 'confirmed';
  if not found then
    return v_session.status;
  end if;

  v_amount := private.delivery_amount(v_received, v_session.asset, v_session.fee_basis_points,
    v_session.usdc_price, v_session.asset_price);
  v_treasury := private.ledger_account('treasury', v_session.network, v_session.asset);
  v_exchange := private.ledger_account('exchange', v_session.network, v_session.asset);
  perform from public.ledger_accounts where id in (v_treasury.id, v_exchange.id) order by id for update;
  select * into strict v_treasury from public.ledger_accounts where id = v_treasury.id;
  if v_treasury.posted - v_treasury.held < v_amount then
    perform private.need_attention(p_session_id, 'treasury_short', 'The treasury holds less than this purchase needs. It continues by itself after a top-up.');
    perform private.add_job('deliver_onramp_session', jsonb_build_object('sessionId', p_session_id), 'deliver:' || p_session_id,
      now() + greatest(interval '5 seconds', least(interval '1 minute', (now() - v_session.created_at) / 20)));
    return 'needs_attention';
  end if;

  v_ledger_transfer_id := private.move_in_ledger('onramp_delivery', p_session_id, v_treasury, v_exchange, v_amount, true);
  insert into public.transfers (
    kind, session_id, ledger_transfer_id, status, network, asset, from_address, to_address, amount, nonce, required_confirmations
  ) values (
    'treasury_delivery', p_session_id, v_ledger_transfer_id, 'prepared', v_session.network, v_session.asset, p_treasury_address,
    v_session.wallet_address, v_amount, private.allocate_nonce(v_session.network, p_treasury_address, p_chain_nonce), p_required_confirmations
  ) returning id into v_transfer_id;
  update public.onramp_sessions set status = 'delivering' where id = p_session_id;
  perform private.add_job('send_transfer', jsonb_build_object('transferId', v_transfer_id), 'send:' || v_transfer_id, null, 1000);
  return 'delivering';
end
$$;
