import { as } from '#lib/db/as.ts'
import type { CircleTransfer } from '#lib/intents/circle-transfer.ts'
import { errorText, log } from '#lib/log.ts'
import { isKeyRefused, outcomeOf, refusalOf, retryAfterOf } from '#lib/rails/circle/errors.ts'
import { circleNetworks } from '#lib/rails/circle/networks.ts'
import { createTransfer, findTransactionByRef } from '#lib/rails/circle/transfers.ts'

const worker = as({ role: 'worker' })

/** Circle's clock may be behind ours. */
const clockSlackMs = 10 * 60_000

/**
 * Asks Circle to make the transfer, or finds the one that it has already. However often it is asked, it is under one key, so
 * there is one transfer. Returns Circle's id of it; undefined when Circle certainly has not got it, or did not say.
 */
export async function askCircle(intentId: string, transfer: CircleTransfer): Promise<string | undefined> {
  const id = (transfer.doubted ? await findAtCircle(transfer) : undefined) ?? (await create(intentId, transfer))
  if (id !== undefined) await worker((sql) => sql`select app.record_circle_transfer(${intentId}, ${id})`)
  return id
}

async function findAtCircle({ id, circleWalletId, createdAt }: CircleTransfer): Promise<string | undefined> {
  const since = new Date(createdAt.getTime() - clockSlackMs)
  return (await findTransactionByRef({ circleWalletId, refId: id, since }))?.id
}

async function create(intentId: string, transfer: CircleTransfer): Promise<string | undefined> {
  const [asked] = await worker((sql) => sql`select app.ask_circle(${intentId}) as may`)
  if (!asked?.may) return undefined
  if (!circleNetworks().has(transfer.network)) {
    await record(intentId, 'unavailable', { code: 'not_served', detail: 'Circle does not serve this network here.' })
    return undefined
  }
  try {
    const { id, network, asset, from, to, amount } = transfer
    return (await createTransfer({ idempotencyKey: id, refId: id, network, asset, from, to, amount })).id
  } catch (error) {
    // What is wrong with our own key is not the payment's fault: it goes on once the key is mended.
    const outcome = isKeyRefused(error) ? 'unavailable' : outcomeOf(error)
    const status = await record(intentId, outcome, refusalOf(error), retryAfterOf(error))
    log.warn('Circle did not take a payment', { intentId, outcome, status, error: errorText(error) })
    return undefined
  }
}

async function record(
  intentId: string,
  outcome: string,
  { code, detail }: { code: string; detail: string },
  retryAfter?: number,
): Promise<string> {
  const [row] = await worker(
    (sql) =>
      sql`select app.record_circle_outcome(${intentId}, ${outcome}, ${code}, ${detail}, ${retryAfter ?? null}) as status`,
  )
  return row?.status
}
