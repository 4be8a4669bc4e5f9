import { randomBytes, randomUUID } from 'node:crypto'
import type { Sql, TransactionSql } from 'postgres'
import { AuthFailure } from '#sandbox/supabase/failures.ts'
import type { SignInMessage } from '#sandbox/supabase/message.ts'

export type OpenedSession = { userId: string; sessionId: string; refreshToken: string }
type Opening = { userId: string; method: string; userAgent: string | null }

/** Finds or makes the account of a wallet, and opens a session for it. One wallet is one account, whatever the case of its letters. */
export async function signInWallet(sql: Sql, message: SignInMessage, userAgent: string | null): Promise<OpenedSession> {
  const providerId = `web3:ethereum:${message.address}`
  const data = {
    sub: providerId,
    custom_claims: {
      address: message.address,
      chain: 'ethereum',
      network: message.chainId,
      domain: message.domain,
      statement: message.statement,
    },
    email_verified: false,
    phone_verified: false,
  }
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext(${providerId}))`
    const [known] = await tx<{ user_id: string; banned: boolean }[]>`
      select i.user_id, coalesce(u.banned_until > now(), false) as banned
      from auth.identities i join auth.users u on u.id = i.user_id
      where i.provider = 'web3' and i.provider_id = ${providerId}`
    if (known?.banned) throw new AuthFailure(403, 'user_banned', 'User is banned')
    const userId = known?.user_id ?? randomUUID()
    if (known) {
      await tx`update auth.identities set identity_data = ${tx.json(data)}, last_sign_in_at = now(), updated_at = now()
        where provider = 'web3' and provider_id = ${providerId}`
      await tx`update auth.users set raw_user_meta_data = raw_user_meta_data || ${tx.json(data)}::jsonb, updated_at = now()
        where id = ${userId}`
    } else {
      await tx`insert into auth.users (id, aud, role, raw_app_meta_data, raw_user_meta_data)
        values (${userId}, 'authenticated', 'authenticated', ${tx.json({ provider: 'web3', providers: ['web3'] })}, ${tx.json(data)})`
      await tx`insert into auth.identities (id, provider, provider_id, user_id, identity_data, last_sign_in_at)
        values (${randomUUID()}, 'web3', ${providerId}, ${userId}, ${tx.json(data)}, now())`
    }
    return openSession(tx, { userId, method: 'web3', userAgent })
  })
}

/** Makes an account without any way to sign in again, and opens its one session. */
export async function signUpAnonymously(sql: Sql, data: object, userAgent: string | null): Promise<OpenedSession> {
  return sql.begin(async (tx) => {
    const userId = randomUUID()
    await tx`insert into auth.users (id, aud, role, raw_app_meta_data, raw_user_meta_data, is_anonymous)
      values (${userId}, 'authenticated', 'authenticated', '{}', ${tx.json({ ...data })}, true)`
    return openSession(tx, { userId, method: 'anonymous', userAgent })
  })
}

/** Writes the rows Lite itself writes for a session, so that it accepts, rotates and ends it like one of its own. */
async function openSession(tx: TransactionSql, { userId, method, userAgent }: Opening): Promise<OpenedSession> {
  const sessionId = randomUUID()
  const refreshToken = randomBytes(24).toString('base64url')
  await tx`update auth.users set last_sign_in_at = now() where id = ${userId}`
  // Lite has no table for the methods of a session and leaves `tag` empty.
  await tx`insert into auth.sessions (id, user_id, aal, user_agent, tag)
    values (${sessionId}, ${userId}, 'aal1', ${userAgent}, ${method})`
  await tx`insert into auth.refresh_tokens (id, token, user_id, session_id, revoked)
    values (${randomUUID()}, ${refreshToken}, ${userId}, ${sessionId}, false)`
  return { userId, sessionId, refreshToken }
}
