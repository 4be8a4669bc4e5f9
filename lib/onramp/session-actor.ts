import type { Actor } from '#lib/auth/actor.ts'
import { bearerToken, requestActor } from '#lib/auth/request-actor.ts'

/**
 * Who asks for a session: the holder of its secret (`Authorization: Bearer <secret>`), else the signed-in person, else nobody.
 * A secret given in the request counts before a cookie, so that a link works in a browser where someone is signed in.
 */
export async function sessionActor(request: Request): Promise<Actor> {
  const credential = bearerToken(request)
  const isAccessToken = credential?.includes('.')
  if (credential && !isAccessToken) return { role: 'anon', sessionKey: credential }
  return requestActor(request)
}
