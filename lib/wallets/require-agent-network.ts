import { Problem } from '#lib/http/problem.ts'
import type { Network } from '#lib/money/assets.ts'
import { circleNetworks } from '#lib/rails/circle/networks.ts'

/** Refuses a network on which agents get no wallets here, and says on which they do. */
export function requireAgentNetwork(network: Network): void {
  const offered = [...circleNetworks().keys()]
  if (offered.includes(network)) return
  const title = `Agents have no wallets on ${network} here`
  if (offered.length > 0) {
    throw new Problem(422, 'network_without_wallets', title, `They have on ${offered.join(', ')}.`, {
      field: 'network',
    })
  }
  const detail = 'This deployment has no key of Circle’s, which keeps the wallets of agents. Nothing was made.'
  throw new Problem(503, 'circle_not_configured', 'Circle is not configured here', detail)
}
