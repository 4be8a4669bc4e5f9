import { ask, reasonOf } from '#scripts/doctor/ask.ts'
import { type Check, fail, ok, skip, type Verdict, warn } from '#scripts/doctor/check.ts'

/** Signatures are good for 300 seconds in both directions; a clock that is off by this much will soon refuse them. */
const failSeconds = 120
const warnSeconds = 10

/** This machine's clock and the database's against Stripe's: the one dates webhooks, the other quotes. */
export const clock: Check = {
  name: 'clock',
  needs: ['STRIPE_SECRET_KEY'],
  look: async ({ values, sql }): Promise<Verdict> => {
    const base = values.STRIPE_API_URL ?? 'https://api.stripe.com'
    const before = Date.now()
    const answer = await ask(base).catch(reasonOf)
    if (typeof answer === 'string' || answer.date === null) return skip('not asked: Stripe told no time')
    const between = (before + Date.now()) / 2
    const theirs = Date.parse(answer.date)
    const clocks = [{ whose: "this machine's clock", off: Math.round((between - theirs) / 1000) }]
    if (values.DATABASE_URL) {
      const [row] = await sql()`select extract(epoch from clock_timestamp())::float8 * 1000 as now`.catch(() => [])
      // The time since Stripe's answer passes on both clocks alike.
      if (row)
        clocks.push({
          whose: "the database's clock",
          off: Math.round((row.now - theirs - (Date.now() - between)) / 1000),
        })
    }
    const worst = clocks.toSorted((a, b) => Math.abs(b.off) - Math.abs(a.off))[0] ?? { whose: '', off: 0 }
    const seen = `${worst.whose} is ${Math.abs(worst.off)} s ${worst.off > 0 ? 'ahead of' : 'behind'} Stripe's`
    const step = `Let ${worst.whose} be set by NTP.`
    if (Math.abs(worst.off) >= failSeconds) return fail(`${seen}; webhooks are refused past 300 s`, step)
    if (Math.abs(worst.off) >= warnSeconds) return warn(seen, step)
    return ok(`within ${Math.max(1, Math.abs(worst.off))} s of Stripe's`)
  },
}
