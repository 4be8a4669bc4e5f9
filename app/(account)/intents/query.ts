import type { IntentQuery } from '#components/intents/intent-filters.tsx'
import type { ListIntentsInput } from '#lib/intents/list.ts'
import { intentStatuses } from '#lib/intents/schema.ts'

type Params = Record<string, string | string[] | undefined>

const oneDay = 86_400_000

/** What an address narrows the list to. A parameter that nobody of ours wrote narrows nothing. */
export function readQuery(params: Params): IntentQuery {
  const one = (name: string) => (typeof params[name] === 'string' && params[name] !== '' ? params[name] : undefined)
  const day = (name: string) => (isDay(one(name)) ? one(name) : undefined)
  const agentId = one('agent')
  return {
    status: intentStatuses.find((status) => status === one('status')),
    agentId: agentId && /^[0-9a-f-]{36}$/.test(agentId) ? agentId : undefined,
    q: one('q')?.slice(0, 100),
    from: day('from'),
    to: day('to'),
  }
}

/** The same as the API takes it: from the first moment of one UTC day to the last of another. */
export function filterOf({ status, agentId, q, from, to }: IntentQuery): ListIntentsInput {
  return {
    ...(status ? { status } : {}),
    ...(agentId ? { agentId } : {}),
    ...(q ? { q } : {}),
    ...(from ? { from: `${from}T00:00:00Z` } : {}),
    ...(to ? { to: new Date(Date.parse(`${to}T00:00:00Z`) + oneDay).toISOString() } : {}),
  }
}

/** The parameters of the page's address. */
export function paramsOf({ agentId, ...query }: IntentQuery): Record<string, string | undefined> {
  return { ...query, agent: agentId }
}

/** The list's address in the API, as CSV. */
export function csvPath(query: IntentQuery): string {
  const params = new URLSearchParams({ format: 'csv', ...(filterOf(query) as Record<string, string>) })
  return `/api/v1/intents?${params}`
}

function isDay(text: string | undefined): boolean {
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
}
