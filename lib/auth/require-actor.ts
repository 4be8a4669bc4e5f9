import type { AgentActor, PersonActor } from '#lib/auth/actor.ts'
import { findApiKey, looksLikeApiKey } from '#lib/auth/api-key.ts'
import { bearerToken, requestPerson } from '#lib/auth/request-actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import type { Scope } from '#lib/auth/scopes.ts'
import { clientIp } from '#lib/http/client-ip.ts'
import { Problem } from '#lib/http/problem.ts'
import { limitRate } from '#lib/http/rate-limit/limit-rate.ts'
import { requireSameOrigin } from '#lib/http/same-origin.ts'

/**
 * Who is asking: an agent by its API key, or the signed-in person, who needs no scope. A key that does not hold is refused,
 * and no cookie stands in for it. Throws sign_in_required, invalid_api_key, forbidden for a key without the scope,
 * foreign_origin and rate_limited.
 */
export async function requireActor(request: Request, scope: Scope): Promise<PersonActor | AgentActor> {
  if (apiKeyOf(request) === undefined) return await requireSignedIn(request)
  const { actor, scopes } = await requireAgent(request)
  if (scopes.includes(scope)) return actor
  throw new Problem(
    403,
    'forbidden',
    'Not allowed',
    `This API key may not ${scope}. The person whose agent this is can make one that may.`,
  )
}

/** The signed-in person, for what no agent may do. Throws person_required for a key, and what requireActor throws. */
export async function requireRequestPerson(request: Request): Promise<PersonActor> {
  if (apiKeyOf(request) === undefined) return await requireSignedIn(request)
  const { actor } = await requireAgent(request)
  return requirePerson(actor)
}

/** The agent behind an API key, and what the key may do. Throws invalid_api_key and rate_limited. */
export async function requireAgent(request: Request): Promise<{ actor: AgentActor; scopes: Scope[] }> {
  const apiKey = apiKeyOf(request)
  const key = apiKey === undefined ? undefined : await findApiKey(apiKey)
  if (apiKey === undefined || key === undefined) {
    await limitRate('wrongSecrets', clientIp(request))
    throw new Problem(
      401,
      'invalid_api_key',
      'No API key that holds',
      'Send the header Authorization: Bearer cw_… with a key that was not revoked and has not expired. The person whose agent this is can make one.',
    )
  }
  await limitRate(kindOf(request), key.id)
  return { actor: { role: 'agent', apiKey }, scopes: key.scopes }
}

function apiKeyOf(request: Request): string | undefined {
  const credential = bearerToken(request)
  return credential && looksLikeApiKey(credential) ? credential : undefined
}

async function requireSignedIn(request: Request): Promise<PersonActor> {
  if (request.method !== 'GET') requireSameOrigin(request)
  const person = await requestPerson(request)
  const actor = requirePerson(person?.actor ?? { role: 'anon' })
  await limitRate(kindOf(request), actor.userId)
  return actor
}

function kindOf(request: Request): 'reads' | 'writes' {
  return request.method === 'GET' ? 'reads' : 'writes'
}
