import { requireActor, requireRequestPerson } from '#lib/auth/require-actor.ts'
import { listContacts } from '#lib/contacts/list.ts'
import { saveContact } from '#lib/contacts/save.ts'
import type { SaveContactInput } from '#lib/contacts/schema.ts'
import { claimedBody, claimedQuery } from '#lib/http/input.ts'
import { jsonResponse, route } from '#lib/http/route.ts'

export const GET = route(async (request) => {
  const actor = await requireActor(request, 'read')
  return jsonResponse(await listContacts(actor, claimedQuery(request)))
})

export const POST = route(async (request) => {
  const person = await requireRequestPerson(request)
  return jsonResponse(await saveContact(person, await claimedBody<SaveContactInput>(request)), 201)
})
