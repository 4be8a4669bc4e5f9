import { publicRead, readPreflight } from '#lib/http/public-read.ts'
import { readRateForecast } from '#lib/rates/read.ts'
import type { PairInput } from '#lib/rates/schema.ts'

export const runtime = 'edge'

export const GET = publicRead('rates', async (input: PairInput) => ({
  body: await readRateForecast({ input }),
  seconds: 60,
}))
export const OPTIONS = readPreflight
