import { describe, expect, test } from 'vitest'
import { pageCursor, readCursor } from '#lib/http/cursor.ts'

const id = '0f8c2b1e-3c1d-4b5a-9f00-000000000001'

describe('readCursor', () => {
  test('default', () => {
    expect(readCursor(pageCursor('2026-11-21 07:06:01.786123+00', id))).toEqual({
      at: '2026-11-21 07:06:01.786123+00',
      id,
    })
  })

  test('the first page has none', () => {
    expect(readCursor(undefined)).toBeUndefined()
  })

  test.each([
    '',
    'x',
    btoa('{}'),
    btoa('["now","id"]'),
    pageCursor('yesterday', id),
    pageCursor('2026-11-21', "' or 1=1"),
  ])('%j is refused', (cursor) => {
    expect(() => readCursor(cursor)).toThrow(expect.objectContaining({ code: 'invalid_cursor' }))
  })
})
