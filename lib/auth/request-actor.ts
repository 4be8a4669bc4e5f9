import { isAuthRetryableFetchError } from '@supabase/supabase-js'
import { cookies } from 'next/headers.js'
import { cache } from 'react'
import type { AnonymousActor, PersonActor } from '#lib/auth/actor.ts'
import { type Person, personOfClaims } from '#lib/auth/claims.ts'
import { signInUnavailable } from '#lib/auth/errors.ts'
import { isSessionCookie } from '#lib/auth/session-cookie.ts'
import { type SupabaseServer, supabaseServer, supabaseWithoutSession } from '#lib/auth/supabase-server.ts'

/** The credential of an `Authorization: Bearer …` header: an access token, a guest session's secret or an API key. */
export function bearerToken(request: Request): string | undefined {
  const match = /^Bearer +([A-Za-z0-9._~+/=-]+) *$/i.exec(request.headers.get('authorization') ?? '')
  return match?.[1]
}

/** Three parts with dots: an access token. A guest session's secret never has that form. */
function looksLikeToken(credential: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(credential)
}

/** Verifies the token, or the cookie's session when none is given. An outage is an outage, and signs nobody out. */
async function verifiedPerson(supabase: SupabaseServer, token?: string): Promise<Person | undefined> {
  const { data, error } = await supabase.auth.getClaims(token).catch(unreadable)
  if (error && isAuthRetryableFetchError(error)) throw signInUnavailable(error)
  return data ? personOfClaims(data.claims) : undefined
}

/** A token in the right form whose parts are no JSON makes the client throw instead of answering. */
function unreadable(error: unknown): { data: null; error: unknown } {
  return { data: null, error }
}

/** Verified once per request, however many parts of a page ask. */
const personOfCookie = cache(async (): Promise<Person | undefined> => {
  const store = await cookies()
  if (!store.getAll().some(({ name }) => isSessionCookie(name))) return undefined
  return verifiedPerson(await supabaseServer())
})

/**
 * The signed-in person behind a request, by access token or by session cookie; undefined for a guest.
 * Both are verified at their signature; a token that fails is nobody, and the cookie does not stand in for it.
 */
export async function requestPerson(request?: Request): Promise<Person | undefined> {
  const credential = request && bearerToken(request)
  if (credential && looksLikeToken(credential)) return verifiedPerson(supabaseWithoutSession(), credential)
  return personOfCookie()
}

/** Who is asking: the signed-in person, or an anonymous actor. A guest's session secret is the route's to add. */
export async function requestActor(request?: Request): Promise<PersonActor | AnonymousActor> {
  const person = await requestPerson(request)
  return person?.actor ?? { role: 'anon' }
}
