import { Snowflake } from 'lucide-react'
import { Badge } from '#components/ui/badge.tsx'
import type { Agent } from '#lib/agents/schema.ts'

/** Whether an agent may pay. */
export function AgentBadge({ agent }: { agent: Pick<Agent, 'frozenAt' | 'wallets'> }) {
  if (agent.frozenAt) {
    return (
      <Badge tone="attention" icon={Snowflake}>
        Frozen
      </Badge>
    )
  }
  if (agent.wallets.some(({ address }) => address === null)) return <Badge tone="moving">Making its wallet</Badge>
  return <Badge tone="arrived">May pay</Badge>
}
