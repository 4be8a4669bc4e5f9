import { Badge, type Tone } from '#components/ui/badge.tsx'

const looks: Record<string, [tone: Tone, word: string]> = {
  created: ['waiting', 'Being set up'],
  awaiting_payment: ['waiting', 'Awaiting payment'],
  processing: ['moving', 'Payment processing'],
  funded: ['moving', 'Funds received'],
  delivering: ['moving', 'Delivering'],
  delivered: ['arrived', 'Delivered'],
  expired: ['failed', 'Expired'],
  rejected: ['failed', 'Refused'],
  settled_by_hand: ['waiting', 'Settled by hand'],
  unknown: ['attention', 'Being checked'],
  needs_attention: ['attention', 'Needs attention'],
  attention: ['attention', 'To look at'],
}

/** The word for a session's status, as every list says it. */
export function sessionWord(status: string): string {
  return looks[status]?.[1] ?? status
}

/** A session's status as colour, icon and word. */
export function SessionBadge({ status }: { status: string }) {
  return <Badge tone={looks[status]?.[0] ?? 'waiting'}>{sessionWord(status)}</Badge>
}
