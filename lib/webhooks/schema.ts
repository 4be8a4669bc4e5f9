import { z } from 'zod'

export const webhookStatuses = ['received', 'processed', 'ignored', 'failed', 'quarantined'] as const
export type WebhookStatus = (typeof webhookStatuses)[number]

export const ListWebhooksInput = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  status: z.enum(webhookStatuses).optional(),
  search: z.string().max(200).optional(),
})

/** One row of the inbox as an operator sees it. */
export type WebhookEvent = {
  id: string
  source: string
  eventId: string
  type: string
  status: WebhookStatus
  /** `fetched`: nobody delivered it; the reconciliation found it in the sender's list. */
  signature: 'current_key' | 'previous_key' | 'fetched'
  signedAt: string
  receivedAt: string
  deliveries: number
  attempts: number
  /** How many attempts since it came, or was replayed, failed on the event itself. */
  faults: number
  lastAttemptAt: string | null
  /** When it is tried again, while its handling has failed. */
  nextAttemptAt: string | null
  lastError: string | null
  /** Why it concerns nothing here, where it was ignored. */
  ignoredBecause: string | null
  processedAt: string | null
}

export type WebhookEventDetail = WebhookEvent & {
  /** The body as text; bytes that are not UTF-8 are shown as replacement characters. */
  body: string
  bodySha256: string
  history: { from: WebhookStatus | null; to: WebhookStatus; at: string; actor: string }[]
}
