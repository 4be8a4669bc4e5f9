import { z } from 'zod'
import { rateAssetCodes, rateAssets } from '#lib/rates/pairs.ts'
import { ask, reasonOf } from '#scripts/doctor/ask.ts'
import { type Check, fail, ok, warn } from '#scripts/doctor/check.ts'

const Prices = z.record(z.string(), z.looseObject({ usd: z.number().positive() }))

/** CoinGecko answers, takes the key if there is one, and knows each asset whose price is followed. */
export const coingecko: Check = {
  name: 'CoinGecko',
  needs: ['COINGECKO_API_URL'],
  look: async ({ values: { COINGECKO_API_KEY: key }, need }) => {
    const url = need('COINGECKO_API_URL')
    const { host, hostname } = new URL(url)
    const paid = hostname.startsWith('pro-api.')
    const query = new URLSearchParams({
      ids: rateAssetCodes.map((code) => rateAssets[code].coingecko).join(','),
      vs_currencies: 'usd',
    })
    const headers: Record<string, string> = key ? { [paid ? 'x-cg-pro-api-key' : 'x-cg-demo-api-key']: key } : {}
    const answer = await ask(`${url}/simple/price?${query}`, { headers }).catch(reasonOf)
    if (typeof answer === 'string') {
      return fail(`${host}: ${answer}`, 'Look at COINGECKO_API_URL and at what filters outgoing connections here.')
    }
    if (answer.status === 429) {
      return warn(
        'asks us to wait: too many questions came from here',
        key
          ? 'Ask again in a minute. If it stays so, take a larger plan.'
          : 'Set COINGECKO_API_KEY: a demo key is free.',
      )
    }
    if (answer.status === 401 || answer.status === 403) {
      return fail(
        key ? 'refuses the key' : 'wants a key',
        'Copy COINGECKO_API_KEY again. A paid key goes with https://pro-api.coingecko.com/api/v3, a free one with https://api.coingecko.com/api/v3.',
      )
    }
    const prices = Prices.safeParse(answer.json)
    if (answer.status !== 200 || !prices.success) {
      return fail(`${host} answers ${answer.status}, and no prices`, 'Look at COINGECKO_API_URL: it ends in /api/v3.')
    }
    const missing = rateAssetCodes.filter((code) => !(rateAssets[code].coingecko in prices.data))
    if (missing.length > 0) {
      return warn(`has no price of ${missing.join(', ')}`, 'Those are not quoted until it does.')
    }
    return ok(`has prices of ${rateAssetCodes.length} assets; ${key ? 'the key is taken' : 'asked without a key'}`)
  },
}
