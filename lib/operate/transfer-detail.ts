import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'
import { type Attempt, attemptsOf } from '#lib/operate/attempts.ts'
import { type Job, jobsOf } from '#lib/operate/jobs.ts'
import { type DeskTransfer, listTransfers } from '#lib/operate/list-transfers.ts'
import type { Moment } from '#lib/operate/session-detail.ts'

export type TransferDetail = {
  transfer: DeskTransfer
  failure: string | null
  displacedBy: string | null
  ledgerTransferId: string | null
  attempts: Attempt[]
  timeline: Moment[]
  jobs: Job[]
}

/** A transfer with everything known of it. Throws not_found for anyone who may not see it. */
export async function getTransferDetail({ actor, id }: { actor: Actor; id: string }): Promise<TransferDetail> {
  if (!z.uuid().safeParse(id).success) throw notFound('transfer')
  const {
    items: [transfer],
  } = await listTransfers({ actor, id })
  if (!transfer) throw notFound('transfer')
  const ask = as(actor)
  const [[row], events, attempts, jobs] = await Promise.all([
    ask((sql) => sql`select failure, displaced_by, ledger_transfer_id from public.transfers where id = ${id}`),
    ask(
      (sql) => sql`select from_status, to_status, at, actor from public.transfer_events where transfer_id = ${id}
        order by version`,
    ),
    attemptsOf({ actor, transfers: [transfer] }),
    jobsOf({ actor, keys: [`send:${transfer.id}`, `watch:${transfer.id}`] }),
  ])
  return {
    transfer,
    failure: row?.failure ?? null,
    displacedBy: row?.displaced_by ?? null,
    ledgerTransferId: row?.ledger_transfer_id ?? null,
    attempts: attempts.get(transfer.id) ?? [],
    timeline: events.map(({ from_status, to_status, at, actor: by }) => ({
      what: 'Transfer',
      from: from_status,
      to: to_status,
      at: at.toISOString(),
      actor: by,
    })),
    jobs,
  }
}
