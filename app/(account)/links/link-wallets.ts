import type { LinkWallet } from '#components/links/types.ts'
import { listAgents } from '#lib/agents/list.ts'
import type { PersonActor } from '#lib/auth/actor.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { tokens } from '#lib/rails/chain/tokens.ts'
import { listWallets } from '#lib/wallets/list.ts'

/** The wallets of a person that can be paid into, by the names under which they know them. */
export async function linkWallets(actor: PersonActor): Promise<LinkWallet[]> {
  const [{ wallets }, { agents }] = await Promise.all([
    listWallets(actor, { limit: 100 }),
    listAgents(actor, { limit: 100 }),
  ])
  return wallets.flatMap(({ id, agentId, network, address }) => {
    if (address === null) return []
    const agent = agents.find((each) => each.id === agentId)
    const whose = agent ? agent.name : `Your ${address.slice(0, 6)}…${address.slice(-4)}`
    const assets = tokens.filter((token) => token.network === network).map(({ asset }) => asset)
    return [{ id, name: `${whose}, on ${networks[network].label}`, address, assets }]
  })
}
