import { Problem } from '#lib/http/problem.ts'

type Position = { at: string; id: string }

/**
 * Where a page ended, as an opaque text: the next page goes on behind it, however many rows came in front meanwhile.
 * `at` is the timestamp as Postgres writes it, since a JavaScript date would lose its microseconds.
 */
export function pageCursor(at: string, id: string): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url')
}

/** The position a cursor stands for; undefined for the first page. Refuses a text we did not make. */
export function readCursor(cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined
  try {
    const [at, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id)) throw new Error('not a position')
    return { at, id }
  } catch (cause) {
    throw invalidCursor(cause)
  }
}

/** A position in a list whose rows are numbered; null for the first page. Eighteen digits fit a bigint. */
export function readNumberCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null
  if (/^[1-9]\d{0,17}$/.test(cursor)) return cursor
  throw invalidCursor()
}

function invalidCursor(cause?: unknown): Problem {
  return new Problem(
    422,
    'invalid_cursor',
    'The cursor is not valid',
    'Send the nextCursor of the page before, as it was.',
    { field: 'cursor', cause },
  )
}
