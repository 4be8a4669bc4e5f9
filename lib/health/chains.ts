import { lookAt, type Part } from '#lib/health/part.ts'
import type { Network } from '#lib/money/assets.ts'
import { onrampOffers } from '#lib/onramp/offers.ts'
import { health } from '#lib/rails/chain/health.ts'

/** Every network that something is sold on, or paid on, once each. */
function networksInUse(): Network[] {
  return [...new Set(onrampOffers().flatMap(({ network, settlementNetwork }) => [network, settlementNetwork]))]
}

/** Whether each network in use has a node that follows its chain, and how fresh its head is. */
export async function lookAtChains(): Promise<Part[]> {
  return await Promise.all(
    networksInUse().map((network) =>
      lookAt(`chain:${network}`, async () => {
        const { ok, detail: summary, ill, head } = await health(network)
        const status = ok ? (ill > 0 ? 'degraded' : 'ok') : 'down'
        return { status, summary, detail: { head: head?.number ?? null, ageSeconds: head?.ageSeconds ?? null } }
      }),
    ),
  )
}
