import { successRate } from '#components/dashboard/numbers.ts'
import { intentWord } from '#components/intents/intent-words.ts'
import { Card } from '#components/ui/card.tsx'
import type { Dashboard } from '#lib/dashboard/schema.ts'
import type { IntentStatus } from '#lib/intents/schema.ts'

/** What ended without being sent. */
const unsent: IntentStatus[] = ['denied', 'cancelled', 'expired']

/** How the last payments ended: the share that arrived of those that were sent, and what became of the others. */
export function SuccessCard({ outcomes }: { outcomes: Dashboard['outcomes'] }) {
  const rate = successRate(outcomes)
  const others = unsent.filter((status) => outcomes[status])
  return (
    <Card className="p-5">
      <h2 className="text-sm text-ink-2">Arrived</h2>
      <p className="mt-1 text-xl font-semibold tracking-tight tabular-nums">{rate ? `${rate.percent}%` : 'None yet'}</p>
      <p className="text-sm text-ink-2 tabular-nums">
        {rate ? `${rate.arrived} of the last ${rate.sent} that were sent` : 'No payment was sent so far'}
        {outcomes.refunded ? `, of which ${outcomes.refunded} came back` : ''}.
        {others.length > 0 &&
          ` Not sent: ${others.map((status) => `${outcomes[status]} ${intentWord(status).toLowerCase()}`).join(', ')}.`}
      </p>
    </Card>
  )
}
