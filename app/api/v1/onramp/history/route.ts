import { z } from 'zod'
import { requestActor } from '#lib/auth/request-actor.ts'
import { parseInput } from '#lib/http/parse.ts'
import { csvResponse, jsonResponse, route } from '#lib/http/route.ts'
import { historyCsv } from '#lib/onramp/history-csv.ts'
import { ListSessionsInput, listOnrampSessions } from '#lib/onramp/list.ts'

const HistoryInput = ListSessionsInput.extend({ format: z.enum(['json', 'csv']).default('json') })

export const GET = route(async (request) => {
  const { format, ...query } = parseInput(HistoryInput, Object.fromEntries(new URL(request.url).searchParams))
  const actor = await requestActor(request)
  if (format === 'json') return jsonResponse(await listOnrampSessions({ actor, ...query }))
  return csvResponse(await historyCsv({ actor, status: query.status }), 'causeway-purchases.csv')
})
