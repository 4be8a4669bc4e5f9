import { publicRead, readPreflight } from '#lib/http/public-read.ts'
import { readRateStats } from '#lib/rates/read.ts'
import type { RateStatsInput } from '#lib/rates/schema.ts'

export const runtime = 'edge'

export const GET = publicRead('rates', async (input: RateStatsInput) => ({
  body: await readRateStats({ input }),
  seconds: 60,
}))
export const OPTIONS = readPreflight
