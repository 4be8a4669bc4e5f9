import type { ApiKey } from '#lib/api-keys/schema.ts'

/** Whether a key still holds. The database decides; this only says what it would. */
export function keyState({ revokedAt, expiresAt }: Pick<ApiKey, 'revokedAt' | 'expiresAt'>, now = Date.now()) {
  if (revokedAt) return 'revoked'
  return expiresAt && Date.parse(expiresAt) <= now ? 'expired' : 'holds'
}
