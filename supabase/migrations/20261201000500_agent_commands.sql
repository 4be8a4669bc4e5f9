-- Chapter 34: what a person does with agents, keys, guards and contacts. Each of these is a person's alone; no agent has any of them.

create function private.own_wallet_set() returns uuid
language plpgsql set search_path = ''
as $$
begin
  insert into public.wallet_sets (owner_id) values (private.account_id())
  on conflict on constraint wallet_sets_one_a_person do nothing;
  perform from public.wallet_sets s where s.owner_id = private.account_id() for update;
  return private.wallet_set_id();
end
$$;
comment on function private.own_wallet_set is 'The wallets of the signed-in person, made when first needed and locked.';

create function private.own_agent(p_agent_id uuid) returns public.agents
language plpgsql set search_path = ''
as $$
declare
  v public.agents;
begin
  perform from public.wallet_sets s where s.id = private.wallet_set_id() for update;
  select * into v from public.agents a where a.id = p_agent_id and a.wallet_set_id = private.wallet_set_id() for update;
  if not found then
    raise exception 'There is no such agent.' using errcode = 'CWNTF';
  end if;
  return v;
end
$$;
comment on function private.own_agent is 'An agent of the signed-in person, locked with all they have. Raises CWNTF for another''s.';

create function app.create_agent(p_idempotency_key text, p_request_hash bytea, p_name text, p_network text)
returns table (agent_id uuid, replayed boolean)
language plpgsql security definer set search_path = ''
as $$
declare
  v_key public.idempotency_keys := private.claim_idempotency_key('agents', p_idempotency_key, p_request_hash);
  v_wallet_set_id uuid;
  v_wallet_id uuid;
begin
  if v_key.response_status is not null then
    return query select v_key.resource_id, true;
    return;
  end if;
  v_wallet_set_id := private.own_wallet_set();
  if (select count(*) from public.agents a where a.wallet_set_id = v_wallet_set_id) >= 20 then
    perform private.refuse('too_many_agents', 'A person has twenty agents at most.');
  end if;
  if exists (select from public.agents a where a.wallet_set_id = v_wallet_set_id and lower(a.name) = lower(p_name)) then
    perform private.refuse('name_taken', 'Another of your agents has this name.');
  end if;
  insert into public.agents (id, wallet_set_id, name) values (v_key.resource_id, v_wallet_set_id, p_name);
  insert into public.wallets (wallet_set_id, agent_id, kind, network) values (v_wallet_set_id, v_key.resource_id, 'circle', p_network)
  returning id into v_wallet_id;
  perform private.add_job('create_agent_wallet', jsonb_build_object('walletId', v_wallet_id), 'create_wallet:' || v_wallet_id);
  perform private.write_audit('agent.create', v_key.resource_id::text, jsonb_build_object('name', p_name));
  update public.idempotency_keys k set response_status = 201, response_body = convert_to(v_key.resource_id::text, 'UTF8')
  where k.resource_id = v_key.resource_id;
  return query select v_key.resource_id, false;
end
$$;
comment on function app.create_agent is 'A person: makes an agent. Its wallet is made at Circle by a job.';

create function app.record_wallet(p_wallet_id uuid, p_circle_wallet_set_id text, p_circle_wallet_id text, p_address text) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  update public.wallet_sets s set circle_wallet_set_id = p_circle_wallet_set_id
  where s.id = (select w.wallet_set_id from public.wallets w where w.id = p_wallet_id) and s.circle_wallet_set_id is null;
  update public.wallets set circle_wallet_id = p_circle_wallet_id, address = p_address where id = p_wallet_id and address is null;
end
$$;
comment on function app.record_wallet is 'Worker: a wallet was made at Circle. The first word stands.';

create function app.add_external_wallet(p_network text, p_address text) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  v_wallet_set_id uuid := private.own_wallet_set();
  v_id uuid;
begin
  insert into public.wallets (wallet_set_id, kind, network, address) values (v_wallet_set_id, 'external', p_network, p_address)
  on conflict (wallet_set_id, network, address) where address is not null do nothing returning id into v_id;
  return coalesce(v_id, (select w.id from public.wallets w
    where w.wallet_set_id = v_wallet_set_id and w.network = p_network and w.address = p_address));
end
$$;
comment on function app.add_external_wallet is 'A person: names a wallet of their own, which they alone sign for. Naming it twice is naming it once.';

create function app.freeze_agent(p_agent_id uuid, p_frozen boolean) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_agent public.agents := private.own_agent(p_agent_id);
  v_intent_id uuid;
