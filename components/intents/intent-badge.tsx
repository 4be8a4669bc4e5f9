import { intentTone, intentWord } from '#components/intents/intent-words.ts'
import { Badge } from '#components/ui/badge.tsx'
import type { IntentStatus } from '#lib/intents/schema.ts'

/** A payment's status as colour, icon and word. */
export function IntentBadge({ status }: { status: IntentStatus }) {
  return <Badge tone={intentTone(status)}>{intentWord(status)}</Badge>
}
