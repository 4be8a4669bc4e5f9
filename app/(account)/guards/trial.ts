import type { TrialWallet } from '#components/guards/simulator.tsx'
import type { Agent } from '#lib/agents/schema.ts'
import type { PersonActor } from '#lib/auth/actor.ts'
import { listContacts } from '#lib/contacts/list.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { tokens } from '#lib/rails/chain/tokens.ts'

/** The wallets that a payment can be tried from: those that have an address, by whose they are and where. */
export function trialWallets(owners: Pick<Agent, 'name' | 'wallets'>[]): TrialWallet[] {
  return owners.flatMap(({ name, wallets }) =>
    wallets
      .filter(({ address }) => address !== null)
      .map(({ id, network, kind, address }) => ({
        id,
        label: `${name}, ${networks[network].name}${kind === 'external' ? `, ${address?.slice(0, 6)}…${address?.slice(-4)}` : ''}`,
        assets: tokens.filter((token) => token.network === network).map(({ asset }) => asset),
      })),
  )
}

/** The names that a payment can be tried with. */
export async function trialContacts(actor: PersonActor): Promise<string[]> {
  const { contacts } = await listContacts(actor, { limit: 100 })
  return contacts.map(({ name }) => name)
}
