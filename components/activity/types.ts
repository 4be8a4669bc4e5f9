/** What a list shows of an onramp session. */
export type ActivityItem = {
  id: string
  status: string
  walletAddress: string
  asset: string
  network: string
  quote: { totalAmount: string; sourceCurrency: string; destinationAmount: string }
  deliveredAmount: string | null
  receiptUrl: string | null
  createdAt: string
}

const ended = new Set(['delivered', 'expired', 'rejected', 'settled_by_hand'])

/** Whether a session may still change by itself. */
export function isMoving(item: { status: string }): boolean {
  return !ended.has(item.status)
}
