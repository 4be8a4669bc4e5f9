-- Chapter 112: what guards passes, their orders and their codes, and who sees which.

create trigger pass_order_events_are_append_only before update or delete on public.pass_order_events
  for each row execute function private.tg__append_only();
create trigger pass_order_events_are_never_truncated before truncate on public.pass_order_events
  for each statement execute function private.tg__append_only();
create trigger pass_events_are_append_only before update or delete on public.pass_events
  for each row execute function private.tg__append_only();
create trigger pass_events_are_never_truncated before truncate on public.pass_events
  for each statement execute function private.tg__append_only();

-- Of somebody who deletes their account the rows stay, and belong to nobody.
create function private.tg_pass_orders__guard() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'created' then
      raise exception 'A pass order begins as created.' using errcode = 'CWSTA';
    end if;
    return new;
  end if;
  if (new.id, new.rail, new.currency, new.amount_minor, new.network, new.asset, new.amount, new.recipient, new.payer, new.created_at)
    is distinct from
     (old.id, old.rail, old.currency, old.amount_minor, old.network, old.asset, old.amount, old.recipient, old.payer, old.created_at)
    or (new.owner_id is not null and new.owner_id is distinct from old.owner_id) then
    raise exception 'What a pass order asks for is never edited.' using errcode = 'CWSTA';
  end if;
  if old.paid_at is not null and (new.hash, new.log_index, new.stripe_payment_intent)
    is distinct from (old.hash, old.log_index, old.stripe_payment_intent) then
    raise exception 'What paid a pass order is never edited.' using errcode = 'CWSTA';
  end if;
  if new.status is distinct from old.status then
    new.version := old.version + 1;
    new.paid_at := case when new.status in ('paid', 'refunded', 'disputed') then coalesce(old.paid_at, clock_timestamp()) end;
  end if;
  new.updated_at := clock_timestamp();
  return new;
end
$$;

create function private.tg_pass_orders__write_event() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.pass_order_events (order_id, version, from_status, to_status, actor)
  values (new.id, new.version, case when tg_op = 'UPDATE' then old.status end, new.status, private.actor());
  return null;
end
$$;

create function private.tg_passes__guard() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'active' then
      raise exception 'A pass begins as active.' using errcode = 'CWSTA';
    end if;
    return new;
  end if;
  if (new.id, new.order_id, new.code_id, new.granted_at, new.expires_at) is distinct from
     (old.id, old.order_id, old.code_id, old.granted_at, old.expires_at)
    or (new.owner_id is not null and new.owner_id is distinct from old.owner_id) then
    raise exception 'Where a pass came from, whose it is and how long it holds are never edited.' using errcode = 'CWSTA';
  end if;
  if new.status is distinct from old.status then
    new.version := old.version + 1;
  end if;
  new.updated_at := clock_timestamp();
  return new;
end
$$;

create function private.tg_passes__write_event() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.pass_events (pass_id, version, from_status, to_status, actor)
  values (new.id, new.version, case when tg_op = 'UPDATE' then old.status end, new.status, private.actor());
  return null;
end
$$;

create function private.tg_invite_codes__guard() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if (new.id, new.hash, new.sealed, new.pass_id, new.max_uses, new.expires_at, new.note, new.created_at) is distinct from
     (old.id, old.hash, old.sealed, old.pass_id, old.max_uses, old.expires_at, old.note, old.created_at)
    or (new.owner_id is not null and new.owner_id is distinct from old.owner_id)
    or (new.issued_by is not null and new.issued_by is distinct from old.issued_by) then
    raise exception 'What a code is, and how often it lets somebody in, is never edited.' using errcode = 'CWSTA';
  end if;
  if new.uses < old.uses or (old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at) then
    raise exception 'A use of a code and its revocation are never taken back.' using errcode = 'CWSTA';
  end if;
  return new;
end
$$;

create function private.tg_code_redemptions__guard() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if (new.id, new.code_id, new.pass_id, new.redeemed_at) is distinct from (old.id, old.code_id, old.pass_id, old.redeemed_at)
    or new.account_id is not null then
    raise exception 'Who came in by which code is never edited.' using errcode = 'CWSTA';
  end if;
  return new;
end
$$;

create trigger pass_orders_guard before insert or update on public.pass_orders
  for each row execute function private.tg_pass_orders__guard();
create trigger pass_orders_write_first_event after insert on public.pass_orders
  for each row execute function private.tg_pass_orders__write_event();
create trigger pass_orders_write_event after update of status on public.pass_orders
  for each row when (old.status is distinct from new.status) execute function private.tg_pass_orders__write_event();
create trigger pass_orders_are_kept before delete on public.pass_orders
  for each row execute function private.tg__append_only();
