import { as } from '#lib/db/as.ts'
import { askCircle } from '#lib/intents/ask-circle.ts'
import { readCircleTransfer } from '#lib/intents/circle-transfer.ts'
import { lookAtTransfer } from '#lib/intents/look-at-transfer.ts'
import type { Network } from '#lib/money/assets.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { note } from '#lib/telemetry/context.ts'

type Payload = { intentId: string }

const worker = as({ role: 'worker' })

/**
 * Moves an agent's payment on, from wherever it is: begins it, asks Circle, or looks what became of it. Each step is stored
 * before the next, so it may run twice, at once, and die anywhere: there is one transfer, and a hold ends by its outcome alone.
 */
export async function executeIntent({ intentId }: Payload): Promise<void> {
  note({ intentId })
  const [intent] = await worker((sql) => sql`select network from public.intents where id = ${intentId}`)
  if (!intent) throw new Error(`There is no payment ${intentId}`)
  const { confirmations } = networks[intent.network as Network]
  await worker((sql) => sql`select app.start_intent(${intentId}, ${confirmations})`)
  const transfer = await readCircleTransfer(intentId)
  if (!transfer || transfer.ended) return
  const circleId = transfer.circleId ?? (await askCircle(intentId, transfer))
  if (circleId !== undefined) await lookAtTransfer(intentId, transfer, circleId)
}
