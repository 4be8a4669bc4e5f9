import { type NextRequest, NextResponse } from 'next/server'
import { renewSession } from '#lib/auth/renew-session.ts'

/**
 * Renews the session before pages and routes run, as @supabase/ssr asks: pages cannot write cookies, and a renewed
 * session that is not written down is lost. Decides nothing; who may see what is decided where it is read.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { cookies, headers } = await renewSession(request.cookies.getAll())
  // The page behind reads the renewed session from the request, the browser gets it with the response.
  for (const { name, value } of cookies) request.cookies.set(name, value)
  const response = NextResponse.next({ request })
  for (const { name, value, options } of cookies) response.cookies.set(name, value, options)
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
  return response
}

export const config = {
  // Neither files nor the doors that know no session: the public reads, which are cached, and the machines' entrances.
  matcher: [
    '/((?!_next/|api/(?:webhooks|cron|health|mcp|openapi\\.json|v1/onramp/options|v1/onramp/quotes)(?:/|$)|[^?]*\\.(?:svg|png|ico|jpg|webp|woff2|txt|xml|webmanifest)$).*)',
  ],
}
