import { env } from '#lib/env.ts'
import { Problem } from '#lib/http/problem.ts'

/** Refuses a browser's request that another site caused. A caller that is no browser sends no Origin and has no cookie to abuse. */
export function requireSameOrigin(request: Request): void {
  const origin = request.headers.get('origin')
  if (origin !== null && origin !== new URL(env().APP_URL).origin) {
    throw new Problem(403, 'foreign_origin', 'This came from another site', 'Open Causeway itself and try again there.')
  }
}
