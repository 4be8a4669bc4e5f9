-- Chapter 6: a request that is sent twice is done once.

create table public.idempotency_keys (
  scope text not null,
  endpoint text not null,
  key text not null,
  request_hash bytea not null,
  resource_id uuid not null,
  locked_at timestamptz not null default clock_timestamp(),
  response_status integer,
  response_body bytea,
  created_at timestamptz not null default now(),
  constraint idempotency_keys_pkey primary key (scope, endpoint, key),
  constraint idempotency_keys_key_has_a_length check (length(key) between 1 and 255),
  constraint idempotency_keys_answer_is_whole check ((response_status is null) = (response_body is null)),
  constraint idempotency_keys_never_keep_server_errors check (response_status < 500)
);
comment on table public.idempotency_keys is
  'One row a key, written in the transaction of the business write. The answer is sealed by the app, as it may hold a secret. Nobody reads it over REST.';
create index idempotency_keys_resource on public.idempotency_keys (resource_id);
alter table public.idempotency_keys enable row level security;

-- Who a key belongs to: an account's keys are its own; guests share one scope, told apart by key and body.
create function private.idempotency_scope() returns text
language sql stable set search_path = ''
return coalesce('account:' || private.account_id()::text, 'guest');

-- Claims the key for this request, and says which resource it makes and whether it was answered before.
-- A first request that died half-way is taken over after 30 seconds, with the same resource id.
create function private.claim_idempotency_key(p_endpoint text, p_key text, p_request_hash bytea)
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
  if v_row.request_hash <> p_request_hash then
    raise exception 'This idempotency key was used with another body. Make a new key for a new request.' using errcode = 'CWIKR';
  end if;
  if v_row.response_status is null and v_row.locked_at > clock_timestamp() - interval '30 seconds' then
    raise exception 'The first request with this key has not finished. Send the same request again shortly.' using errcode = 'CWIKP';
  end if;
  update public.idempotency_keys set locked_at = clock_timestamp()
  where scope = v_scope and endpoint = p_endpoint and key = p_key
  returning * into v_row;
  return v_row;
end
$$;
comment on function private.claim_idempotency_key is 'Claims, resumes or replays an idempotency key; raises CWIKR and CWIKP.';

-- Frees a key whose request failed without an answer worth keeping, so that a retry need not wait.
create function app.release_idempotency_key(p_resource_id uuid) returns void
language sql security definer set search_path = ''
begin atomic
  update public.idempotency_keys set locked_at = 'epoch'
  where resource_id = p_resource_id and response_status is null;
end;
comment on function app.release_idempotency_key is 'Worker: lets the same request be sent again at once after an unclear or failed foreign call.';
