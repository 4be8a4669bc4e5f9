import { publicRead, readPreflight } from '#lib/http/public-read.ts'
import { readRateHistory } from '#lib/rates/read.ts'
import type { RateHistoryInput } from '#lib/rates/schema.ts'

export const runtime = 'edge'

export const GET = publicRead('rates', async (input: RateHistoryInput) => ({
  body: await readRateHistory({ input }),
  seconds: 60,
}))
export const OPTIONS = readPreflight
