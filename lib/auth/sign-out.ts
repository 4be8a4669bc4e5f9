import { cookies } from 'next/headers.js'
import { isSessionCookie, sessionCookieOptions } from '#lib/auth/session-cookie.ts'
import { supabaseServer } from '#lib/auth/supabase-server.ts'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'

/** Ends this browser's session. Other devices stay signed in. The cookie goes even when Supabase cannot be told. */
export async function signOut(): Promise<void> {
  const supabase = await supabaseServer()
  const { error } = await supabase.auth.signOut({ scope: 'local' })
  if (error) log.warn('the session could not be ended at Supabase', { code: error.code, status: error.status })
  const store = await cookies()
  const options = sessionCookieOptions(env().APP_URL)
  for (const { name } of store.getAll()) {
    if (isSessionCookie(name)) store.set({ ...options, name, value: '', maxAge: 0 })
  }
}
