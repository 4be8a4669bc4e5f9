import type postgres from 'postgres'
import { getAddress } from 'viem'
import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { pageCursor, readCursor } from '#lib/http/cursor.ts'
import { sessionStatuses } from '#lib/onramp/schema.ts'
import { showAmount } from '#lib/onramp/session.ts'
import { type SearchTarget, searchTarget } from '#lib/operate/search.ts'

/** `attention`: whatever a person should look at: what waits, what is unclear, what was paid after it had expired. */
export const sessionFilters = ['attention', ...sessionStatuses] as const

export const ListDeskSessionsInput = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  filter: z.enum(sessionFilters).optional(),
  search: z.string().max(200).optional(),
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
  paidAfterExpiry: boolean
  createdAt: string
  updatedAt: string
}

type Sql = postgres.TransactionSql
type Fragment = postgres.PendingQuery<postgres.Row[]>

function whereSearched(sql: Sql, target: SearchTarget | undefined): Fragment {
  switch (target?.kind) {
    case undefined:
      return sql``
    case 'id':
      return sql`and (s.id = ${target.value} or s.id in (select session_id from public.receipts where id = ${target.value}))`
    case 'address':
      return sql`and s.wallet_address = ${target.value}`
    case 'hash':
      return sql`and s.id in (select session_id from public.transfers where hash = ${target.value})`
    case 'stripe':
      return sql`and s.stripe_session_id = ${target.value}`
    case 'receipt':
      return sql`and s.id in (select session_id from public.receipts where number = ${target.value})`
    case 'unreadable':
      return sql`and false`
  }
}

function whereFiltered(sql: Sql, filter: (typeof sessionFilters)[number] | undefined): Fragment {
  if (filter === undefined) return sql``
  if (filter !== 'attention') return sql`and s.status = ${filter}`
  return sql`and (s.status in ('needs_attention', 'unknown') or s.paid_after_expiry_at is not null)`
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
    paidAfterExpiry: row.paid_after_expiry,
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
  const { cursor, limit, filter, search } = ListDeskSessionsInput.parse(query)
  const after = readCursor(cursor)
  const rows = await as(actor)(
    (
      sql,
    ) => sql`select s.id, s.status, s.asset, s.network, s.wallet_address, s.quote ->> 'totalAmount' as total_amount, s.source_currency,
        coalesce(s.delivered_amount, s.quoted_amount)::text as arrives, s.owner_id is not null as owned, s.stripe_session_id,
        s.stripe_status, s.attention_code, s.paid_after_expiry_at is not null as paid_after_expiry, s.created_at, s.updated_at,
        s.created_at::text as position
      from public.onramp_sessions s
      where true ${whereFiltered(sql, filter)} ${whereSearched(sql, searchTarget(search))}
        ${after ? sql`and (s.created_at, s.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
      order by s.created_at desc, s.id desc limit ${limit + 1}`,
  )
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map(toDeskSession),
    nextCursor: last ? pageCursor(last.position, last.id) : null,
  }
}
