import { publicRead, readPreflight } from '#lib/http/public-read.ts'
import { readCurrentRate } from '#lib/rates/read.ts'
import type { PairInput } from '#lib/rates/schema.ts'

export const runtime = 'edge'

export const GET = publicRead('rates', async (input: PairInput) => {
  const rate = await readCurrentRate({ input })
  // Nobody is told by a cache that an old price is fresh; a stale one is asked about again soon.
  return rate.stale ? { body: rate, seconds: 5 } : { body: rate, seconds: 15, until: rate.freshUntil }
})
export const OPTIONS = readPreflight
