import { isOperator } from '#lib/auth/operator.ts'
import { requestPerson } from '#lib/auth/request-actor.ts'
import { Problem, problemResponse } from '#lib/http/problem.ts'

/** Who is signed in on this browser, or by this token: `{ user: null }` for a guest. Never cached. */
export async function GET(request: Request): Promise<Response> {
  try {
    const person = await requestPerson(request)
    const user = person && {
      id: person.actor.userId,
      email: person.actor.email ?? null,
      address: person.address,
      operator: await isOperator(person.actor),
    }
    return Response.json({ user: user ?? null }, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    if (error instanceof Problem) return problemResponse(error)
    throw error
  }
}
