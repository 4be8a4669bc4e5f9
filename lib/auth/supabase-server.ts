import { type CookieMethodsServer, createServerClient } from '@supabase/ssr'
import { cookies } from 'next/headers.js'
import { sessionCookieOptions } from '#lib/auth/session-cookie.ts'
import { env } from '#lib/env.ts'

export type SupabaseServer = ReturnType<typeof createServerClient>

/** A Supabase client for one request that keeps its session in the given cookies. Never share one between requests. */
export function supabaseWithCookies(methods: CookieMethodsServer): SupabaseServer {
  const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, APP_URL } = env()
  return createServerClient(SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, {
    cookies: methods,
    cookieOptions: sessionCookieOptions(APP_URL),
  })
}

/** A Supabase client that has no session and keeps none: for verifying a token that came in a header. */
export function supabaseWithoutSession(): SupabaseServer {
  return supabaseWithCookies({ getAll: () => [], setAll: () => undefined })
}

/** A Supabase client on this request's own cookies, for pages, actions and routes. */
export async function supabaseServer(): Promise<SupabaseServer> {
  const store = await cookies()
  return supabaseWithCookies({
    getAll: () => store.getAll(),
    // The cache headers that come as a second argument are set where a response is at hand, in proxy.ts, which renews
    // sessions before pages and routes run. What writes here are actions, whose answers are never cached.
    setAll(written) {
      try {
        for (const { name, value, options } of written) store.set(name, value, options)
      } catch {
        // A page may read cookies and not write them. proxy.ts has renewed the session already, so nothing is lost.
      }
    },
  })
}
