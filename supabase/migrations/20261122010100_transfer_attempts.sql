-- Chapter 18: a transfer may be signed again. Every attempt has the same nonce, recipient and amount and a higher fee than the one
-- before, so at most one of them is ever mined; the transfer is followed under whichever that is.

alter table private.signed_transactions
  add column attempt integer not null default 1,
  add column hash public.evm_hash;

-- What was stored so far is each transfer's first attempt. Its hash was known all along, beside it.
alter table private.signed_transactions disable trigger signed_transactions_are_append_only;
update private.signed_transactions s set hash = t.hash from public.transfers t where t.id = s.transfer_id;
alter table private.signed_transactions enable trigger signed_transactions_are_append_only;

alter table private.signed_transactions
  alter column attempt drop default,
  alter column hash set not null,
  drop constraint signed_transactions_pkey,
  add constraint signed_transactions_pkey primary key (transfer_id, attempt),
  add constraint signed_transactions_hash_key unique (hash),
  -- Twenty raises by an eighth are tenfold: whatever is not mined by then has another reason than its fee.
  add constraint signed_transactions_attempts_are_few check (attempt between 1 and 20);
comment on table private.signed_transactions is
  'The bytes of each attempt of a transfer, stored before they are broadcast. Attempts share nonce, recipient and amount; nothing else is ever broadcast.';

-- A place in the treasury's order that nobody takes holds up everything behind it. It is filled by a transfer of nothing to itself.
alter table public.transfers
  alter column session_id drop not null,
  alter column asset drop not null,
  add column failure text,
  add column displaced_by public.evm_hash;
comment on column public.transfers.failure is
  'Why it moved nothing: reverted or mismatch (mined, and not what was meant), nonce_used (another transaction took its place for good), released (never signed, and given up).';
comment on column public.transfers.displaced_by is 'The transaction that was found in its place.';
comment on column public.transfers.hash is 'The newest attempt, or the one that the chain has.';

update public.transfers set failure = case when log_index is null then 'reverted' else 'mismatch' end where status = 'failed';

alter table public.transfers
  drop constraint transfers_kind_is_known,
  add constraint transfers_kind_is_known check (kind in ('stripe_payout', 'treasury_delivery', 'nonce_fill')),
  add constraint transfers_only_a_fill_moves_nothing check (
    (kind = 'nonce_fill') = (session_id is null) and (kind = 'nonce_fill') = (asset is null)),
  add constraint transfers_fill_is_ours_and_empty check (
    kind <> 'nonce_fill'
    or (nonce is not null and from_address is not null and from_address = to_address and amount is null and ledger_transfer_id is null)),
  add constraint transfers_failure_is_known check (failure in ('reverted', 'mismatch', 'nonce_used', 'released')),
  add constraint transfers_failure_iff_failed check ((status = 'failed') = (failure is not null)),
  add constraint transfers_displaced_iff_nonce_used check ((failure is not distinct from 'nonce_used') = (displaced_by is not null)),
  add constraint transfers_released_only_unsigned check (failure is distinct from 'released' or hash is null),
  drop constraint transfers_hash_known_once_signed,
  add constraint transfers_hash_known_once_signed check (
    status = 'prepared' or hash is not null or (failure is not distinct from 'nonce_used' or failure is not distinct from 'released')),
  drop constraint transfers_block_known_iff_mined,
  add constraint transfers_block_known_iff_mined check (
    (status in ('included', 'confirmed', 'failed') and failure is distinct from 'released') = (block_number is not null and block_hash is not null)),
  drop constraint transfers_final_only_when_buried,
  add constraint transfers_final_only_when_buried check (
    finalized_at is null or confirmations >= required_confirmations or failure is not distinct from 'released'),
  drop constraint transfers_confirmed_by_a_log,
  add constraint transfers_confirmed_by_a_log check (
    status <> 'confirmed' or kind = 'nonce_fill' or (log_index is not null and amount is not null));

-- A nonce that was given up before anything was signed with it is free for the fill.
drop index public.transfers_nonce_once;
create unique index transfers_nonce_once on public.transfers (network, from_address, nonce)
  where nonce is not null and failure is distinct from 'released';

insert into private.transfer_transitions (from_status, to_status) values
  ('prepared', 'failed'), ('signed', 'failed'), ('broadcast', 'failed');
comment on table private.transfer_transitions is
  'A transfer is signed before it is broadcast; a reorg takes an included one back; only a confirmed or failed one is final. It fails unmined where another transaction took its place, or where it was never signed.';

create or replace function private.tg_transfers__guard() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    -- A payout of Stripe's is first heard of when it is already on its way.
    if new.status <> (case new.kind when 'stripe_payout' then 'broadcast' else 'prepared' end) then
      raise exception 'A % does not begin as %.', new.kind, new.status using errcode = 'CWSTA';
    end if;
    return new;
  end if;
  if (new.id, new.kind, new.session_id, new.network, new.asset, new.to_address, new.nonce, new.created_at)
    is distinct from (old.id, old.kind, old.session_id, old.network, old.asset, old.to_address, old.nonce, old.created_at)
    or (old.kind <> 'stripe_payout' and (new.amount, new.from_address) is distinct from (old.amount, old.from_address))
    -- It goes by another hash only while it is open, and only by one of its own attempts.
    or (old.hash is not null and new.hash is distinct from old.hash and (old.finalized_at is not null or not exists (
      select from private.signed_transactions s where s.transfer_id = old.id and s.hash = new.hash))) then
    raise exception 'What a transfer moves is never edited.' using errcode = 'CWSTA';
  end if;
  if new.status is distinct from old.status then
    new.version := old.version + 1;
    new.finalized_at := case when new.status in ('confirmed', 'failed') then clock_timestamp() end;
  end if;
  new.updated_at := clock_timestamp();
  return new;
end
$$;

create policy "operators see what fills a nonce" on public.transfers for select to authenticated
  using (session_id is null and (select private.is_operator()));
