-- Chapter 113: what people do with passes, and by which codes friends get in. Lock order: order, the person's passes, code.

create function private.profile_json(p_account_id uuid) returns jsonb
language sql stable set search_path = ''
return (select jsonb_build_object('name', f.name, 'createdAt', f.created_at) from public.profiles f where f.account_id = p_account_id);
comment on function private.profile_json is 'A profile as the API shows it to its person.';

create function private.pass_json(p public.passes) returns jsonb
language sql stable set search_path = ''
return jsonb_build_object(
  'id', p.id, 'status', case when p.status = 'active' and p.expires_at <= now() then 'expired' else p.status end,
  'orderId', p.order_id, 'codeId', p.code_id, 'grantedAt', p.granted_at, 'expiresAt', p.expires_at,
  'events', (select jsonb_agg(jsonb_build_object('from', e.from_status, 'to', e.to_status, 'at', e.at, 'actor', split_part(e.actor, ':', 1)) order by e.version)
    from public.pass_events e where e.pass_id = p.id));
comment on function private.pass_json is 'A pass as the API shows it.';

create function private.pass_order_json(p public.pass_orders) returns jsonb
language sql stable set search_path = ''
return jsonb_build_object(
  'id', p.id, 'status', p.status, 'rail', p.rail,
  'price', case p.rail when 'card' then (p.amount_minor / 100.0)::numeric(20, 2)::text else private.amount_text(p.amount, p.asset) end,
  'currency', coalesce(p.currency, p.asset), 'network', p.network, 'recipient', p.recipient, 'payer', p.payer, 'units', p.amount::text,
  'hash', p.hash, 'checkoutUrl', case when p.status = 'awaiting_payment' then p.checkout_url end, 'failure', p.failure,
  'passId', (select s.id from public.passes s where s.order_id = p.id),
  'createdAt', p.created_at, 'expiresAt', p.expires_at, 'paidAt', p.paid_at,
  'events', (select jsonb_agg(jsonb_build_object('from', e.from_status, 'to', e.to_status, 'at', e.at, 'actor', split_part(e.actor, ':', 1)) order by e.version)
    from public.pass_order_events e where e.order_id = p.id));
comment on function private.pass_order_json is 'An order of a pass as the API shows it.';

create function private.counted_calls_of(p public.passes) returns integer
language sql stable set search_path = ''
return (select count(*) from private.counted_calls k where k.account_id = p.owner_id and k.at >= p.granted_at)::integer;
comment on function private.counted_calls_of is 'How many calls have counted since a person has this pass.';

-- A pass that was bought brings a code at once. One that came by a code brings one after some calls.
create function private.pass_without_code(p_account_id uuid) returns uuid
language sql stable set search_path = ''
return (
  select p.id from public.passes p cross join private.pass_terms t
  where p.owner_id = p_account_id and p.status = 'active' and p.expires_at > now()
    and not exists (select from public.invite_codes c where c.pass_id = p.id)
    and (p.order_id is not null or private.counted_calls_of(p) >= t.calls_for_a_code)
  order by p.granted_at, p.id limit 1
);
comment on function private.pass_without_code is 'The pass of a person for which a code is due that was not made yet; null where none is.';

create function private.code_status(p public.invite_codes) returns text
language sql stable set search_path = ''
return case
  when p.revoked_at is not null or exists (select from public.passes s where s.id = p.pass_id and s.status = 'revoked') then 'revoked'
  when p.expires_at <= now() then 'expired'
  when p.uses >= p.max_uses then 'exhausted'
  else 'open' end;
comment on function private.code_status is 'Whether a code lets somebody in now (open), or why not.';

create function private.code_json(p public.invite_codes) returns jsonb
language sql stable set search_path = ''
return jsonb_build_object(
  'id', p.id, 'status', private.code_status(p), 'sealed', encode(p.sealed, 'base64'), 'passId', p.pass_id, 'note', p.note,
  'uses', p.uses, 'maxUses', p.max_uses, 'expiresAt', p.expires_at, 'revokedAt', p.revoked_at, 'createdAt', p.created_at,
  'redemptions', (
    select coalesce(jsonb_agg(jsonb_build_object('name', f.name, 'at', r.redeemed_at) order by r.redeemed_at, r.id), '[]')
    from public.code_redemptions r left join public.profiles f on f.account_id = r.account_id where r.code_id = p.id));
comment on function private.code_json is 'A code as its owner sees it, once the app has opened what is sealed.';

