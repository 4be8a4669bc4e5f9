-- Chapter 39: the list of sanctioned addresses, which a screening guard asks. It comes from outside and is taken whole.

create function app.replace_sanctioned_addresses(p_list text, p_addresses text[]) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  v_before bigint := (select count(*) from private.sanctioned_addresses a where a.list = p_list);
begin
  -- A list that lost half of itself was cut off on its way, more likely than not. What is known goes on holding.
  if cardinality(p_addresses) = 0 or cardinality(p_addresses) * 2 < v_before then
    raise exception 'The list % has % addresses and had %. It was not taken.', p_list, cardinality(p_addresses), v_before using errcode = 'CWSTA';
  end if;
  delete from private.sanctioned_addresses a
  where a.list = p_list and not exists (select from unnest(p_addresses) u (address) where u.address = a.address);
  insert into private.sanctioned_addresses (address, list) select u.address, p_list from unnest(p_addresses) u (address)
  on conflict on constraint sanctioned_addresses_pkey do nothing;
  return cardinality(p_addresses);
end
$$;
comment on function app.replace_sanctioned_addresses is
  'Worker: a list of sanctioned addresses as it is now, in place of what was known of it. One that is empty, or lost more than half, is not taken.';

grant execute on function app.replace_sanctioned_addresses to worker;
