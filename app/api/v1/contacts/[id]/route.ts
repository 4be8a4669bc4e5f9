import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { deleteContact } from '#lib/contacts/delete.ts'
import { route } from '#lib/http/route.ts'

export const DELETE = route(async (request, { params }: RouteContext<'/api/v1/contacts/[id]'>) => {
  const person = await requireRequestPerson(request)
  await deleteContact(person, (await params).id)
  return new Response(null, { status: 204 })
})
