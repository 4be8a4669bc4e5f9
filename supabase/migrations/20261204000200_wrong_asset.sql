-- Chapter 37: an asset is paid only where it lives. A name that stands for nothing on that chain would hold money for a payment that no rail can make.

create function private.is_token(p_asset text, p_network text) returns boolean
language sql immutable set search_path = ''
return (p_asset, p_network) in (
  ('MUSD', 'mezo'), ('MUSD', 'mezo-testnet'), ('MUSD', 'ethereum'),
  ('USDC', 'mezo'), ('USDC', 'mezo-testnet'), ('USDC', 'base'), ('USDC', 'base-sepolia'), ('USDC', 'ethereum'));
comment on function private.is_token is 'Whether that asset lives on that network: the pairs of lib/rails/chain/tokens.ts.';

create or replace function private.check_payment(p_wallet_id uuid, p_recipient text, p_amount numeric, p_asset text, p_network text)
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
  if not coalesce(private.is_token(p_asset, v_wallet.network), false) then
    perform private.refuse('wrong_asset', format('There is no %s on %s, where this wallet is.', p_asset, v_wallet.network));
  end if;
  if p_amount is null or p_amount <= 0 or p_amount <> trunc(p_amount) then
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
  if v.recipient_address = '0x0000000000000000000000000000000000000000' then
    perform private.refuse('invalid_address', 'This is the zero address. Nobody holds its key, so whatever is sent to it is lost.');
  end if;
  if exists (select from public.contacts c where c.owner_id = private.owner_id() and c.address <> v.recipient_address
      and left(c.address, 6) = left(v.recipient_address, 6) and right(c.address, 4) = right(v.recipient_address, 4))
    and not exists (select from public.contacts c where c.owner_id = private.owner_id() and c.address = v.recipient_address) then
    perform private.refuse('lookalike_address', 'This address begins and ends like one of the contacts and is another. Compare the whole of it, and save it as a contact if it is meant.');
  end if;
  return v;
end
$$;
