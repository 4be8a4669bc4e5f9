import { isOperator } from '#lib/auth/operator.ts'
import { requestPerson } from '#lib/auth/request-actor.ts'
import { jsonResponse, route } from '#lib/http/route.ts'

/** Who is signed in on this browser, or by this token: `{ user: null }` for a guest. Never cached. */
export const GET = route(async (request) => {
  const person = await requestPerson(request)
  if (!person) return jsonResponse({ user: null })
  const { actor, address } = person
  const operator = await isOperator(actor)
  return jsonResponse({ user: { id: actor.userId, email: actor.email ?? null, address, operator } })
})
