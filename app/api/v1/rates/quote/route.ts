import { publicRead, readPreflight } from '#lib/http/public-read.ts'
import { readRateQuote } from '#lib/rates/read.ts'
import type { RateQuoteInput } from '#lib/rates/schema.ts'

export const runtime = 'edge'

export const GET = publicRead('rates', async (input: RateQuoteInput) => {
  const quote = await readRateQuote({ input })
  // It belongs to nobody, so a few seconds of it may be shared; the rest of its minute is the asker's.
  return { body: quote, seconds: 5, until: quote.expiresAt }
})
export const OPTIONS = readPreflight
