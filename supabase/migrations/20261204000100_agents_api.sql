-- Chapter 36: what the API needs of agents and payments: the answer as it is shown, batches, names and keys.

grant select (intent_id, decision, intent_hash, at) on public.intent_approvals to agent;
alter policy "decisions are seen with their intent" on public.intent_approvals to authenticated, agent;

create or replace function private.intent_json(p_intent_id uuid) returns jsonb
language sql stable set search_path = ''
return (
  select jsonb_build_object(
    'id', i.id, 'status', i.status, 'walletId', i.wallet_id, 'agentId', i.agent_id,
    'agentName', (select a.name from public.agents a where a.id = i.agent_id), 'network', i.network, 'asset', i.asset,
    'amount', private.amount_text(i.amount, i.asset), 'recipient', i.recipient, 'recipientAddress', i.recipient_address,
    'purpose', i.purpose, 'intentHash', encode(i.intent_hash, 'hex'), 'guardResults', i.guard_results, 'reason', i.reason,
    'approval', (select jsonb_build_object('decision', d.decision, 'at', d.at) from public.intent_approvals d where d.intent_id = i.id),
    'executeAfter', i.execute_after, 'expiresAt', i.expires_at, 'createdAt', i.created_at, 'finalizedAt', i.finalized_at,
    'events', (select jsonb_agg(jsonb_build_object('from', e.from_status, 'to', e.to_status, 'at', e.at, 'actor', split_part(e.actor, ':', 1)) order by e.version)
      from public.intent_events e where e.intent_id = i.id))
  from public.intents i where i.id = p_intent_id
);
grant execute on function private.intent_json, private.amount_text, private.decimals_of to authenticated, agent;

-- Several payments at once, each with a verdict of its own: one that is refused takes none of the others with it.
create function app.propose_intents(p_idempotency_key text, p_request_hash bytea, p_payments jsonb)
returns table (answer jsonb, replayed boolean)
language plpgsql security definer set search_path = ''
as $$
declare
  v_key public.idempotency_keys;
  v_payment jsonb;
  v_place bigint;
  v_answers jsonb := '[]';
  v_code text;
  v_state text;
  v_message text;
begin
  perform private.require_scope('propose');
  if jsonb_array_length(p_payments) not between 1 and 50 then
    perform private.refuse('invalid_field', 'A batch has one to fifty payments.');
  end if;
  v_key := private.claim_idempotency_key('intents/batch', p_idempotency_key, p_request_hash);
  if v_key.response_status is not null then
    return query select convert_from(v_key.response_body, 'UTF8')::jsonb, true;
    return;
  end if;
  for v_payment, v_place in select p, n from jsonb_array_elements(p_payments) with ordinality e (p, n) order by n loop
    begin
      v_answers := v_answers || jsonb_build_array(jsonb_build_object('intent', (
        select p.answer from app.propose_intent(v_key.resource_id || ':' || v_place, p_request_hash, (v_payment ->> 'walletId')::uuid,
          v_payment ->> 'recipient', (v_payment ->> 'units')::numeric, v_payment ->> 'asset', v_payment ->> 'network',
          v_payment ->> 'purpose') p)));
    exception when sqlstate 'CWINV' or sqlstate 'CWSTA' or sqlstate 'CWNTF' then
      get stacked diagnostics v_state = returned_sqlstate, v_message = message_text, v_code = pg_exception_detail;
      v_answers := v_answers || jsonb_build_array(jsonb_build_object(
        'refusal', jsonb_build_object('sqlstate', v_state, 'message', v_message, 'code', v_code)));
    end;
  end loop;
  update public.idempotency_keys k set response_status = 200, response_body = convert_to(v_answers::text, 'UTF8')
  where k.resource_id = v_key.resource_id;
  return query select v_answers, false;
end
$$;
comment on function app.propose_intents is
  'A person or an agent: proposes up to fifty payments in one transaction, in their order. Answers each with its intent or with why it was refused.';
grant execute on function app.propose_intents to authenticated, agent;

create function app.use_api_key() returns table (id uuid, agent_id uuid, scopes text[], expires_at timestamptz)
language plpgsql security definer set search_path = ''
as $$
declare
  v_key public.api_keys := private.api_key();
begin
  -- Once a minute is often enough to know, and keeps a busy key's row from being a queue.
  update public.api_keys k set last_used_at = now()
  where k.id = v_key.id and (k.last_used_at is null or k.last_used_at < now() - interval '1 minute');
  return query select v_key.id, v_key.agent_id, v_key.scopes, v_key.expires_at where v_key.id is not null;
end
$$;
comment on function app.use_api_key is 'An agent: the key that was shown, if it holds, and notes that it was used. No row for any other.';
grant execute on function app.use_api_key to agent;

