-- Chapter 38: a name is taken once also when two ask for it at the same moment; the second is told so.

create or replace function app.save_contact(p_name text, p_address text, p_domain text) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  v_domain text := lower(nullif(p_domain, ''));
  v_contact public.contacts;
begin
  -- One after the other: the lock is that of everything the person has.
  perform private.own_wallet_set();
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

create or replace function app.claim_handle(p_handle text, p_wallet_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  if not exists (select from public.wallets w where w.id = p_wallet_id and w.wallet_set_id = private.wallet_set_id()) then
    raise exception 'There is no such wallet.' using errcode = 'CWNTF';
  end if;
  insert into public.handles (handle, owner_id, wallet_id) values (p_handle, private.account_id(), p_wallet_id)
  on conflict on constraint handles_one_a_person do update set handle = excluded.handle, wallet_id = excluded.wallet_id;
  perform private.write_audit('handle.claim', p_handle, jsonb_build_object('wallet', p_wallet_id));
exception when unique_violation then
  perform private.refuse('name_taken', 'Somebody else has this handle.');
end
$$;
