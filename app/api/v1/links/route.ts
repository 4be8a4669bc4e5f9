import { z } from 'zod'
import { requireRequestPerson } from '#lib/auth/require-actor.ts'
import { idempotencyKey } from '#lib/http/idempotency.ts'
import { claimedBody, claimedQuery } from '#lib/http/input.ts'
import { parseInput } from '#lib/http/parse.ts'
import { csvResponse, jsonResponse, route } from '#lib/http/route.ts'
import { createLink } from '#lib/links/create.ts'
import { linksCsv } from '#lib/links/links-csv.ts'
import { ListLinksInput, listLinks } from '#lib/links/list.ts'
import type { CreateLinkInput } from '#lib/links/schema.ts'

const Query = ListLinksInput.extend({ format: z.enum(['json', 'csv']).default('json') })

export const GET = route(async (request) => {
  const person = await requireRequestPerson(request)
  const { format, ...query } = parseInput(Query, claimedQuery(request))
  if (format === 'json') return jsonResponse(await listLinks(person, query))
  return csvResponse(await linksCsv(person, { status: query.status }), 'causeway-links.csv')
})

export const POST = route(async (request) => {
  const person = await requireRequestPerson(request)
  const key = idempotencyKey(request)
  const { link, replayed } = await createLink(person, await claimedBody<CreateLinkInput>(request), key)
  return jsonResponse(link, 201, {
    location: `/api/v1/links/${link.id}`,
    ...(replayed ? { 'idempotent-replayed': 'true' } : {}),
  })
})
