import { randomUUID } from 'node:crypto'
import { proposeIntent } from '#lib/intents/propose.ts'
import type { IntentStatus } from '#lib/intents/schema.ts'

// A process of its own that proposes the payments it is told of, all at once, and answers how each ended.

export type Proposals = { apiKey: string; walletId: string; recipient: string; amount: string; count: number }
export type Outcomes = (IntentStatus | string)[]

process.on('disconnect', () => process.exit(0))
process.on('message', async ({ apiKey, walletId, recipient, amount, count }: Proposals) => {
  const request = { walletId, recipient, amount, asset: 'USDC' as const, purpose: 'one of many' }
  const proposed = await Promise.allSettled(
    Array.from({ length: count }, () => proposeIntent({ role: 'agent', apiKey }, request, randomUUID())),
  )
  process.send?.(
    proposed.map((each) =>
      each.status === 'fulfilled' ? each.value.intent.status : String(each.reason),
    ) satisfies Outcomes,
  )
})
process.send?.('ready')
