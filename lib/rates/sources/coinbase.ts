import { z } from 'zod'
import { type RateAsset, rateCurrencyCodes } from '#lib/rates/pairs.ts'
import { ask } from '#lib/rates/sources/ask.ts'
import { priceOf } from '#lib/rates/sources/exact-json.ts'
import { type Answer, type Source, SourceFailed } from '#lib/rates/sources/source.ts'

const name = 'coinbase'

/** What of ours Coinbase trades. */
const assets = ['BTC', 'ETH', 'USDC'] as const satisfies readonly RateAsset[]

const Rates = z.object({ data: z.object({ currency: z.string(), rates: z.record(z.string(), z.unknown()) }) })

/** What Coinbase says a coin is worth. It tells no time, so that a price is of the moment at which it was read. */
export function coinbaseAt(url: string): Source {
  return {
    name,
    read: async () => {
      const answers = await Promise.all(assets.map((asset) => readOne(url, asset)))
      return {
        readings: answers.flatMap(({ readings }) => readings),
        refused: answers.flatMap(({ refused }) => refused),
      }
    },
  }
}

async function readOne(url: string, asset: RateAsset): Promise<Answer> {
  const body = Rates.safeParse(await ask(`${url}/v2/exchange-rates?currency=${asset}`))
  if (!body.success || body.data.data.currency !== asset)
    throw new SourceFailed('It answers with something else than prices')
  const { rates } = body.data.data
  const answer: Answer = { readings: [], refused: [] }
  for (const currency of rateCurrencyCodes) {
    const found = rates[currency]
    const price = typeof found === 'string' ? priceOf(found) : undefined
    if (price !== undefined) answer.readings.push({ source: name, asset, currency, price, observedAt: new Date() })
    else answer.refused.push({ asset, currency, why: found === undefined ? 'it is missing' : 'it is not a price' })
  }
  return answer
}
