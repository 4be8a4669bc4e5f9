import type postgres from 'postgres'
import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { pageCursor, readCursor } from '#lib/http/cursor.ts'
import type { IntentStatus } from '#lib/intents/schema.ts'
import type { Asset, Network } from '#lib/money/assets.ts'
import { showAmount } from '#lib/onramp/session.ts'
import { explorerTransactionUrl } from '#lib/rails/chain/rpc.ts'

export const paymentFilters = ['attention', 'moving', 'settled', 'failed'] as const
export type PaymentFilter = (typeof paymentFilters)[number]

const ListPaymentsInput = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  filter: z.enum(paymentFilters).optional(),
  id: z.uuid().optional(),
})

/** A payment that Circle was asked to make. */
export type DeskPayment = {
  id: string
  status: IntentStatus
  reason: string | null
  transferId: string
  transferStatus: string
  attention: string | null
  circleId: string | null
  circleState: string | null
  network: Network
  asset: Asset
  amount: string
  from: string
  to: string
  hash: string | null
  explorerUrl: string | null
  confirmations: number
  required: number
  asks: number
  networkFee: string | null
  agent: string
  createdAt: string
}

/** What is on its way is little beside what has ended, and has an index of its own. */
function where(sql: postgres.TransactionSql, filter: PaymentFilter | undefined): postgres.PendingQuery<postgres.Row[]> {
  switch (filter) {
    case undefined:
      return sql``
    case 'attention':
      return sql`and t.finalized_at is null and i.status = 'unknown'`
    case 'moving':
      return sql`and t.finalized_at is null`
    default:
      return sql`and t.status = ${filter === 'settled' ? 'confirmed' : 'failed'}`
  }
}

function toPayment(row: postgres.Row): DeskPayment {
  return {
    id: row.intent_id,
    status: row.intent_status,
    reason: row.reason,
    transferId: row.id,
    transferStatus: row.status,
    attention: row.attention,
    circleId: row.circle_id,
    circleState: row.circle_state,
    network: row.network,
    asset: row.asset,
    amount: showAmount(row.amount, row.asset, row.network),
    from: row.from_address,
    to: row.to_address,
    hash: row.hash,
    explorerUrl: row.hash && explorerTransactionUrl(row.network, row.hash),
    confirmations: row.confirmations,
    required: row.required_confirmations,
    asks: row.asks,
    networkFee: row.network_fee,
    agent: row.agent,
    createdAt: row.created_at.toISOString(),
  }
}

/** Every payment that Circle was asked to make, newest first. Row-level security shows all of them to operators only. */
export async function listPayments({ actor, ...query }: { actor: Actor } & z.input<typeof ListPaymentsInput>): Promise<{
  items: DeskPayment[]
  nextCursor: string | null
}> {
  const { cursor, limit, filter, id } = ListPaymentsInput.parse(query)
  const after = readCursor(cursor)
  const rows = await as(actor)(
    (
      sql,
    ) => sql`select t.id, t.intent_id, t.status, t.attention, t.circle_id, t.circle_state, t.network, t.asset, t.amount::text,
        t.from_address, t.to_address, t.hash, t.confirmations, t.required_confirmations, t.asks, t.network_fee, t.created_at,
        t.created_at::text as position, i.status as intent_status, i.reason, a.name as agent
      from public.circle_transfers t join public.intents i on i.id = t.intent_id join public.agents a on a.id = i.agent_id
      where true ${where(sql, filter)} ${id ? sql`and t.intent_id = ${id}` : sql``}
        ${after ? sql`and (t.created_at, t.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
      order by t.created_at desc, t.id desc limit ${limit + 1}`,
  )
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { items: rows.slice(0, limit).map(toPayment), nextCursor: last ? pageCursor(last.position, last.id) : null }
}