begin
  if p_frozen = (v_agent.frozen_at is not null) then
    return;
  end if;
  update public.agents set frozen_at = case when p_frozen then now() end where id = p_agent_id;
  if p_frozen then
    -- What has not begun to move does not begin later either, when nobody thinks of it any more.
    for v_intent_id in
      update public.intents set status = 'cancelled', reason = 'Its agent was frozen before anything moved.'
      where agent_id = p_agent_id and status in ('needs_approval', 'approved') returning id
    loop
      perform private.end_hold(v_intent_id, 'released');
    end loop;
  end if;
  perform private.write_audit(case when p_frozen then 'agent.freeze' else 'agent.thaw' end, p_agent_id::text);
end
$$;
comment on function app.freeze_agent is 'A person: stops an agent, and ends what it had proposed and nothing moved of; or lets it pay again.';

create function app.set_guards(p_agent_id uuid, p_guards jsonb) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  v_wallet_set_id uuid := private.own_wallet_set();
  v_zone text;
  v_version integer;
begin
  if p_agent_id is not null then
    perform private.own_agent(p_agent_id);
  end if;
  if not coalesce(private.are_guards(p_guards), false) then
    perform private.refuse('invalid_guards', 'One of these is no guard as docs/guards.md describes them.');
  end if;
  for v_zone in select g ->> 'zone' from jsonb_array_elements(p_guards) g where g ? 'zone' loop
    if not exists (select from pg_catalog.pg_timezone_names z where z.name = v_zone) then
      perform private.refuse('invalid_guards', format('There is no time zone %s.', v_zone));
    end if;
  end loop;
  select coalesce(max(g.version), 0) + 1 into v_version from public.guard_sets g
  where g.wallet_set_id = v_wallet_set_id and g.agent_id is not distinct from p_agent_id;
  insert into public.guard_sets (wallet_set_id, agent_id, version, guards, actor)
  values (v_wallet_set_id, p_agent_id, v_version, p_guards, private.actor());
  perform private.write_audit('guards.set', coalesce(p_agent_id, v_wallet_set_id)::text, jsonb_build_object('version', v_version));
  return v_version;
end
$$;
comment on function app.set_guards is 'A person: sets all guards of an agent, or of all their wallets (no agent), in place of those before. Returns the version.';

create function app.create_api_key(
  p_agent_id uuid, p_name text, p_prefix text, p_key_hash bytea, p_scopes text[], p_payment_limit text, p_expires_at timestamptz
) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  v_id uuid;
begin
  perform private.own_agent(p_agent_id);
  if p_expires_at <= now() then
    perform private.refuse('invalid_expiry', 'A key cannot expire before it is made.');
  end if;
  insert into public.api_keys (agent_id, name, prefix, key_hash, scopes, payment_limit_micros, expires_at)
  values (p_agent_id, p_name, p_prefix, p_key_hash, p_scopes, private.micros(p_payment_limit), p_expires_at)
  returning id into v_id;
  perform private.write_audit('api_key.create', v_id::text, jsonb_build_object('agent', p_agent_id, 'scopes', p_scopes));
  return v_id;
end
$$;
comment on function app.create_api_key is 'A person: stores the hash of a key of an agent of theirs.';

