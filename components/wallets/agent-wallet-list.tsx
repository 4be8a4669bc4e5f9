import type { Route } from 'next'
import Link from 'next/link'
import { AgentBadge } from '#components/agents/agent-badge.tsx'
import { networkName } from '#components/onramp/network-name.ts'
import { CopyAddress } from '#components/ui/copy-address.tsx'
import { BalanceFigures } from '#components/wallets/balance-figures.tsx'
import type { Agent } from '#lib/agents/schema.ts'

/** The wallets that agents pay from, with what each can still spend. */
export function AgentWalletList({ agents }: { agents: Agent[] }) {
  if (agents.length === 0) {
    return (
      <p className="px-5 pb-5 text-sm text-ink-2">
        None yet. Each agent you{' '}
        <Link href={'/agents' as Route} className="rounded-sm underline underline-offset-4">
          create
        </Link>{' '}
        gets one.
      </p>
    )
  }
  return (
    <ul className="divide-y divide-line border-line border-t">
      {agents.flatMap((agent) =>
        agent.wallets.map((wallet) => (
          <li key={wallet.id} className="px-5 py-4">
            <div className="mb-1 flex flex-wrap items-center justify-between gap-2">
              <Link
                href={`/agents/${agent.id}` as Route}
                prefetch={false}
                className="min-w-0 rounded-sm text-sm font-medium break-words underline-offset-4 hover:underline"
              >
                {agent.name}
              </Link>
              <AgentBadge agent={agent} />
            </div>
            <BalanceFigures balances={wallet.balances} />
            <p className="mt-1 flex flex-wrap items-center gap-x-3 text-sm text-ink-3">
              {networkName(wallet.network)}
              {wallet.address && (
                <CopyAddress value={wallet.address} label={`Address of ${agent.name}`} href={wallet.explorerUrl} />
              )}
            </p>
          </li>
        )),
      )}
    </ul>
  )
}
