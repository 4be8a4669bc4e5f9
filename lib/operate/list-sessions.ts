import type postgres from 'postgres'
import { getAddress } from 'viem'
import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { pageCursor, readCursor } from '#lib/http/cursor.ts'
import { sessionStatuses } from '#lib/onramp/schema.ts'
import { showAmount } from '#lib/onramp/session.ts'

/** `attention`: whatever a person should look at: what waits, what is unclear, what was paid after it had expired and is not settled. */
export const sessionFilters = ['attention', ...sessionStatuses] as const

export const ListDeskSessionsInput = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  filter: z.enum(sessionFilters).optional(),
})

export type DeskSession = {
  id: string
  status: string
  asset: string
  network: string
  walletAddress: string
  totalAmount: string
  sourceCurrency: string
  arrives: string
  owner: 'account' | 'guest'
  stripeSessionId: string | null
  stripeStatus: string | null
  attentionCode: string | null
  /** Stripe took a payment after it had expired: `open` until an operator says that it is settled. */
  paidLate: 'open' | 'settled' | null
  createdAt: string
  updatedAt: string
}

type Sql = postgres.TransactionSql
type Fragment = postgres.PendingQuery<postgres.Row[]>

function whereFiltered(sql: Sql, filter: (typeof sessionFilters)[number] | undefined): Fragment {
  if (filter === undefined) return sql``
  if (filter !== 'attention') return sql`and s.status = ${filter}`
  return sql`and (s.status in ('needs_attention', 'unknown')
    or (s.paid_after_expiry_at is not null and s.paid_after_expiry_settled_at is null))`
}

function toDeskSession(row: postgres.Row): DeskSession {
  return {
    id: row.id,
    status: row.status,
    asset: row.asset,
    network: row.network,
    walletAddress: getAddress(row.wallet_address),
    totalAmount: row.total_amount,
    sourceCurrency: row.source_currency,
    arrives: showAmount(row.arrives, row.asset, row.network),
    owner: row.owned ? 'account' : 'guest',
    stripeSessionId: row.stripe_session_id,
    stripeStatus: row.stripe_status,
    attentionCode: row.attention_code,
    paidLate: row.paid_late,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}

/** Every onramp session, newest first. Row-level security shows all of them to operators only. */
export async function listDeskSessions({
  actor,
  ...query
}: { actor: Actor } & z.input<typeof ListDeskSessionsInput>): Promise<{
  items: DeskSession[]
  nextCursor: string | null
}> {
  const { cursor, limit, filter } = ListDeskSessionsInput.parse(query)
  const after = readCursor(cursor)
  const rows = await as(actor)(
    (
      sql,
    ) => sql`select s.id, s.status, s.asset, s.network, s.wallet_address, s.quote ->> 'totalAmount' as total_amount, s.source_currency,
        coalesce(s.delivered_amount, s.quoted_amount)::text as arrives, s.owner_id is not null as owned, s.stripe_session_id,
        s.stripe_status, s.attention_code, case when s.paid_after_expiry_settled_at is not null then 'settled' when s.paid_after_expiry_at is not null then 'open' end as paid_late, s.created_at, s.updated_at,
        s.created_at::text as position
      from public.onramp_sessions s
      where true ${whereFiltered(sql, filter)}
        ${after ? sql`and (s.created_at, s.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
      order by s.created_at desc, s.id desc limit ${limit + 1}`,
  )
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map(toDeskSession),
    nextCursor: last ? pageCursor(last.position, last.id) : null,
  }
}
