import { env } from '#lib/env.ts'

/** The caller's address where the platform vouches for it. Anywhere else a header could claim any address, so there is none. */
export function clientIp(request: Request): string | undefined {
  if (!env().VERCEL) return undefined
  return request.headers.get('x-vercel-forwarded-for')?.split(',')[0]?.trim() || undefined
}
