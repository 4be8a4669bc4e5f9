import type { IntentDetail, IntentStatus, IntentTransfer } from '#lib/intents/schema.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 10, minute)).toISOString()

/** A payment of 10 USDC by Ada that took this way; each status a minute after the one before. */
export function intentThat(way: IntentStatus[], rest: Partial<IntentDetail> = {}): IntentDetail {
  const status = way.at(-1) ?? 'proposed'
  const ended = ['denied', 'cancelled', 'expired', 'failed', 'settled', 'refunded'].includes(status)
  return {
    id: '0197a4c4-0c3f-7d21-8f6e-5a4b3c2d1e0f',
    status,
    walletId: '0197a4c4-0c3f-7d21-8f6e-5a4b3c2d1e01',
    agentId: '0197a4c4-0c3f-7d21-8f6e-5a4b3c2d1e02',
    agentName: 'Ada',
    network: 'base',
    chain: 'eip155:8453',
    asset: 'USDC',
    amount: '10.00',
    recipient: 'Merchant',
    recipientAddress: '0x90F79bf6EB2c4f870365E785982E1f101E93b906',
    purpose: 'Hosting in November',
    intentHash: '0'.repeat(64),
    guardResults: [],
    reason: null,
    approval: null,
    executeAfter: at(0),
    expiresAt: at(24 * 60),
    createdAt: at(0),
    finalizedAt: ended ? at(way.length) : null,
    events: ['proposed' as const, ...way].map((to, index, all) => ({
      from: all[index - 1] ?? null,
      to,
      at: at(index),
      actor: index === 0 ? 'agent' : 'worker',
    })),
    transfers: [],
    receiptId: null,
    ...rest,
  }
}

/** Its transfer by Circle. */
export function transferOf(intent: IntentDetail, rest: Partial<IntentTransfer> = {}): IntentTransfer {
  return {
    kind: 'circle_transfer',
    network: intent.network,
    hash: `0x${'4d'.repeat(32)}`,
    from: '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65',
    to: intent.recipientAddress,
    asset: intent.asset,
    amount: intent.amount,
    status: 'sent',
    confirmations: 1,
    required: 12,
    explorerUrl: null,
    createdAt: at(3),
    ...rest,
  }
}
