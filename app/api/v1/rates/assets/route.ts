import { publicRead, readPreflight } from '#lib/http/public-read.ts'
import { readRateAssets } from '#lib/rates/read.ts'

export const runtime = 'edge'

export const GET = publicRead('rates', async () => {
  const assets = await readRateAssets()
  const fresh = assets.pairs.flatMap(({ current }) => (current && !current.stale ? [current.freshUntil] : []))
  return { body: assets, seconds: 15, until: fresh.toSorted()[0] }
})
export const OPTIONS = readPreflight
