import type { ReactNode } from 'react'
import { Section } from '#components/account/section.tsx'
import { networkCoin, networkName } from '#components/onramp/network-name.ts'
import { Notice } from '#components/ui/notice.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { BalanceFigures } from '#components/wallets/balance-figures.tsx'
import { Receive } from '#components/wallets/receive.tsx'
import type { Wallet } from '#lib/wallets/schema.ts'

type AgentWalletProps = {
  wallet: Wallet
  agentName: string
  /** What gives money for trying out, where there is such a thing. */
  testFunds?: ReactNode
  /** What has the balance read now. */
  readBalance?: ReactNode
}

/** A wallet of an agent: what it can spend, and how to put money in. */
export function AgentWallet({ wallet, agentName, testFunds, readBalance }: AgentWalletProps) {
  const network = networkName(wallet.network)
  return (
    <Section title="Balance" lead={`On ${network}, kept at Circle.`} action={wallet.address && readBalance}>
      <div className="px-5 pb-5">
        <BalanceFigures balances={wallet.balances} large />
      </div>
      <h3 className="border-line border-t px-5 pt-4 pb-3 text-sm font-medium">Put money in</h3>
      {wallet.address && wallet.explorerUrl ? (
        <Receive
          address={wallet.address}
          name={agentName}
          network={network}
          assets={wallet.balances.map(({ asset }) => asset)}
          coin={networkCoin(wallet.network)}
          explorer={wallet.explorerUrl}
        >
          {testFunds}
        </Receive>
      ) : (
        <div className="flex flex-col gap-4 px-5 pb-5 sm:flex-row" aria-busy="true">
          <Skeleton className="size-40 shrink-0 rounded-md" />
          <Notice title="Circle is making the wallet" className="flex-1 self-start">
            This takes a few seconds. Its address appears here.
          </Notice>
        </div>
      )}
    </Section>
  )
}
