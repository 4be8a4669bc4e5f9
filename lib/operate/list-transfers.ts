import type postgres from 'postgres'
import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { pageCursor, readCursor } from '#lib/http/cursor.ts'
import type { Transfer } from '#lib/onramp/schema.ts'
import { toPlaces, toTransfer } from '#lib/onramp/session.ts'

export const transferStatuses = ['prepared', 'signed', 'broadcast', 'included', 'confirmed', 'failed'] as const

export const ListTransfersInput = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  status: z.enum(transferStatuses).optional(),
  id: z.uuid().optional(),
  sessionId: z.uuid().optional(),
})

export type DeskTransfer = Omit<Transfer, 'kind' | 'asset'> & {
  id: string
  /** `nonce_fill` moves nothing and belongs to no session: it fills a gap in the treasury's order. */
  kind: Transfer['kind'] | 'nonce_fill'
  asset: Transfer['asset'] | null
  sessionId: string | null
  nonce: string | null
  blockNumber: string | null
}

type Status = (typeof transferStatuses)[number]

/** What is on its way, or failed, is little beside what arrived, and has an index of its own. */
function whereStatus(sql: postgres.TransactionSql, status: Status | undefined): postgres.PendingQuery<postgres.Row[]> {
  if (status === undefined) return sql``
  if (status === 'confirmed') return sql`and t.status = 'confirmed'`
  if (status === 'failed') return sql`and t.status = 'failed'`
  return sql`and t.status = ${status} and t.finalized_at is null`
}

function toDeskTransfer(row: postgres.Row): DeskTransfer {
  const { transfer } = row
  const moves = transfer.kind !== 'nonce_fill'
  return {
    ...(moves ? toTransfer(transfer) : { ...transfer, ...toPlaces(transfer) }),
    id: row.id,
    sessionId: row.session_id,
    nonce: row.nonce,
    blockNumber: row.block_number,
  }
}

/** Every transfer on chain that we sent or watch, newest first. Row-level security shows all of them to operators only. */
export async function listTransfers({
  actor,
  ...query
}: { actor: Actor } & z.input<typeof ListTransfersInput>): Promise<{
  items: DeskTransfer[]
  nextCursor: string | null
}> {
  const { cursor, limit, status, id, sessionId } = ListTransfersInput.parse(query)
  const after = readCursor(cursor)
  const rows = await as(actor)(
    (sql) => sql`select t.id, t.session_id, t.nonce::text, t.block_number::text, t.created_at::text as position,
        jsonb_build_object('kind', t.kind, 'network', t.network, 'hash', t.hash, 'from', t.from_address, 'to', t.to_address,
          'asset', t.asset, 'amount', t.amount::text, 'status', t.status, 'confirmations', t.confirmations,
          'required', t.required_confirmations, 'createdAt', t.created_at) as transfer
      from public.transfers t
      where true ${whereStatus(sql, status)} ${id ? sql`and t.id = ${id}` : sql``}
        ${sessionId ? sql`and t.session_id = ${sessionId}` : sql``}
        ${after ? sql`and (t.created_at, t.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
      order by t.created_at desc, t.id desc limit ${limit + 1}`,
  )
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map(toDeskTransfer),
    nextCursor: last ? pageCursor(last.position, last.id) : null,
  }
}
