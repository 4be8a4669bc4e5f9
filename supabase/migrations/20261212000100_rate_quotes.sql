-- Chapter 80: quotes of a rate. The markup belongs to the quote: no price has one in it until somebody asks what an amount costs.

create function private.quoted_price(p_raw numeric, p_markup_absolute numeric, p_markup_basis_points integer) returns public.exact_decimal
language sql immutable set search_path = ''
return p_raw * (10000 + p_markup_basis_points) * 0.0001 + p_markup_absolute;
comment on function private.quoted_price is
  'A raw price with its markup: the basis points on the price, then what is added to each unit. Exact: nothing is rounded.';

create function private.priced(p_tick public.rate_ticks, p_now timestamptz) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return jsonb_build_object(
    'at', private.instant(p_tick.observed_at),
    'ageSeconds', greatest(0, floor(extract(epoch from p_now - p_tick.observed_at)))::integer,
    'sources', to_jsonb(p_tick.sources),
    'spreadBasisPoints', p_tick.spread_basis_points);
end
$$;
comment on function private.priced is 'What is told of the tick that a quote stands on.';

create function private.marked_up(p_tick public.rate_ticks) returns jsonb
language sql stable set search_path = ''
begin atomic
  select jsonb_build_object(
    'raw', trim_scale(p_tick.price)::text,
    'markup', jsonb_build_object('absolute', trim_scale(p.markup_absolute)::text, 'basisPoints', p.markup_basis_points),
    'price', trim_scale(private.quoted_price(p_tick.price, p.markup_absolute, p.markup_basis_points))::text)
  from public.rate_policies p where p.asset = p_tick.asset and p.currency = p_tick.currency;
end;
comment on function private.marked_up is 'A tick''s raw price, what a quote adds to it now, and the price that comes of both.';

create function public.rate_quote(p_base text, p_quote text, p_amount text) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  v_now constant timestamptz := date_trunc('milliseconds', now());
  v_tick public.rate_ticks;
  v_amount numeric;
  v_priced jsonb;
  v_price numeric;
begin
  if p_amount is null or p_amount !~ '^(0|[1-9][0-9]{0,11})(\.[0-9]{1,18})?$' or p_amount::numeric = 0 then
    raise exception 'The amount is a decimal number in a text, such as 0.25, and more than nothing.'
      using errcode = 'CWINV', detail = 'invalid_amount';
  end if;
  v_amount := p_amount::numeric;
  v_tick := private.fresh_tick(p_base, p_quote);
  v_priced := private.marked_up(v_tick);
  v_price := (v_priced ->> 'price')::numeric;
  return v_priced || jsonb_build_object(
    'base', p_base, 'quote', p_quote,
    'amount', trim_scale(v_amount)::text,
    'markup', (v_priced -> 'markup') || jsonb_build_object('perUnit', trim_scale(v_price - v_tick.price)::text),
    'fees', '[]'::jsonb,
    -- Rounded up to the currency's smallest unit, which is a hundredth in each of them.
    'total', round(ceil(v_amount * v_price * 100) * 0.01, 2)::text,
    'tick', private.priced(v_tick, v_now),
    'expiresAt', private.instant(v_now + interval '60 seconds'));
end
$$;
comment on function public.rate_quote is
  'Anyone: what an amount of an asset costs now, with the markup. Raises CWRAT where there is no fresh price.';
grant execute on function public.rate_quote, private.fresh_tick, private.rate_freshness, private.is_far, private.quoted_price, private.priced, private.marked_up
  to anon, authenticated;
