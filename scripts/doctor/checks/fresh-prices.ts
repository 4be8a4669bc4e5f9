import { freshMinutes } from '#lib/rates/pairs.ts'
import { type Check, fail, ok } from '#scripts/doctor/check.ts'

/** Whether quotes can be given: each pair has a price that is fresh. */
export const freshPrices: Check = {
  name: 'prices',
  needs: ['DATABASE_URL'],
  look: async ({ asWorker, values }) => {
    const [row] = await asWorker(
      (tx) => tx`
        select count(*)::int as pairs, count(*) filter (where t.observed_at is null)::int as never,
          count(*) filter (where t.observed_at > now() - make_interval(mins => ${freshMinutes}))::int as fresh,
          extract(epoch from now() - min(t.observed_at))::int / 60 as minutes
        from public.rate_policies p left join lateral (
          select t.observed_at from public.rate_ticks t
          where t.asset = p.asset and t.currency = p.currency and t.origin = 'feed' order by t.at desc limit 1) t on true`,
    )
    const { pairs, never, fresh, minutes } = row ?? {}
    if (pairs === fresh) return ok(`${pairs} pairs, all fresh`)
    const step = values.VERCEL
      ? "Look at the runs of /api/cron/rates in Vercel's dashboard, and at the lines above."
      : 'Start the worker, and look at the lines above: it reads them every ten minutes.'
    if (never === pairs) return fail('none was ever read, so no quotes are given', step)
    return fail(`${fresh} of ${pairs} pairs have a fresh price; the oldest is of ${minutes} minutes ago`, step)
  },
}
