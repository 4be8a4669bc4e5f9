import { lookAt, type Part } from '#lib/health/part.ts'
import type { Network } from '#lib/money/assets.ts'
import { onrampOffers } from '#lib/onramp/offers.ts'
import { health } from '#lib/rails/chain/health.ts'
import { circleNetworks } from '#lib/rails/circle/networks.ts'

/** Every network that something is sold on, or paid on, or where agents have wallets, once each. */
function networksInUse(): Network[] {
  const offered = onrampOffers().flatMap(({ network, settlementNetwork }) => [network, settlementNetwork])
  return [...new Set([...offered, ...circleNetworks().keys()])]
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
