-- Chapter 2: the words of the trade, so that a bad value cannot be written down.

create domain public.asset as text
  constraint asset_is_known check (value in ('MUSD', 'USDC'));
comment on domain public.asset is 'A stablecoin that Causeway handles.';

create domain public.network as text
  constraint network_is_known check (value in ('mezo', 'mezo-testnet', 'base', 'base-sepolia', 'ethereum'));
comment on domain public.network is 'An EVM network by its Causeway name; lib/rails/chain/networks.ts has its CAIP-2 id.';

create domain public.token_amount as numeric(78, 0)
  constraint token_amount_is_not_negative check (value >= 0);
comment on domain public.token_amount is 'An amount in a token''s base units; the asset stands beside it.';

create domain public.fiat_currency as text
  constraint fiat_currency_is_known check (value in ('USD', 'EUR'));
comment on domain public.fiat_currency is 'A currency that cards pay in here. Amounts beside it are in its minor units.';

create domain public.evm_address as text
  constraint evm_address_is_lower_case_hex check (value ~ '^0x[0-9a-f]{40}$')
  constraint evm_address_is_not_zero check (value <> '0x0000000000000000000000000000000000000000');
comment on domain public.evm_address is 'An EVM address in lower case, so that two spellings of one address are equal.';

create domain public.evm_hash as text
  constraint evm_hash_is_lower_case_hex check (value ~ '^0x[0-9a-f]{64}$');
comment on domain public.evm_hash is 'A transaction or block hash in lower case.';

-- Decimals of each asset, as pinned in lib/rails/chain/tokens.ts and checked on chain at start-up.
create function private.decimals_of(p_asset public.asset) returns integer
language sql immutable set search_path = ''
return case p_asset when 'MUSD' then 18 when 'USDC' then 6 end;
comment on function private.decimals_of is 'Decimals of an asset''s base unit, the same on every network.';
