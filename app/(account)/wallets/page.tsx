import type { Metadata } from 'next'
import { requirePerson } from '#app/(account)/require-person.ts'
import { ownNetworks, tokenAddresses } from '#app/(account)/wallet-networks.ts'
import { AccountPage } from '#components/account/account-page.tsx'
import { Section } from '#components/account/section.tsx'
import { LiveRefresh } from '#components/activity/live-refresh.tsx'
import { AddWallet } from '#components/wallets/add-wallet.tsx'
import { AgentWalletList } from '#components/wallets/agent-wallet-list.tsx'
import { OwnWalletList } from '#components/wallets/own-wallet-list.tsx'
import { listAgents } from '#lib/agents/list.ts'
import { listWallets } from '#lib/wallets/list.ts'

export const metadata: Metadata = { title: 'Wallets', referrer: 'same-origin', robots: { index: false } }

export default async function WalletsPage() {
  const actor = await requirePerson('/wallets')
  const [{ agents }, { wallets }] = await Promise.all([
    listAgents(actor, { limit: 100 }),
    listWallets(actor, { kind: 'external', limit: 100 }),
  ])
  return (
    <AccountPage title="Wallets" lead="Where your money is: with your agents, and in wallets only you can sign for.">
      <LiveRefresh seconds={15} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Section title="Your agents’ wallets" lead="Made and signed for by Circle, within the guards you set.">
          <AgentWalletList agents={agents} />
        </Section>
        <Section
          title="Wallets of your own"
          lead="Their keys stay with you: every payment from them waits for your signature."
        >
          <OwnWalletList wallets={wallets} />
          <div className="border-line border-t px-5 py-4">
            <AddWallet networks={ownNetworks()} tokenAddresses={tokenAddresses} />
          </div>
        </Section>
      </div>
    </AccountPage>
  )
}
