import { type NextRequest, NextResponse } from 'next/server'
import { renewSession } from '#lib/auth/renew-session.ts'
import { reportPath } from '#lib/http/csp/policy.ts'
import { isEmbedded, requestPolicy } from '#lib/http/csp/request-policy.ts'
import { onrampOptions } from '#lib/onramp/options.ts'

/**
 * Renews the session before pages and routes run, as @supabase/ssr asks: pages cannot write cookies, and a renewed
 * session that is not written down is lost. Gives each page its Content-Security-Policy. Decides nothing; who may see
 * what is decided where it is read.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const path = request.nextUrl.pathname
  // A page in a frame of somebody else's is a guest's, and leaves no cookie.
  const { cookies, headers } = await renewSession(isEmbedded(path) ? [] : request.cookies.getAll())
  // The page behind reads the renewed session from the request, the browser gets it with the response.
  for (const { name, value } of cookies) request.cookies.set(name, value)
  const forwarded = new Headers(request.headers)
  // Next reads the nonce of its own scripts from the request's policy. What the caller sent as one never counts.
  forwarded.delete('content-security-policy')
  forwarded.delete('content-security-policy-report-only')
  const page = path.startsWith('/api/') ? undefined : pagePolicy(path)
  if (page?.nonce) forwarded.set('content-security-policy', page.policy)

  const response = NextResponse.next({ request: { headers: forwarded } })
  for (const { name, value, options } of cookies) response.cookies.set(name, value, options)
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
  if (page) {
    response.headers.set('content-security-policy', page.policy)
    response.headers.set('reporting-endpoints', `csp="${reportPath}"`)
  }
  return response
}

/** The policy of the page at a path. What a checkout is offered is what its browser may reach. */
function pagePolicy(path: string): ReturnType<typeof requestPolicy> {
  const { pairs, walletConnect } = onrampOptions()
  return requestPolicy(path, { rpcUrls: pairs.map(({ rpcUrl }) => rpcUrl), walletConnect })
}

export const config = {
  // Neither files nor the doors that know no session: the public reads, which are cached, and the machines' entrances.
  matcher: [
    '/((?!_next/|api/(?:webhooks|cron|health|mcp|csp-reports|openapi\\.json|v1/onramp/options|v1/onramp/quotes|v1/rates/(?:assets|current|forecast|history|quote|stats))(?:/|$)|[^?]*\\.(?:svg|png|ico|jpg|webp|woff2|txt|xml|webmanifest)$).*)',
  ],
}
