import type { Context } from 'hono'

import { refusal } from '#sandbox/circle/errors.ts'

/** One page of a list by Circle's rules: newest first, pageSize up to 50, cursors are ids. */
export function pageOf<Item extends { id: string }>(c: Context, items: Item[]): Item[] {
  const size = Number(c.req.query('pageSize') ?? 10)
  if (!Number.isInteger(size) || size < 1 || size > 50) throw refusal(400, 2, 'pageSize')
  const ordered = c.req.query('order') === 'ASC' ? items : items.toReversed()
  const at = (id: string) => {
    const index = ordered.findIndex((item) => item.id === id)
    if (index === -1) throw refusal(400, 156012)
    return index
  }
  const before = c.req.query('pageBefore')
  if (before !== undefined) return ordered.slice(Math.max(0, at(before) - size), at(before))
  const after = c.req.query('pageAfter')
  const start = after === undefined ? 0 : at(after) + 1
  return ordered.slice(start, start + size)
}
