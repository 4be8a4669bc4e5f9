import { depositMoved, transferMoved } from '#lib/webhooks/circle/transaction-moved.ts'
import type { Handler } from '#lib/webhooks/handled.ts'

/** Who handles which of Circle's notifications. */
export const handlers: Record<string, Handler> = {
  'transactions.outbound': transferMoved,
  'transactions.inbound': depositMoved,
}
