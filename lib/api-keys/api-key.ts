import type postgres from 'postgres'
import type { ApiKey } from '#lib/api-keys/schema.ts'
import { formatAmount } from '#lib/money/amount.ts'

/** The columns of a key as `k` from which `toApiKey` makes the API's. What the key is cannot be read by anybody. */
export function apiKeyColumns(sql: postgres.TransactionSql): postgres.PendingQuery<postgres.Row[]> {
  return sql`k.id, k.agent_id, k.name, k.prefix, k.scopes, k.payment_limit_micros::text as payment_limit, k.created_at,
    k.expires_at, k.last_used_at, k.revoked_at`
}

const iso = (date: Date | null): string | null => date?.toISOString() ?? null

/** A row of `apiKeyColumns` as the API shows it. */
export function toApiKey(row: postgres.Row): ApiKey {
  return {
    id: row.id,
    agentId: row.agent_id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    paymentLimit:
      row.payment_limit === null ? null : formatAmount(BigInt(row.payment_limit), 6, { minimumDecimals: 2 }),
    createdAt: row.created_at.toISOString(),
    expiresAt: iso(row.expires_at),
    lastUsedAt: iso(row.last_used_at),
    revokedAt: iso(row.revoked_at),
  }
}
