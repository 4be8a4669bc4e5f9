import { Badge, type Tone } from '#components/ui/badge.tsx'

const webhookLooks: Record<string, [tone: Tone, word: string]> = {
  received: ['moving', 'Received'],
  processed: ['arrived', 'Processed'],
  ignored: ['waiting', 'Ignored'],
  failed: ['attention', 'Tried again'],
  quarantined: ['failed', 'Quarantined'],
}

/** The word for a webhook's status. */
export function webhookWord(status: string): string {
  return webhookLooks[status]?.[1] ?? status
}

/** How the handling of a webhook ended. */
export function WebhookBadge({ status }: { status: string }) {
  const [tone, word] = webhookLooks[status] ?? ['waiting', status]
  return <Badge tone={tone}>{word}</Badge>
}

const transferLooks: Record<string, [tone: Tone, word: string]> = {
  prepared: ['waiting', 'Prepared'],
  signed: ['waiting', 'Signed'],
  broadcast: ['moving', 'Broadcast'],
  included: ['moving', 'Included'],
  confirmed: ['arrived', 'Confirmed'],
  failed: ['failed', 'Failed'],
}

/** The word for a transfer's status. */
export function transferWord(status: string): string {
  return transferLooks[status]?.[1] ?? status
}

/** How far a transfer is on its chain. */
export function TransferBadge({ status }: { status: string }) {
  const [tone, word] = transferLooks[status] ?? ['waiting', status]
  return <Badge tone={tone}>{word}</Badge>
}

const circleLooks: Record<string, [tone: Tone, word: string]> = {
  prepared: ['waiting', 'Not asked'],
  unclear: ['attention', 'No clear answer'],
  submitted: ['moving', 'Taken'],
  sent: ['moving', 'Sent'],
  stuck: ['attention', 'Stuck'],
  confirmed: ['arrived', 'Confirmed'],
  failed: ['failed', 'Failed'],
}

/** How far a transfer is that Circle was asked to make. */
export function CircleTransferBadge({ status }: { status: string }) {
  const [tone, word] = circleLooks[status] ?? ['waiting', status]
  return <Badge tone={tone}>{word}</Badge>
}

const ledgerLooks: Record<string, [tone: Tone, word: string]> = {
  pending: ['moving', 'Held'],
  posted: ['arrived', 'Posted'],
  voided: ['failed', 'Voided'],
}

/** Whether a ledger movement is held, posted or voided. */
export function LedgerBadge({ status }: { status: string }) {
  const [tone, word] = ledgerLooks[status] ?? ['waiting', status]
  return <Badge tone={tone}>{word}</Badge>
}
