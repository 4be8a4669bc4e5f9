import { invalid } from '#sandbox/stripe/errors.ts'
import type { FormFields } from '#sandbox/stripe/form.ts'

type Listed = { id: string; created: number }

/** A page of the newest first, by Stripe's rules for limit, starting_after, ending_before and created. */
export function listPage<Item extends Listed>(items: Item[], query: FormFields, url: string) {
  const limit = Number(query.limit ?? 10)
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw invalid('This value must be between 1 and 100.', 'limit', 'parameter_invalid_integer')
  }
  const newestFirst = items.filter(createdWithin(query.created)).reverse()
  const at = (id: unknown, name: string) => {
    const index = newestFirst.findIndex((item) => item.id === id)
    if (index === -1) throw invalid(`No such object: '${String(id)}'`, name, 'resource_missing')
    return index
  }
  if (query.ending_before !== undefined) {
    const end = at(query.ending_before, 'ending_before')
    const start = Math.max(0, end - limit)
    return page(newestFirst.slice(start, end), start > 0, url)
  }
  const start = query.starting_after === undefined ? 0 : at(query.starting_after, 'starting_after') + 1
  return page(newestFirst.slice(start, start + limit), newestFirst.length > start + limit, url)
}

const page = <Item>(data: Item[], hasMore: boolean, url: string) => ({ object: 'list', url, has_more: hasMore, data })

function createdWithin(filter: FormFields[string] | undefined): (item: Listed) => boolean {
  if (filter === undefined) return () => true
  if (typeof filter === 'string') return (item) => item.created === Number(filter)
  const { gt, gte, lt, lte } = Object.fromEntries(Object.entries(filter).map(([name, value]) => [name, Number(value)]))
  return ({ created }) =>
    (gt === undefined || created > gt) &&
    (gte === undefined || created >= gte) &&
    (lt === undefined || created < lt) &&
    (lte === undefined || created <= lte)
}
