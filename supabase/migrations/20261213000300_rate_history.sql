-- Chapter 86: a history is made as the text that it is sent as. Nine thousand points as jsonb took three times as long.

drop function public.rate_history(public.rate_asset, public.rate_currency, timestamptz, timestamptz, text);

create function public.rate_history(
  p_base public.rate_asset, p_quote public.rate_currency, p_from timestamptz, p_to timestamptz, p_interval text
) returns json
language plpgsql stable set search_path = '' as $$
declare
  -- In hours: a day that the clock is changed on has as many as any other.
  v_step interval := case p_interval when '10m' then '10 minutes' when '1h' then '1 hour' when '1d' then '24 hours' end;
  v_usual interval := case p_interval when '10m' then '24 hours' when '1h' then '720 hours' when '1d' then '8760 hours' end;
  v_from timestamptz;
  v_to timestamptz;
  -- As private.instant() has it, which would be called for each point.
  v_form constant text := 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"';
  v_points json;
begin
  if v_step is null then
    raise exception 'The interval is one of 10m, 1h, 1d.' using errcode = 'CWINV', detail = 'invalid_field';
  end if;
  if not isfinite(coalesce(p_from, now())) or not isfinite(coalesce(p_to, now())) then
    raise exception 'A history has a beginning and an end.' using errcode = 'CWINV', detail = 'invalid_field';
  end if;
  -- Rounded up to the end of the interval that it falls in.
  v_to := date_bin(v_step, coalesce(p_to, now()) + v_step - interval '1 microsecond', timestamptz 'epoch');
  v_from := date_bin(v_step, coalesce(p_from, v_to - v_usual), timestamptz 'epoch');
  if v_from >= v_to then
    raise exception '''to'' has to be later than ''from''.' using errcode = 'CWINV', detail = 'invalid_field';
  end if;
  if extract(epoch from v_to - v_from) > 9000 * extract(epoch from v_step) then
    raise exception 'One answer has at most 9000 points: ask for less time, or for a longer interval.' using errcode = 'CWINV', detail = 'invalid_field';
  end if;
  if p_interval = '10m' then
    select json_agg(json_build_object('at', to_char(t.at at time zone 'UTC', v_form), 'price', trim_scale(t.price)::text) order by t.at) into v_points
    from public.rate_ticks t
    where t.asset = p_base and t.currency = p_quote and t.at >= v_from and t.at < v_to;
  elsif p_interval = '1h' then
    select json_agg(json_build_object('at', to_char(h.at at time zone 'UTC', v_form), 'price', trim_scale(h.close)::text) order by h.at) into v_points
    from public.rate_hours h
    where h.asset = p_base and h.currency = p_quote and h.at >= v_from and h.at < v_to;
  else
    select json_agg(json_build_object('at', to_char(d.at at time zone 'UTC', v_form), 'price', trim_scale(d.close)::text) order by d.at) into v_points
    from public.rate_days d
    where d.asset = p_base and d.currency = p_quote and d.at >= v_from and d.at < v_to;
  end if;
  if v_points is null then
    return null;
  end if;
  return json_build_object('base', p_base, 'quote', p_quote, 'interval', p_interval,
    'from', private.instant(v_from), 'to', private.instant(v_to), 'points', v_points);
end
$$;
comment on function public.rate_history is 'Anybody: the last price of each interval from one moment up to another, oldest first; null where there is none.';
grant execute on function public.rate_history to anon, authenticated;