create trigger pass_orders_are_never_truncated before truncate on public.pass_orders
  for each statement execute function private.tg__append_only();
create trigger passes_guard before insert or update on public.passes
  for each row execute function private.tg_passes__guard();
create trigger passes_write_first_event after insert on public.passes
  for each row execute function private.tg_passes__write_event();
create trigger passes_write_event after update of status on public.passes
  for each row when (old.status is distinct from new.status) execute function private.tg_passes__write_event();
create trigger passes_are_kept before delete on public.passes
  for each row execute function private.tg__append_only();
create trigger passes_are_never_truncated before truncate on public.passes
  for each statement execute function private.tg__append_only();
create trigger invite_codes_guard before update on public.invite_codes
  for each row execute function private.tg_invite_codes__guard();
create trigger invite_codes_are_kept before delete on public.invite_codes
  for each row execute function private.tg__append_only();
create trigger invite_codes_are_never_truncated before truncate on public.invite_codes
  for each statement execute function private.tg__append_only();
create trigger code_redemptions_guard before update on public.code_redemptions
  for each row execute function private.tg_code_redemptions__guard();
create trigger code_redemptions_are_kept before delete on public.code_redemptions
  for each row execute function private.tg__append_only();
create trigger code_redemptions_are_never_truncated before truncate on public.code_redemptions
  for each statement execute function private.tg__append_only();

-- Held until the transaction ends: what a person buys and redeems at the same time goes one after the other.
create function private.lock_passes(p_account_id uuid) returns void
language sql set search_path = ''
begin atomic
  select pg_advisory_xact_lock(hashtextextended('passes:' || p_account_id, 0));
end;
comment on function private.lock_passes is 'Lets one transaction at a time change which passes a person has. Taken after an order is locked, and before a code is.';

create function private.grant_pass(p_order_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v public.pass_orders;
  v_until timestamptz;
begin
  select * into strict v from public.pass_orders o where o.id = p_order_id;
  if v.status <> 'paid' or v.owner_id is null then
    return;
  end if;
  perform private.lock_passes(v.owner_id);
  -- Whoever has a pass already gets one that ends as much later.
  select greatest(max(p.expires_at), now()) into v_until from public.passes p where p.owner_id = v.owner_id and p.status = 'active';
  insert into public.passes (owner_id, order_id, expires_at)
  select v.owner_id, v.id, v_until + t.valid_for from private.pass_terms t
  on conflict on constraint passes_one_an_order do nothing;
end
$$;
comment on function private.grant_pass is 'Gives the buyer of a paid order their pass: one an order, however often it is asked for.';

-- Whoever marks an order as paid, refunded or disputed has done all there is to do.
create function private.tg_pass_orders__settle_pass() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if new.status = 'paid' then
    update public.passes p set status = 'active' where p.order_id = new.id and p.status = 'revoked';
    perform private.grant_pass(new.id);
  else
    update public.passes p set status = 'revoked' where p.order_id = new.id and p.status = 'active';
  end if;
  return null;
end
$$;
create trigger pass_orders_settle_pass after update of status on public.pass_orders
  for each row when (old.status is distinct from new.status and new.status in ('paid', 'refunded', 'disputed'))
  execute function private.tg_pass_orders__settle_pass();

grant select on public.profiles, public.pass_orders, public.pass_order_events, public.passes, public.pass_events, public.code_redemptions
  to authenticated;
-- The hash and what is sealed are nobody's to read: a code's owner is shown it by the app.
grant select (id, owner_id, pass_id, issued_by, note, max_uses, uses, expires_at, revoked_at, created_at) on public.invite_codes to authenticated;
create policy "people see their own profile, operators all" on public.profiles for select to authenticated
  using (account_id = (select private.account_id()) or (select private.is_operator()));
create policy "people see their own pass orders, operators all" on public.pass_orders for select to authenticated
  using (owner_id = (select private.account_id()) or (select private.is_operator()));
create policy "people see what became of their pass orders, operators all" on public.pass_order_events for select to authenticated
  using (exists (select from public.pass_orders o where o.id = order_id));
create policy "people see their own passes, operators all" on public.passes for select to authenticated
  using (owner_id = (select private.account_id()) or (select private.is_operator()));
create policy "people see what became of their passes, operators all" on public.pass_events for select to authenticated
  using (exists (select from public.passes p where p.id = pass_id));
create policy "people see their own codes, operators all" on public.invite_codes for select to authenticated
  using (owner_id = (select private.account_id()) or (select private.is_operator()));
create policy "people see by which codes they came and who came by theirs" on public.code_redemptions for select to authenticated
  using (account_id = (select private.account_id()) or exists (select from public.invite_codes c where c.id = code_id));
