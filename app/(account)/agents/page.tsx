import { Bot } from 'lucide-react'
import type { Metadata } from 'next'
import { fromTheStart } from '#app/(account)/from-the-start.ts'
import { requirePerson } from '#app/(account)/require-person.ts'
import { agentNetworks } from '#app/(account)/wallet-networks.ts'
import { AccountPage } from '#components/account/account-page.tsx'
import { LiveRefresh } from '#components/activity/live-refresh.tsx'
import { Pager } from '#components/activity/pager.tsx'
import { AgentCard } from '#components/agents/agent-card.tsx'
import { CreateAgent } from '#components/agents/create-agent.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { listAgents } from '#lib/agents/list.ts'

export const metadata: Metadata = { title: 'Agents', referrer: 'same-origin', robots: { index: false } }

type AgentsPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function AgentsPage({ searchParams }: AgentsPageProps) {
  const actor = await requirePerson('/agents')
  const { cursor } = await searchParams
  const after = typeof cursor === 'string' ? cursor : undefined
  const { agents, nextCursor } = await fromTheStart('/agents', listAgents(actor, after ? { cursor: after } : {}))
  const networks = agentNetworks()
  const making = agents.some(({ wallets }) => wallets.some(({ address }) => address === null))
  const create = networks.length > 0 ? <CreateAgent networks={networks} /> : undefined
  return (
    <AccountPage
      title="Agents"
      lead="Software that pays for you, each from a wallet of its own and within the guards you set."
      action={agents.length > 0 && create}
    >
      <LiveRefresh seconds={making ? 2 : 15} />
      {networks.length === 0 && (
        <Notice tone="attention" title="Agents cannot be made here yet" className="mb-6">
          This deployment has no key of Circle’s, which keeps their wallets. Whoever runs it can add one.
        </Notice>
      )}
      {agents.length > 0 ? (
        <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {agents.map((agent) => (
            <li key={agent.id} className="min-w-0">
              <AgentCard agent={agent} />
            </li>
          ))}
        </ul>
      ) : (
        <Card>
          <EmptyState icon={Bot} title="No agents yet" action={create}>
            Create one, put a little money in its wallet, and ask it to pay. You decide what it may do without asking.
          </EmptyState>
        </Card>
      )}
      <Pager path="/agents" query={{}} first={after === undefined} nextCursor={nextCursor} />
    </AccountPage>
  )
}
