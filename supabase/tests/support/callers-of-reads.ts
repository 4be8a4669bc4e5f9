const predicate = 'anon authenticated'

/** Every function that the REST API exposes, and who may call it. */
export const callersOfReads: Record<string, string> = {
  'public.current_rate': predicate,
  'public.onramp_terms': 'anon authenticated',
  'public.rate_forecast': predicate,
  'public.rate_history': predicate,
  'public.rate_pairs': predicate,
  'public.rate_quote': 'anon authenticated',
  'public.rate_statistics': predicate,
}
