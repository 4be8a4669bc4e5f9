import { z } from 'zod'
import { ask, reasonOf } from '#scripts/doctor/ask.ts'
import { type Check, fail, ok } from '#scripts/doctor/check.ts'

const Rates = z.object({ data: z.object({ rates: z.looseObject({ USD: z.string().regex(/^\d+(\.\d+)?$/) }) }) })
const step = 'Set COINBASE_API_URL to https://api.coinbase.com, or leave it empty to do without a second source.'

/** The second source, where one is set: without it a price has nothing to be compared with but itself. */
export const coinbase: Check = {
  name: 'Coinbase',
  look: async ({ values: { COINBASE_API_URL: url } }) => {
    if (!url) return ok('is not set: each price is compared with the one before')
    const { host } = new URL(url)
    const answer = await ask(`${url}/v2/exchange-rates?currency=BTC`).catch(reasonOf)
    if (typeof answer === 'string') return fail(`${host}: ${answer}`, step)
    if (answer.status === 200 && Rates.safeParse(answer.json).success) return ok('answers')
    return fail(`${host} answers ${answer.status}, and no prices`, step)
  },
}
