-- A repeated request is answered from what was kept, before anybody else is asked anything: Stripe may be away by then.

create function private.check_idempotency_key(p_key public.idempotency_keys, p_request_hash bytea) returns void
language plpgsql stable set search_path = ''
as $$
begin
  if p_key.request_hash <> p_request_hash then
    raise exception 'This idempotency key was used with another body. Make a new key for a new request.' using errcode = 'CWIKR';
  end if;
  if p_key.response_status is null and p_key.locked_at > clock_timestamp() - interval '30 seconds' then
    raise exception 'The first request with this key has not finished. Send the same request again shortly.' using errcode = 'CWIKP';
  end if;
end
$$;
comment on function private.check_idempotency_key is
  'Refuses a key that was used for another request (CWIKR), or whose first request still runs (CWIKP). One that died half-way is taken to run for 30 seconds.';

create or replace function private.claim_idempotency_key(p_endpoint text, p_key text, p_request_hash bytea)
returns public.idempotency_keys
language plpgsql set search_path = ''
as $$
declare
  v_scope text := private.idempotency_scope();
  v_row public.idempotency_keys;
begin
  insert into public.idempotency_keys (scope, endpoint, key, request_hash, resource_id)
  values (v_scope, p_endpoint, p_key, p_request_hash, gen_random_uuid())
  on conflict on constraint idempotency_keys_pkey do nothing
  returning * into v_row;
  if found then
    return v_row;
  end if;

  select * into strict v_row from public.idempotency_keys
  where scope = v_scope and endpoint = p_endpoint and key = p_key
  for update;
  perform private.check_idempotency_key(v_row, p_request_hash);
  update public.idempotency_keys set locked_at = clock_timestamp()
  where scope = v_scope and endpoint = p_endpoint and key = p_key
  returning * into v_row;
  return v_row;
end
$$;

create function app.read_onramp_answer(p_idempotency_key text, p_request_hash bytea) returns bytea
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_row public.idempotency_keys;
begin
  select * into v_row from public.idempotency_keys
  where scope = private.idempotency_scope() and endpoint = 'onramp/sessions' and key = p_idempotency_key;
  if found then
    perform private.check_idempotency_key(v_row, p_request_hash);
  end if;
  return v_row.response_body;
end
$$;
comment on function app.read_onramp_answer is
  'Anyone: the sealed answer that was kept for this request, or null where it has yet to be done. Raises CWIKR and CWIKP, and claims nothing.';
revoke all on function app.read_onramp_answer from public;
grant execute on function app.read_onramp_answer to anon, authenticated;
