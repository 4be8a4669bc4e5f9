import { Clock, RefreshCw } from 'lucide-react'
import { Badge, type Tone } from '#components/ui/badge.tsx'

const jobLooks: Record<string, [tone: Tone, word: string]> = {
  failed: ['failed', 'Failed for good'],
  retrying: ['attention', 'Tried again'],
  due: ['waiting', 'Due'],
  running: ['moving', 'Running'],
  waiting: ['waiting', 'Waiting'],
  replaced: ['waiting', 'Replaced'],
}

/** The word for a job's state. */
export function jobWord(state: string): string {
  return jobLooks[state]?.[1] ?? state
}

/** How it stands with a job. */
export function JobBadge({ state }: { state: string }) {
  const [tone, word] = jobLooks[state] ?? ['waiting', state]
  const icon = state === 'waiting' ? Clock : state === 'retrying' ? RefreshCw : undefined
  return (
    <Badge tone={tone} {...(icon ? { icon } : {})}>
      {word}
    </Badge>
  )
}

const healthLooks: Record<string, [tone: Tone, word: string]> = {
  ok: ['arrived', 'Well'],
  degraded: ['attention', 'To look at'],
  down: ['failed', 'Down'],
}

/** How a part was when it was last looked at. */
export function HealthBadge({ status }: { status: string }) {
  const [tone, word] = healthLooks[status] ?? ['waiting', status]
  return <Badge tone={tone}>{word}</Badge>
}
