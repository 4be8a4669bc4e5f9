-- Chapter 35: the domain of a recipient is what the person said when they saved the contact. A payer that could name it would choose which guard it meets.

alter table public.contacts
  add column domain text,
  add constraint contacts_domain_is_a_host check (domain ~ '^([a-z0-9-]+\.)+[a-z]{2,}$' and length(domain) <= 253);
comment on column public.contacts.domain is 'The host that the contact is known under, for guards that name domains. Null where the person said none.';
create unique index contacts_one_domain_an_address on public.contacts (owner_id, address) where domain is not null;

drop function app.save_contact(text, text);
create function app.save_contact(p_name text, p_address text, p_domain text) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  v_domain text := lower(nullif(p_domain, ''));
  v_id uuid;
begin
  if exists (select from public.contacts c where c.owner_id = private.account_id() and lower(c.name) = lower(p_name)) then
    perform private.refuse('name_taken', 'Another of your contacts has this name.');
  end if;
  if v_domain is not null and exists (select from public.contacts c
    where c.owner_id = private.account_id() and c.address = p_address and c.domain is not null) then
    perform private.refuse('domain_taken', 'Another of your contacts has this address, with a domain already.');
  end if;
  insert into public.contacts (owner_id, name, address, domain) values (private.account_id(), p_name, p_address, v_domain) returning id into v_id;
  perform private.write_audit('contact.save', v_id::text, jsonb_build_object('address', p_address, 'domain', v_domain));
  return v_id;
end
$$;
comment on function app.save_contact is 'A person: saves whom they pay by name, and the domain that guards may know them by.';

drop function private.check_payment(uuid, text, text, numeric, text, text);
create function private.check_payment(p_wallet_id uuid, p_recipient text, p_amount numeric, p_asset text, p_network text)
returns private.payment
language plpgsql stable set search_path = ''
as $$
declare
  v_wallet public.wallets;
  v_key public.api_keys := private.api_key();
  v private.payment;
begin
  select * into v_wallet from public.wallets w
  where w.id = p_wallet_id and w.wallet_set_id = private.wallet_set_id()
    and (private.acting_role() <> 'agent' or w.agent_id = v_key.agent_id);
  if not found then
    raise exception 'There is no such wallet.' using errcode = 'CWNTF';
  end if;
  if v_wallet.address is null then
    raise exception 'This wallet is still being made. Try again in a moment.' using errcode = 'CWSTA';
  end if;
  if coalesce(p_network, v_wallet.network) <> v_wallet.network then
    perform private.refuse('wrong_network', format('This wallet is on %s, not on %s.', v_wallet.network, p_network));
  end if;
  if p_amount is null or p_amount <= 0 then
    perform private.refuse('invalid_amount', 'The amount has to be more than nothing.');
  end if;

  v := row(v_wallet.wallet_set_id, v_wallet.id, v_wallet.agent_id, v_key.id, v_wallet.kind, v_wallet.network, p_asset, p_amount,
    private.micros_of(p_amount, p_asset), private.resolve_recipient(p_recipient, v_wallet.network), null);
  v.recipient_domain := (select c.domain from public.contacts c
    where c.owner_id = private.owner_id() and c.address = v.recipient_address and c.domain is not null);
  if v.micros > v_key.payment_limit_micros then
    perform private.refuse('key_limit_exceeded', format('One payment by this API key may be $%s at most.', private.dollars(v_key.payment_limit_micros)));
  end if;
  if v.recipient_address = v_wallet.address then
    perform private.refuse('own_address', 'That is the address of this wallet itself.');
  end if;
  if exists (select from public.contacts c where c.owner_id = private.owner_id() and c.address <> v.recipient_address
      and left(c.address, 6) = left(v.recipient_address, 6) and right(c.address, 4) = right(v.recipient_address, 4))
    and not exists (select from public.contacts c where c.owner_id = private.owner_id() and c.address = v.recipient_address) then
    perform private.refuse('lookalike_address', 'This address begins and ends like one of the contacts and is another. Compare the whole of it, and save it as a contact if it is meant.');
  end if;
  return v;
end
$$;
comment on function private.check_payment is 'Reads whom and what a payment means, and refuses what no guard has to be asked about.';

