-- Chapter 98: the rates desk. What an operator decides about prices: what a quote adds, how far a price may move at once, and
-- that a price which was held is the price.

create function app.set_rate_policy(
  p_asset public.rate_asset, p_currency public.rate_currency, p_markup_absolute numeric, p_markup_basis_points integer, p_jump_basis_points integer
) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_old public.rate_policies;
  v_price numeric;
begin
  perform private.require_operator();
  if p_markup_absolute is null or p_markup_absolute < 0 or scale(p_markup_absolute) > 8 then
    perform private.refuse('invalid_field', 'The markup on each unit is nothing or more, with at most eight decimals.');
  elsif p_markup_basis_points is null or p_markup_basis_points not between 0 and 1000 then
    perform private.refuse('invalid_field', 'The markup in basis points is a whole number from 0 to 1000.');
  elsif p_jump_basis_points is null or p_jump_basis_points not between 10 and 5000 then
    perform private.refuse('invalid_field', 'A price may move between 10 and 5000 basis points before it is held.');
  end if;
  select * into strict v_old from public.rate_policies p where p.asset = p_asset and p.currency = p_currency for update;
  select t.price into v_price from public.rate_ticks t where t.asset = p_asset and t.currency = p_currency order by t.at desc limit 1;
  -- Rupees that were meant for a bitcoin would double the price of a stablecoin.
  if p_markup_absolute * 10 > v_price then
    perform private.refuse('invalid_field', format('%s %s is more than a tenth of what one %s costs, which is %s.',
      p_markup_absolute, p_currency, p_asset, v_price));
  end if;
  if (v_old.markup_absolute, v_old.markup_basis_points, v_old.jump_basis_points)
    = (p_markup_absolute, p_markup_basis_points, p_jump_basis_points) then
    return;
  end if;
  update public.rate_policies p set markup_absolute = trim_scale(p_markup_absolute), markup_basis_points = p_markup_basis_points,
    jump_basis_points = p_jump_basis_points, changed_at = clock_timestamp()
  where p.asset = p_asset and p.currency = p_currency;
  perform private.write_audit('rates.set_policy', p_asset || '/' || p_currency, jsonb_build_object(
    'from', jsonb_build_object('markupAbsolute', v_old.markup_absolute::text, 'markupBasisPoints', v_old.markup_basis_points,
      'jumpBasisPoints', v_old.jump_basis_points),
    'to', jsonb_build_object('markupAbsolute', trim_scale(p_markup_absolute)::text, 'markupBasisPoints', p_markup_basis_points,
      'jumpBasisPoints', p_jump_basis_points)));
end
$$;
comment on function app.set_rate_policy is
  'Operator: what a quote of this pair adds to the price from now on, and how far its price may move at once. Quotes that were given stand as they are.';

create function app.accept_held_rate(p_source text, p_asset public.rate_asset, p_currency public.rate_currency, p_at timestamptz, p_note text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_reading public.rate_readings;
begin
  perform private.require_operator();
  if p_note is null or length(trim(p_note)) not between 10 and 500 then
    perform private.refuse('invalid_field', 'Say in ten to five hundred characters how you know that this is the price.');
  end if;
  -- In the order in which the feed takes them.
  perform from public.rate_policies p where p.asset = p_asset and p.currency = p_currency for update;
  select * into v_reading from public.rate_readings r
  where r.source = p_source and r.asset = p_asset and r.currency = p_currency and r.at = p_at and r.held_because is not null;
  if not found then
    raise exception 'No such price is held.' using errcode = 'CWNTF';
  end if;
  insert into public.rate_ticks (asset, currency, at, price, spread_basis_points, sources, observed_at, origin)
  values (v_reading.asset, v_reading.currency, v_reading.at, v_reading.price, 0, array[v_reading.source], v_reading.observed_at, 'feed')
  on conflict on constraint rate_ticks_pkey do nothing;
  if not found then
    raise exception 'These ten minutes have a price already, and it stands.' using errcode = 'CWSTA';
  end if;
  perform private.roll_up_rates(v_reading.asset, v_reading.currency, v_reading.at, v_reading.at);
  perform private.write_audit('rates.accept', p_asset || '/' || p_currency, jsonb_build_object('source', v_reading.source,
    'at', v_reading.at, 'price', v_reading.price::text, 'heldBecause', v_reading.held_because, 'note', trim(p_note)));
end
$$;
comment on function app.accept_held_rate is
  'Operator: a price that was held is the price of its ten minutes after all, if they have none. What comes after is measured by it. The note is kept.';

grant execute on function app.set_rate_policy, app.accept_held_rate to authenticated;
