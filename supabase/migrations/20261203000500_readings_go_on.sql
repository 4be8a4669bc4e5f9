-- A reading that was given up, or waits for hours after failures, does not stand in the way of the next.

create function private.is_read_soon(p_wallet_id uuid) returns boolean
language sql stable set search_path = ''
as $$
  select exists (select from graphile_worker.jobs j where j.key = 'read_wallet:' || p_wallet_id
    and j.attempts < j.max_attempts and (j.locked_at is not null or j.run_at < now() + interval '5 minutes'))
$$;
comment on function private.is_read_soon is 'Whether the balance of a wallet is about to be read on chain.';

create or replace function app.reread_wallets(p_spread_seconds integer) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  v_id uuid;
  v_count integer := 0;
begin
  for v_id in select w.id from public.wallets w where w.kind = 'circle' and w.address is not null loop
    continue when private.is_read_soon(v_id);
    perform private.read_wallet_soon(v_id, random() * p_spread_seconds * interval '1 second');
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

create or replace function app.reread_wallet(p_wallet_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  if not exists (select from public.wallets w where w.id = p_wallet_id and w.kind = 'circle' and w.address is not null
    and w.wallet_set_id = private.wallet_set_id() and (private.acting_role() <> 'agent' or w.agent_id = private.agent_id())) then
    raise exception 'There is no such wallet.' using errcode = 'CWNTF';
  end if;
  perform private.require_scope('read');
  -- Whoever asks often learns nothing more: a reading that is seconds old stands. One that waits for its turn is brought forward.
  if not exists (select from private.wallet_observations o where o.wallet_id = p_wallet_id and o.observed_at > now() - interval '5 seconds') then
    perform private.read_wallet_soon(p_wallet_id);
  end if;
end
$$;
