import { env } from '#lib/env.ts'

/** As `clientIp`, from the headers alone. */
export function clientIpOf(headers: Pick<Headers, 'get'>): string | undefined {
  if (!env().VERCEL) return undefined
  return headers.get('x-vercel-forwarded-for')?.split(',')[0]?.trim() || undefined
}

/** The caller's address where the platform vouches for it. Anywhere else a header could claim any address, so there is none. */
export function clientIp(request: Request): string | undefined {
  return clientIpOf(request.headers)
}
