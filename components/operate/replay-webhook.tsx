import { RotateCcw } from 'lucide-react'
import { type ActionResult, ConfirmAction } from '#components/operate/confirm-action.tsx'

type ReplayWebhookProps = { id: string; eventId: string; action: (id: string) => Promise<ActionResult> }

/** Handles a stored webhook again, after a question. */
export function ReplayWebhook({ id, eventId, action }: ReplayWebhookProps) {
  return (
    <ConfirmAction
      id={id}
      action={action}
      icon={<RotateCcw aria-hidden="true" className="size-3.5" />}
      label="Replay"
      title="Replay this webhook?"
      description="Its handler runs again. It reads the object at its source first, so nothing is paid or delivered twice. The audit log keeps your name."
      subject={eventId}
      confirm="Replay the webhook"
      done="The webhook is handled again"
    />
  )
}