create function private.require_account() returns uuid
language plpgsql stable set search_path = ''
as $$
begin
  if private.acting_role() is distinct from 'authenticated' or private.account_id() is null then
    raise exception 'Sign in, or begin as a guest.' using errcode = 'CWFRB';
  end if;
  return private.account_id();
end
$$;
comment on function private.require_account is 'The signed-in person, a guest too.';

create function app.read_pass_terms() returns jsonb
language sql stable security definer set search_path = ''
return (
  select jsonb_build_object('cardPrice', (t.card_amount_minor / 100.0)::numeric(20, 2)::text, 'cardCurrency', 'USD',
    'tokenPrice', (t.token_amount_cents / 100.0)::numeric(20, 2)::text, 'validDays', floor(extract(epoch from t.valid_for) / 86400)::integer,
    'codeUses', t.code_uses, 'callsForACode', t.calls_for_a_code, 'callSecondsForACode', t.call_seconds_for_a_code)
  from private.pass_terms t
);
comment on function app.read_pass_terms is 'Anybody: what a pass costs and what comes with it.';

create function app.set_profile(p_name text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_account_id uuid := private.require_account();
begin
  insert into public.profiles (account_id, name) values (v_account_id, p_name)
  on conflict on constraint profiles_pkey do update set name = excluded.name, updated_at = clock_timestamp();
  return private.profile_json(v_account_id);
end
$$;
comment on function app.set_profile is 'A person: by what name others meet them in the rooms.';

create function app.read_own_passes() returns jsonb
language sql stable security definer set search_path = ''
return jsonb_build_object(
  'profile', private.profile_json(private.account_id()), 'holds', private.has_pass(), 'suspended', private.is_suspended(),
  'holdsUntil', (select max(p.expires_at) from public.passes p where p.owner_id = private.account_id() and p.status = 'active' and p.expires_at > now()),
  'passes', (select coalesce(jsonb_agg(private.pass_json(p) order by p.granted_at desc, p.id desc), '[]')
    from public.passes p where p.owner_id = private.account_id()),
  'orders', (select coalesce(jsonb_agg(private.pass_order_json(o) order by o.created_at desc, o.id desc), '[]')
    from (select * from public.pass_orders x where x.owner_id = private.account_id() order by x.created_at desc, x.id desc limit 20) o));
comment on function app.read_own_passes is 'A person: their name, their passes, and their last twenty orders, newest first.';

create function app.read_pass_order(p_id uuid) returns jsonb
language sql stable security definer set search_path = ''
return (select private.pass_order_json(o) from public.pass_orders o where o.id = p_id and o.owner_id = private.account_id());
comment on function app.read_pass_order is 'A person: an order of theirs; null when it is not theirs.';

create function app.order_pass(
  p_idempotency_key text, p_request_hash bytea, p_rail text, p_network text, p_asset text, p_payer text, p_recipient text
) returns table (answer jsonb, replayed boolean)
language plpgsql security definer set search_path = ''
as $$
declare
  v_account_id constant uuid := private.require_account();
  v_key public.idempotency_keys := private.claim_idempotency_key('pass_orders', p_idempotency_key, p_request_hash);
  v_terms private.pass_terms;
begin
  if v_key.response_status is not null then
    return query select private.pass_order_json(o), true from public.pass_orders o where o.id = v_key.resource_id;
    return;
  end if;
  perform private.require_not_suspended();
  perform private.lock_passes(v_account_id);
  if exists (select from public.passes p where p.owner_id = v_account_id and p.status = 'active' and p.expires_at > now() and p.order_id is not null) then
    raise exception 'You have bought a pass already, and it holds.' using errcode = 'CWSTA';
  end if;
  if (select count(*) from public.pass_orders o where o.owner_id = v_account_id
    and o.status in ('created', 'awaiting_payment', 'confirming') and o.expires_at > now()) >= 10 then
    perform private.refuse('too_many_orders', 'Ten orders of yours are open already. Pay one of them, or wait an hour until they end.');
  end if;
  if exists (select from public.pass_orders o where o.owner_id = v_account_id and o.status in ('created', 'awaiting_payment')
    and (o.network, o.asset, o.payer) = (p_network, p_asset, p_payer)) then
    raise exception 'An order of yours waits for a transfer from this wallet already. Pay that one, or wait until it ends.' using errcode = 'CWSTA';
  end if;
  select * into strict v_terms from private.pass_terms;
  if p_rail = 'card' then
    insert into public.pass_orders (id, owner_id, rail, currency, amount_minor, expires_at)
    values (v_key.resource_id, v_account_id, 'card', 'USD', v_terms.card_amount_minor, now() + v_terms.order_open_for);
  else
    insert into public.pass_orders (id, owner_id, rail, network, asset, amount, recipient, payer, expires_at)
    values (v_key.resource_id, v_account_id, 'wallet', p_network, p_asset,
      v_terms.token_amount_cents * 10::numeric ^ (private.decimals_of(p_asset) - 2), p_recipient, p_payer, now() + v_terms.order_open_for);
    -- A transfer needs nothing more from us.
    update public.pass_orders set status = 'awaiting_payment' where id = v_key.resource_id;
  end if;
  update public.idempotency_keys k set response_status = 201, response_body = convert_to(v_key.resource_id::text, 'UTF8')
  where k.resource_id = v_key.resource_id;
  return query select private.pass_order_json(o), false from public.pass_orders o where o.id = v_key.resource_id;
end
$$;
comment on function app.order_pass is
  'A person: orders a pass, by card or by one transfer from a wallet they name to the treasury. The same request is one order. Nobody is sold a second pass while one they bought holds.';

create function app.expire_passes() returns integer
language sql security definer set search_path = ''
begin atomic
  with over as (
    select p.id from public.passes p where p.status = 'active' and p.expires_at <= now() order by p.expires_at limit 1000 for update skip locked
  ), ended as (
    update public.passes p set status = 'expired' from over o where p.id = o.id returning p.id
  )
  select count(*)::integer from ended;
end;
comment on function app.expire_passes is 'Worker: ends the passes whose time is over, a thousand at once. Until then they let nobody in either. Returns how many there were.';

-- One statement takes the use: of those who redeem the last one at once, the row's lock lets one through, and the others see it gone.
create function app.redeem_code(p_hash bytea) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_account_id constant uuid := private.require_account();
  v public.invite_codes;
  v_pass public.passes;
begin
  perform private.require_not_suspended();
  perform private.lock_passes(v_account_id);
  select * into v from public.invite_codes c where c.hash = p_hash;
  if not found then
    raise exception 'There is no such code. Look at it again, or scan it.' using errcode = 'CWNTF';
  end if;
  if v.owner_id = v_account_id then
    perform private.refuse('code_own', 'This code is yours. It is for your friends.');
  end if;
  if exists (select from public.code_redemptions r where r.code_id = v.id and r.account_id = v_account_id) then
    perform private.refuse('code_used', 'You came in by this code before. It lets a person in once.');
  end if;
  if private.has_pass() then
    raise exception 'You have a pass already. Keep this code for when you need it.' using errcode = 'CWSTA';
  end if;
  update public.invite_codes c set uses = c.uses + 1
  where c.id = v.id and c.uses < c.max_uses and c.revoked_at is null and c.expires_at > now()
    and not exists (select from public.passes p where p.id = c.pass_id and p.status = 'revoked')
  returning c.* into v;
  if not found then
    select * into strict v from public.invite_codes c where c.hash = p_hash;
    case private.code_status(v)
      when 'revoked' then perform private.refuse('code_revoked', 'This code was revoked. Ask for another one, or buy a pass.');
      when 'expired' then perform private.refuse('code_expired', 'The time of this code is over. Ask for another one, or buy a pass.');
      else perform private.refuse('code_exhausted', 'All uses of this code are used up. Ask somebody else, or buy a pass.');
    end case;
  end if;
  insert into public.passes (owner_id, code_id, expires_at) select v_account_id, v.id, now() + t.valid_for from private.pass_terms t
  returning * into v_pass;
  insert into public.code_redemptions (code_id, account_id, pass_id) values (v.id, v_account_id, v_pass.id);
  return private.pass_json(v_pass);
end
$$;
comment on function app.redeem_code is 'A person: comes in by a friend''s code, known by its hash. Takes one use and gives one pass, or refuses and changes nothing.';

create function app.read_own_codes() returns jsonb
language sql stable security definer set search_path = ''
return jsonb_build_object(
  'codes', (select coalesce(jsonb_agg(private.code_json(c) order by c.created_at desc, c.id desc), '[]')
    from public.invite_codes c where c.owner_id = private.account_id() and c.pass_id is not null),
  'due', private.pass_without_code(private.account_id()),
  'callsCounted', (select private.counted_calls_of(p) from public.passes p
    where p.owner_id = private.account_id() and p.status = 'active' and p.expires_at > now() and p.code_id is not null
    order by p.granted_at desc limit 1),
  'callsNeeded', (select t.calls_for_a_code from private.pass_terms t));
comment on function app.read_own_codes is
  'A person: the codes that came with their passes, who used them, and the pass for which one is due. Calls are counted for whoever came by a code, else null.';

create function app.issue_own_code(p_hash bytea, p_sealed bytea) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_account_id constant uuid := private.require_account();
  v_pass_id uuid;
begin
  perform private.lock_passes(v_account_id);
  v_pass_id := private.pass_without_code(v_account_id);
  if v_pass_id is null then
    return;
  end if;
  insert into public.invite_codes (hash, sealed, owner_id, pass_id, max_uses, expires_at)
  select p_hash, p_sealed, v_account_id, v_pass_id, t.code_uses, now() + t.code_valid_for from private.pass_terms t;
end
$$;
comment on function app.issue_own_code is 'A person: keeps the code that is due to them, as the app made it. Nothing where none is due, or another request was faster.';

create function app.revoke_code(p_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v public.invite_codes;
begin
  select * into v from public.invite_codes c
  where c.id = p_id and (c.owner_id = private.require_account() or private.is_operator()) for update;
  if not found then
    raise exception 'There is no such code.' using errcode = 'CWNTF';
  end if;
  if v.revoked_at is null then
    update public.invite_codes set revoked_at = clock_timestamp() where id = p_id returning * into v;
    perform private.write_audit('code.revoke', p_id::text);
  end if;
  return private.code_json(v);
end
$$;
comment on function app.revoke_code is 'A person: ends a code of theirs, or an operator anybody''s, for good. Whoever came in by it stays.';

create function app.create_code(
  p_idempotency_key text, p_request_hash bytea, p_hash bytea, p_sealed bytea, p_max_uses integer, p_expires_at timestamptz, p_note text
) returns table (answer jsonb, replayed boolean)
language plpgsql security definer set search_path = ''
as $$
declare
  v_key public.idempotency_keys;
begin
  perform private.require_operator();
  v_key := private.claim_idempotency_key('codes', p_idempotency_key, p_request_hash);
  if v_key.response_status is not null then
    return query select private.code_json(c), true from public.invite_codes c where c.id = v_key.resource_id;
    return;
  end if;
  if p_max_uses not between 1 and 100 then
    perform private.refuse('invalid_uses', 'A code lets one person in at least and a hundred at most.');
  end if;
  if p_expires_at not between now() + interval '1 minute' and now() + interval '1 year' then
    perform private.refuse('invalid_expiry', 'A code ends between a minute and a year from now.');
  end if;
  perform pg_advisory_xact_lock(hashtextextended('operators_codes', 0));
  if (select count(*) from public.invite_codes c where c.issued_by = private.account_id() and c.created_at > now() - interval '1 day') >= 20 then
    perform private.refuse('too_many_codes', 'An operator makes twenty codes a day at most.');
  end if;
  insert into public.invite_codes (id, hash, sealed, issued_by, note, max_uses, expires_at)
  values (v_key.resource_id, p_hash, p_sealed, private.account_id(), p_note, p_max_uses, p_expires_at);
  perform private.write_audit('code.create', v_key.resource_id::text, jsonb_build_object('uses', p_max_uses, 'expiresAt', p_expires_at));
  update public.idempotency_keys k set response_status = 201, response_body = convert_to(v_key.resource_id::text, 'UTF8')
  where k.resource_id = v_key.resource_id;
  return query select private.code_json(c), false from public.invite_codes c where c.id = v_key.resource_id;
end
$$;
comment on function app.create_code is 'An operator: makes a code for up to a hundred people, twenty a day at most. The same request is one code.';

create function app.list_codes(p_before_at timestamptz, p_before_id uuid, p_limit integer)
returns table (code jsonb, "position" text, id uuid)
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  perform private.require_operator();
  return query select private.code_json(c), c.created_at::text, c.id from public.invite_codes c
    where c.pass_id is null and (p_before_at is null or (c.created_at, c.id) < (p_before_at, p_before_id))
    order by c.created_at desc, c.id desc limit p_limit;
end
$$;
comment on function app.list_codes is 'An operator: the codes that operators made, newest first.';

grant execute on function app.read_pass_terms to anon, authenticated;
grant execute on function app.set_profile, app.read_own_passes, app.read_pass_order, app.order_pass, app.redeem_code, app.read_own_codes,
  app.issue_own_code, app.revoke_code, app.create_code, app.list_codes to authenticated;
grant execute on function app.expire_passes to worker;
