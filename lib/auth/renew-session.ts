import type { SetAllCookies } from '@supabase/ssr'
import { isSessionCookie } from '#lib/auth/session-cookie.ts'
import { supabaseWithCookies } from '#lib/auth/supabase-server.ts'

type Cookie = { name: string; value: string }
type Renewal = { cookies: Parameters<SetAllCookies>[0]; headers: Record<string, string> }

/** How long requests that still carry the old session are answered with the renewed one. */
const graceMs = 10_000
const renewals = new Map<string, Promise<Renewal>>()

async function renew(cookies: Cookie[]): Promise<Renewal> {
  const renewal: Renewal = { cookies: [], headers: {} }
  const supabase = supabaseWithCookies({
    getAll: () => cookies,
    setAll(written, headers) {
      renewal.cookies.push(...written)
      Object.assign(renewal.headers, headers)
    },
  })
  await supabase.auth.getClaims()
  return renewal
}

/**
 * What to write so that the session stays valid: nothing for most requests; the renewed session's cookies, with headers
 * that keep the response out of every cache, when it was about to end. A browser sends several requests at once, and a
 * session can be renewed once: those that come together share one renewal, so that none of them is taken for a thief's.
 */
export async function renewSession(cookies: Cookie[]): Promise<Renewal> {
  const session = cookies.filter(({ name }) => isSessionCookie(name))
  if (session.length === 0) return { cookies: [], headers: {} }
  const key = JSON.stringify(session.map(({ name, value }) => [name, value]))
  const known = renewals.get(key)
  if (known) return known
  const renewing = renew(session)
  renewals.set(key, renewing)
  // Only a renewal is worth keeping; a session that was found valid is looked at again next time.
  const forget = (): boolean => renewals.delete(key)
  renewing.then((renewal) => (renewal.cookies.length > 0 ? setTimeout(forget, graceMs).unref() : forget()), forget)
  return renewing
}
