import type { TrialWallet } from '#components/guards/simulator.tsx'
import { networkName } from '#components/onramp/network-name.ts'
import type { Agent } from '#lib/agents/schema.ts'
import type { PersonActor } from '#lib/auth/actor.ts'
import { listContacts } from '#lib/contacts/list.ts'
import type { Network } from '#lib/money/assets.ts'
import { tokens } from '#lib/rails/chain/tokens.ts'
import type { Balance } from '#lib/wallets/schema.ts'

/** The wallets that a payment can be tried from: those that have an address, by whose they are and where. */
export function trialWallets(owners: Pick<Agent, 'name' | 'wallets'>[]): TrialWallet[] {
  return owners.flatMap(({ name, wallets }) =>
    wallets
      .filter(({ address }) => address !== null)
      .map(({ id, network, kind, address, balances }) => ({
        id,
        label: `${name}, ${networkName(network)}${kind === 'external' ? `, ${address?.slice(0, 6)}…${address?.slice(-4)}` : ''}`,
        assets: assetsOf(network, balances),
      })),
  )
}

/** The assets of a network, first those that the wallet has something of. */
function assetsOf(network: Network, balances: Balance[]): string[] {
  const has = (asset: string) => balances.some((each) => each.asset === asset && Number(each.balance) > 0)
  return tokens
    .filter((token) => token.network === network)
    .map(({ asset }) => asset)
    .sort((a, b) => Number(has(b)) - Number(has(a)))
}

/** The names that a payment can be tried with. */
export async function trialContacts(actor: PersonActor): Promise<string[]> {
  const { contacts } = await listContacts(actor, { limit: 100 })
  return contacts.map(({ name }) => name)
}
