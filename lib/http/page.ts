import { z } from 'zod'
import { pageCursor } from '#lib/http/cursor.ts'

/** What every list takes. */
export const PageInput = z.strictObject({
  cursor: z.string().max(200).optional().meta({ description: 'The nextCursor of the page before.' }),
  limit: z.coerce.number().int().min(1).max(100).default(25).meta({ description: 'How many a page has at most.' }),
})

/** What every list answers beside its items. */
export const nextCursor = z
  .string()
  .nullable()
  .meta({ description: 'Send it as cursor for the next page; null at the end.' })

type Row = { position: string; id: string }

/** The rows of a page out of one row more than it has, and where the next one goes on. */
export function pageOf<R extends Row>(rows: R[], limit: number): { rows: R[]; nextCursor: string | null } {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { rows: rows.slice(0, limit), nextCursor: last ? pageCursor(last.position, last.id) : null }
}
