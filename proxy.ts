import type { SetAllCookies } from '@supabase/ssr'
import { type NextRequest, NextResponse } from 'next/server'
import { isSessionCookie } from '#lib/auth/session-cookie.ts'
import { supabaseWithCookies } from '#lib/auth/supabase-server.ts'

/**
 * Renews the session before pages and routes run, as @supabase/ssr asks: pages cannot write cookies, and a renewed
 * session that is not written down is lost. Decides nothing; who may see what is decided where it is read.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  if (!request.cookies.getAll().some(({ name }) => isSessionCookie(name))) return NextResponse.next()

  const written: Parameters<SetAllCookies>[0] = []
  const cacheHeaders = new Headers()
  const supabase = supabaseWithCookies({
    getAll: () => request.cookies.getAll(),
    setAll(cookies, headers) {
      // The page behind reads the renewed session from the request, the browser gets it with the response.
      for (const { name, value } of cookies) request.cookies.set(name, value)
      written.push(...cookies)
      // Given only once per client, and a response that carries a session must be cached by nobody.
      for (const [name, value] of Object.entries(headers)) cacheHeaders.set(name, value)
    },
  })
  await supabase.auth.getClaims()
  const response = NextResponse.next({ request })
  for (const { name, value, options } of written) response.cookies.set(name, value, options)
  for (const [name, value] of cacheHeaders) response.headers.set(name, value)
  return response
}

export const config = {
  // Neither files nor the doors that know no session: the public reads, which are cached, and the machines' entrances.
  matcher: [
    '/((?!_next/|api/(?:webhooks|cron|health|mcp|openapi\\.json|v1/onramp/options|v1/onramp/quotes)(?:/|$)|[^?]*\\.(?:svg|png|ico|jpg|webp|woff2|txt|xml|webmanifest)$).*)',
  ],
}
