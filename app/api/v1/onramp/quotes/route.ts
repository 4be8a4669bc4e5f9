import { clientIp } from '#lib/http/client-ip.ts'
import { parseInput } from '#lib/http/parse.ts'
import { limitRateHere } from '#lib/http/rate-limit/limit-rate-here.ts'
import { jsonResponse, route } from '#lib/http/route.ts'
import { quoteOnramp } from '#lib/onramp/quote.ts'
import { QuoteInput } from '#lib/onramp/schema.ts'
import { readTermsOverRest } from '#lib/onramp/terms.ts'

export const runtime = 'edge'

export const GET = route(async (request) => {
  await limitRateHere('quotes', clientIp(request))
  const input = parseInput(QuoteInput, Object.fromEntries(new URL(request.url).searchParams))
  // A quote belongs to nobody, so a few seconds of it may be shared; the rest of its minute is the buyer's.
  return jsonResponse(await quoteOnramp({ input, readTerms: readTermsOverRest }), 200, {
    'cache-control': 'public, max-age=0, s-maxage=5',
  })
})