create function app.rename_agent(p_agent_id uuid, p_name text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_agent public.agents := private.own_agent(p_agent_id);
begin
  if exists (select from public.agents a
    where a.wallet_set_id = v_agent.wallet_set_id and a.id <> p_agent_id and lower(a.name) = lower(p_name)) then
    perform private.refuse('name_taken', 'Another of your agents has this name.');
  end if;
  if v_agent.name <> p_name then
    update public.agents set name = p_name where id = p_agent_id;
    perform private.write_audit('agent.rename', p_agent_id::text, jsonb_build_object('from', v_agent.name, 'to', p_name));
  end if;
end
$$;
comment on function app.rename_agent is 'A person: gives an agent of theirs another name.';
grant execute on function app.rename_agent to authenticated;

drop function app.create_api_key(uuid, text, text, bytea, text[], text, timestamptz);
create function app.create_api_key(
  p_idempotency_key text, p_request_hash bytea, p_agent_id uuid, p_name text, p_prefix text, p_key_hash bytea, p_scopes text[],
  p_payment_limit text, p_expires_at timestamptz
) returns table (api_key_id uuid, replayed boolean)
language plpgsql security definer set search_path = ''
as $$
declare
  v_key public.idempotency_keys := private.claim_idempotency_key('api-keys', p_idempotency_key, p_request_hash);
begin
  if v_key.response_status is not null then
    return query select v_key.resource_id, true;
    return;
  end if;
  perform private.own_agent(p_agent_id);
  if p_expires_at <= now() then
    perform private.refuse('invalid_expiry', 'A key cannot expire before it is made.');
  end if;
  -- A limit that cannot be read must not become none.
  if p_payment_limit is not null and coalesce(private.micros(p_payment_limit), 0) <= 0 then
    perform private.refuse('invalid_amount', 'The limit is a number of dollars, such as 25.00, of at least a millionth.');
  end if;
  if (select count(*) from public.api_keys k where k.agent_id = p_agent_id and k.revoked_at is null) >= 20 then
    perform private.refuse('too_many_keys', 'An agent has twenty keys at most. Revoke one that is not used.');
  end if;
  insert into public.api_keys (id, agent_id, name, prefix, key_hash, scopes, payment_limit_micros, expires_at)
  values (v_key.resource_id, p_agent_id, p_name, p_prefix, p_key_hash, p_scopes, private.micros(p_payment_limit), p_expires_at);
  perform private.write_audit('api_key.create', v_key.resource_id::text, jsonb_build_object('agent', p_agent_id, 'scopes', p_scopes));
  -- The answer is kept without the key: it is shown once.
  update public.idempotency_keys k set response_status = 201, response_body = convert_to(v_key.resource_id::text, 'UTF8')
  where k.resource_id = v_key.resource_id;
  return query select v_key.resource_id, false;
end
$$;
comment on function app.create_api_key is 'A person: stores the hash of a key of an agent of theirs.';
grant execute on function app.create_api_key to authenticated;

create or replace function app.save_contact(p_name text, p_address text, p_domain text) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  v_domain text := lower(nullif(p_domain, ''));
  v_contact public.contacts;
begin
  -- The name of one must not be what another is called by, also not by its id.
  if exists (select from public.contacts c where c.owner_id = private.account_id() and c.id::text = lower(p_name)) then
    perform private.refuse('name_taken', 'Another of your contacts has this name.');
  end if;
  select * into v_contact from public.contacts c where c.owner_id = private.account_id() and lower(c.name) = lower(p_name);
  if found and (v_contact.address, v_contact.domain) is distinct from (p_address, v_domain) then
    perform private.refuse('name_taken', 'Another of your contacts has this name.');
  elsif found then
    return v_contact.id;
  end if;
  if v_domain is not null and exists (select from public.contacts c
    where c.owner_id = private.account_id() and c.address = p_address and c.domain is not null) then
    perform private.refuse('domain_taken', 'Another of your contacts has this address, with a domain already.');
  end if;
  insert into public.contacts (owner_id, name, address, domain) values (private.account_id(), p_name, p_address, v_domain)
  returning * into v_contact;
  perform private.write_audit('contact.save', v_contact.id::text, jsonb_build_object('address', p_address, 'domain', v_domain));
  return v_contact.id;
end
$$;
comment on function app.save_contact is
  'A person: saves whom they pay by name, and the domain that guards may know them by. Saving the very same twice is saving it once.';

create index contacts_owner on public.contacts (owner_id, created_at desc, id desc);
create index api_keys_newest on public.api_keys (agent_id, created_at desc, id desc);
create index wallets_newest on public.wallets (wallet_set_id, created_at desc, id desc);

-- Who does not name anybody exactly is asked whom they mean. Nobody is ever guessed.
create or replace function private.resolve_recipient(p_recipient text, p_network public.network) returns text
language plpgsql stable set search_path = ''
as $$
declare
  v_address text;
  v_names text[];
begin
  if p_recipient ~* '^0x[0-9a-f]{40}$' then
    return lower(p_recipient);
  end if;
  if p_recipient like '@%' then
    select w.address into v_address from public.handles h join public.wallets w on w.id = h.wallet_id
    where h.handle = lower(substr(p_recipient, 2)) and w.network = p_network;
  else
    select c.address into v_address from public.contacts c
    where c.owner_id = private.owner_id() and (lower(c.name) = lower(p_recipient) or c.id::text = p_recipient);
    if v_address is null then
      select array_agg(c.name order by c.name) into v_names from public.contacts c
      where c.owner_id = private.owner_id() and starts_with(lower(c.name), lower(p_recipient) || ' ');
      if v_names is not null then
        perform private.refuse('ambiguous_recipient',
          format('No contact is called exactly that. Say which one you mean: %s.', array_to_string(v_names[1:5], ', ')));
      end if;
    end if;
  end if;
  if v_address is null then
    perform private.refuse('unknown_recipient', 'Nobody is known by that name on this network. Give an address, a saved contact or a handle.');
  end if;
  return v_address;
end
$$;