create function app.revoke_api_key(p_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_agent_id uuid;
begin
  select k.agent_id into v_agent_id from public.api_keys k where k.id = p_id;
  perform private.own_agent(v_agent_id);
  update public.api_keys set revoked_at = now() where id = p_id and revoked_at is null;
  if found then
    perform private.write_audit('api_key.revoke', p_id::text);
  end if;
end
$$;
comment on function app.revoke_api_key is 'A person: ends a key of an agent of theirs, at once and for good.';

create function app.save_contact(p_name text, p_address text) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  v_id uuid;
begin
  if exists (select from public.contacts c where c.owner_id = private.account_id() and lower(c.name) = lower(p_name)) then
    perform private.refuse('name_taken', 'Another of your contacts has this name.');
  end if;
  insert into public.contacts (owner_id, name, address) values (private.account_id(), p_name, p_address) returning id into v_id;
  perform private.write_audit('contact.save', v_id::text, jsonb_build_object('address', p_address));
  return v_id;
end
$$;
comment on function app.save_contact is 'A person: saves whom they pay by name.';

create function app.delete_contact(p_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  delete from public.contacts c where c.id = p_id and c.owner_id = private.account_id();
  if not found then
    raise exception 'There is no such contact.' using errcode = 'CWNTF';
  end if;
  perform private.write_audit('contact.delete', p_id::text);
end
$$;
comment on function app.delete_contact is 'A person: forgets a contact. Payments keep the address they were made to.';

create function app.claim_handle(p_handle text, p_wallet_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  if not exists (select from public.wallets w where w.id = p_wallet_id and w.wallet_set_id = private.wallet_set_id()) then
    raise exception 'There is no such wallet.' using errcode = 'CWNTF';
  end if;
  if exists (select from public.handles h where h.handle = p_handle and h.owner_id <> private.account_id()) then
    perform private.refuse('name_taken', 'Somebody else has this handle.');
  end if;
  insert into public.handles (handle, owner_id, wallet_id) values (p_handle, private.account_id(), p_wallet_id)
  on conflict on constraint handles_one_a_person do update set handle = excluded.handle, wallet_id = excluded.wallet_id;
  perform private.write_audit('handle.claim', p_handle, jsonb_build_object('wallet', p_wallet_id));
end
$$;
comment on function app.claim_handle is 'A person: takes the handle under which others may pay them, and says into which wallet. It replaces the one before.';

create function app.record_wallet_balance(p_wallet_id uuid, p_asset text, p_amount numeric) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_wallet public.ledger_accounts := private.wallet_account('wallet', p_wallet_id, p_asset);
  v_outside public.ledger_accounts := private.wallet_account('wallet_outside', p_wallet_id, p_asset);
  v_difference numeric;
begin
  perform from public.ledger_accounts a where a.id in (v_wallet.id, v_outside.id) order by a.id for update;
  select * into strict v_wallet from public.ledger_accounts where id = v_wallet.id;
  v_difference := p_amount - v_wallet.posted;
  if v_difference > 0 then
    perform private.move_in_ledger('wallet_adjustment', null, v_outside, v_wallet, v_difference, false);
  elsif v_difference < 0 and v_wallet.held = 0 then
    perform private.move_in_ledger('wallet_adjustment', null, v_wallet, v_outside, -v_difference, false);
  end if;
end
$$;
comment on function app.record_wallet_balance is
  'Worker: what a wallet holds by the chain. What came in is booked; what is missing only while nothing of ours is on its way.';

create function app.start_intent(p_id uuid) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  v public.intents;
begin
  perform from public.wallet_sets s where s.id = (select i.wallet_set_id from public.intents i where i.id = p_id) for update;
  select * into strict v from public.intents i where i.id = p_id for update;
  if v.status = 'approved' and v.execute_after <= now() and v.expires_at > now()
    and not exists (select from public.agents a where a.id = v.agent_id and a.frozen_at is not null) then
    update public.intents set status = 'executing' where id = p_id;
    return 'executing';
  end if;
  return v.status;
end
$$;
comment on function app.start_intent is 'Worker: from here on the payment may move, and only its outcome ends it. Nothing starts for a frozen agent. Returns its status.';

create function app.finish_intent(p_id uuid, p_status text, p_reason text) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  v public.intents;
begin
  perform from public.wallet_sets s where s.id = (select i.wallet_set_id from public.intents i where i.id = p_id) for update;
  select * into strict v from public.intents i where i.id = p_id for update;
  if p_status not in ('settled', 'failed', 'unknown') then
    raise exception 'A payment does not end as %.', p_status using errcode = 'CWSTA';
  end if;
  if v.status not in ('executing', 'unknown') or v.status = p_status then
    return v.status;
  end if;
  update public.intents set status = p_status, reason = p_reason where id = p_id;
  if p_status = 'settled' then
    perform private.end_hold(p_id, 'committed');
    insert into private.paid_recipients (wallet_set_id, address) values (v.wallet_set_id, v.recipient_address)
    on conflict on constraint paid_recipients_pkey do nothing;
  elsif p_status = 'failed' then
    perform private.end_hold(p_id, 'released');
  end if;
  return p_status;
end
$$;
comment on function app.finish_intent is 'Worker: settled when its Transfer was read on chain, failed when it certainly never will be; unknown keeps the hold. Returns its status.';

grant execute on function app.create_agent, app.add_external_wallet, app.freeze_agent, app.set_guards, app.create_api_key, app.revoke_api_key,
  app.save_contact, app.delete_contact, app.claim_handle to authenticated;
grant execute on function app.record_wallet, app.record_wallet_balance, app.start_intent, app.finish_intent to worker;
