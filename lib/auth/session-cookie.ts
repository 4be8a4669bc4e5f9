import type { CookieOptionsWithName } from '@supabase/ssr'

const bareName = 'causeway-session'

/**
 * How the session cookie is kept: out of reach of scripts, sent on same-site requests and top-level visits only.
 * Over https it takes the `__Host-` prefix, so that no other host of the same domain can plant one.
 */
export function sessionCookieOptions(appUrl: string): CookieOptionsWithName & { name: string } {
  const secure = appUrl.startsWith('https://')
  return { name: secure ? `__Host-${bareName}` : bareName, httpOnly: true, secure, sameSite: 'lax', path: '/' }
}

/** Whether a cookie's name is that of the session or one of its chunks (`.0`, `.1`, …). */
export function isSessionCookie(name: string): boolean {
  return new RegExp(`^(__Host-)?${bareName}(\\.\\d+)?$`).test(name)
}
