-- What a link brings into an agent's wallet can be spent at once: the balance is read when the payment is final, not five minutes later.

create function private.tg_watched_transfers__read_wallet() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.read_wallet_soon(w.id, interval '1 second') from public.wallets w
  where w.wallet_set_id = new.wallet_set_id and w.network = new.network and w.address = new.to_address and w.kind = 'circle';
  return null;
end
$$;
create trigger watched_transfers_read_wallet after update of status on public.watched_transfers
  for each row when (new.status = 'confirmed' and new.intent_id is null) execute function private.tg_watched_transfers__read_wallet();
