import { lookAtChains } from '#lib/health/chains.ts'
import { lookAtDatabase } from '#lib/health/database.ts'
import type { Part } from '#lib/health/part.ts'
import { lookAtCircle, lookAtStripe, lookAtSupabase } from '#lib/health/providers.ts'
import { lookAtQueue } from '#lib/health/queue.ts'
import { lookAtRates } from '#lib/health/rates.ts'
import { lookAtStream } from '#lib/health/stream.ts'
import { lookAtTreasury } from '#lib/health/treasury.ts'

/** Looks at every part at once. It never throws, and takes as long as the slowest: six seconds at the most. */
export async function lookAtEverything(): Promise<Part[]> {
  const parts = await Promise.all([
    lookAtDatabase(),
    lookAtQueue(),
    lookAtChains(),
    lookAtTreasury(),
    lookAtStripe(),
    lookAtSupabase(),
    lookAtCircle(),
    lookAtRates(),
    lookAtStream(),
  ])
  return parts.flat()
}