drop function app.propose_intent(text, bytea, uuid, text, text, numeric, text, text, text);
create function app.propose_intent(
  p_idempotency_key text, p_request_hash bytea, p_wallet_id uuid, p_recipient text,
  p_amount numeric, p_asset text, p_network text, p_purpose text
) returns table (answer jsonb, replayed boolean)
language plpgsql security definer set search_path = ''
as $$
declare
  v_key public.idempotency_keys;
  v private.payment;
  v_verdicts jsonb;
  v_status text;
  v_wait integer;
begin
  perform private.require_scope('propose');
  if private.wallet_set_id() is null then
    raise exception 'There is no such wallet.' using errcode = 'CWNTF';
  end if;
  v_key := private.claim_idempotency_key('intents', p_idempotency_key, p_request_hash);
  if v_key.response_status is not null then
    return query select convert_from(v_key.response_body, 'UTF8')::jsonb, true;
    return;
  end if;
  perform from public.wallet_sets s where s.id = private.wallet_set_id() for update;
  v := private.check_payment(p_wallet_id, p_recipient, p_amount, p_asset, p_network);
  perform private.require_means(v);

  v_verdicts := private.verdicts_of(v, now());
  v_status := private.status_by(v_verdicts);
  if v_status = 'needs_approval' and private.use_standing_approval(v) then
    v_status := 'approved';
    v_verdicts := v_verdicts || jsonb_build_array(jsonb_build_object('scope', 'person', 'guard', 'standing_approval', 'outcome', 'pass',
      'reason', 'A person approved payments like this one for 24 hours.', 'limit', null, 'used', null, 'remaining', null));
  end if;
  select max((r ->> 'waitMinutes')::integer) into v_wait
  from jsonb_path_query(v_verdicts, '$[*] ? (@.outcome == "wait").rule') r;

  insert into public.intents (id, wallet_set_id, wallet_id, agent_id, api_key_id, network, asset, amount, amount_micros, recipient,
    recipient_address, recipient_domain, purpose, guard_results, execute_after, expires_at)
  values (v_key.resource_id, v.wallet_set_id, v.wallet_id, v.agent_id, v.api_key_id, v.network, v.asset, v.amount, v.micros, p_recipient,
    v.recipient_address, v.recipient_domain, p_purpose, v_verdicts, now() + coalesce(v_wait, 0) * interval '1 minute',
    now() + interval '24 hours' + coalesce(v_wait, 0) * interval '1 minute');
  if v_status <> 'denied' then
    perform private.hold_payment(v_key.resource_id, v);
    perform private.add_job('expire_intent', jsonb_build_object('intentId', v_key.resource_id), 'expire_intent:' || v_key.resource_id,
      now() + interval '24 hours' + coalesce(v_wait, 0) * interval '1 minute');
  end if;
  update public.intents set status = v_status, reason = (
    select r #>> '{}' from jsonb_path_query_first(v_verdicts, '$[*] ? (@.outcome == "refuse").reason') r)
  where id = v_key.resource_id;
  if v_status = 'approved' then
    perform private.continue_intent(v_key.resource_id);
  end if;
  update public.api_keys set last_used_at = now() where id = v.api_key_id;

  update public.idempotency_keys k set response_status = 201, response_body = convert_to(private.intent_json(v_key.resource_id)::text, 'UTF8')
  where k.resource_id = v_key.resource_id;
  return query select private.intent_json(v_key.resource_id), false;
end
$$;
comment on function app.propose_intent is
  'A person or an agent: proposes a payment. The guards decide at once, and what is not denied holds its money and its share of every budget. Raises CWINV with the code of what is wrong.';

drop function app.simulate_intent(uuid, text, text, numeric, text, text);
create function app.simulate_intent(
  p_wallet_id uuid, p_recipient text, p_amount numeric, p_asset text, p_network text
) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  v private.payment;
  v_verdicts jsonb;
begin
  perform private.require_scope('simulate');
  v := private.check_payment(p_wallet_id, p_recipient, p_amount, p_asset, p_network);
  perform private.require_means(v);
  v_verdicts := private.verdicts_of(v, now());
  return jsonb_build_object('status', private.status_by(v_verdicts), 'recipientAddress', v.recipient_address,
    'guardResults', v_verdicts);
end
$$;
comment on function app.simulate_intent is 'A person or an agent: what would become of such a payment now. Writes nothing and holds nothing.';

grant execute on function app.save_contact to authenticated;
grant execute on function app.propose_intent, app.simulate_intent to authenticated, agent;
