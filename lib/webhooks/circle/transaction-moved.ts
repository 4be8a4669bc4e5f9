import { z } from 'zod'
import { as } from '#lib/db/as.ts'
import type { Handled } from '#lib/webhooks/handled.ts'

const worker = as({ role: 'worker' })
const ignored = (because: string): Handled => ({ outcome: 'ignored', because })

const Outgoing = z.object({ notification: z.object({ id: z.string(), refId: z.string().nullish() }) })

/** A transfer moved at Circle. The notification only names it: the job it queues reads the transfer at Circle and on chain. */
export async function transferMoved(event: unknown): Promise<Handled> {
  const { data } = Outgoing.safeParse(event)
  if (!data) return ignored('It names no transfer.')
  const { id, refId } = data.notification
  const [row] = await worker((sql) => sql`select app.notice_circle_transfer(${id}, ${refId ?? null}) as ours`)
  return row?.ours ? { outcome: 'processed' } : ignored('It names no transfer of ours that is on its way.')
}

const Incoming = z.object({ notification: z.object({ walletId: z.string() }) })

/** Something came into a wallet, says Circle. What the wallet holds is read on chain. */
export async function depositMoved(event: unknown): Promise<Handled> {
  const { data } = Incoming.safeParse(event)
  if (!data) return ignored('It names no wallet.')
  const [row] = await worker((sql) => sql`select app.notice_circle_deposit(${data.notification.walletId}) as ours`)
  return row?.ours ? { outcome: 'processed' } : ignored('It names no wallet of ours.')
}
