import type { Route } from 'next'
import Link from 'next/link'
import { AgentBadge } from '#components/agents/agent-badge.tsx'
import { networkName } from '#components/onramp/network-name.ts'
import { Card } from '#components/ui/card.tsx'
import { BalanceFigures } from '#components/wallets/balance-figures.tsx'
import type { Agent } from '#lib/agents/schema.ts'

/** An agent at a glance; all of it leads to its page. */
export function AgentCard({ agent }: { agent: Agent }) {
  return (
    <Card className="relative flex h-full min-w-0 flex-col gap-4 p-5 transition-colors hover:border-edge">
      <div className="flex items-start justify-between gap-3">
        <h2 className="min-w-0 text-base break-words">
          <Link
            href={`/agents/${agent.id}` as Route}
            prefetch={false}
            className="rounded-sm after:absolute after:inset-0 after:rounded-md focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-tide"
          >
            {agent.name}
          </Link>
        </h2>
        <AgentBadge agent={agent} />
      </div>
      {agent.wallets.map((wallet) => (
        <div key={wallet.id} className="mt-auto">
          <BalanceFigures balances={wallet.balances} />
          <p className="mt-1 text-sm text-ink-3">
            {networkName(wallet.network)}
            {wallet.address && (
              <span className="font-mono">
                {' '}
                · {wallet.address.slice(0, 6)}…{wallet.address.slice(-4)}
              </span>
            )}
          </p>
        </div>
      ))}
    </Card>
  )
}
