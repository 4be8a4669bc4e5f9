import { sign } from 'hono/jwt'
import type { Sql } from 'postgres'

export type TokenContext = { sql: Sql; secret: string; issuer: string }

export const TOKEN_SECONDS = 3600

type Row = {
  email: string | null
  phone: string | null
  app_metadata: Record<string, unknown>
  user_metadata: Record<string, unknown>
  is_anonymous: boolean
  method: string | null
  since: number
}

/**
 * Signs an access token with every claim Supabase Auth puts there. `method` is how the session was opened; it is
 * remembered with the session, because a refreshed token has to repeat it.
 */
export async function accessToken(
  { sql, secret, issuer }: TokenContext,
  { userId, sessionId, method }: { userId: string; sessionId: string; method?: string },
): Promise<{ token: string; expiresAt: number; isAnonymous: boolean }> {
  if (method) await sql`update auth.sessions set tag = coalesce(tag, ${method}) where id = ${sessionId}`
  const [row] = await sql<Row[]>`
    select u.email, u.phone, u.raw_app_meta_data as app_metadata, u.raw_user_meta_data as user_metadata, u.is_anonymous,
      s.tag as method, extract(epoch from s.created_at)::int as since
    from auth.sessions s join auth.users u on u.id = s.user_id
    where s.id = ${sessionId} and u.id = ${userId}`
  if (!row) throw new Error('the session ended while its token was made')
  const issuedAt = Math.floor(Date.now() / 1000)
  const expiresAt = issuedAt + TOKEN_SECONDS
  const claims = {
    iss: issuer,
    sub: userId,
    aud: 'authenticated',
    exp: expiresAt,
    iat: issuedAt,
    email: row.email ?? '',
    phone: row.phone ?? '',
    app_metadata: row.app_metadata,
    user_metadata: row.user_metadata,
    role: 'authenticated',
    aal: 'aal1',
    amr: [{ method: row.method ?? 'password', timestamp: row.since }],
    session_id: sessionId,
    is_anonymous: row.is_anonymous,
  }
  return { token: await sign(claims, secret, 'HS256'), expiresAt, isAnonymous: row.is_anonymous }
}
