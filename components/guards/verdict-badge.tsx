import { Badge, type Tone } from '#components/ui/badge.tsx'
import type { Verdict } from '#lib/guards/schema.ts'

const looks: Record<Verdict, { tone: Tone; words: string }> = {
  approved: { tone: 'arrived', words: 'Goes through' },
  needs_approval: { tone: 'attention', words: 'Asks you' },
  denied: { tone: 'failed', words: 'Refused' },
}

/** What rules make of a payment. */
export function VerdictBadge({ verdict }: { verdict: Verdict }) {
  const { tone, words } = looks[verdict]
  return <Badge tone={tone}>{words}</Badge>
}
