import { describe, expect, test } from 'vitest'
import { formatExact, formatRelative } from '#components/ui/format-time.ts'

const now = new Date('2026-11-21T12:00:00Z')

describe('a time on screen', () => {
  test.each([
    ['2026-11-21T11:59:58Z', 'now'],
    ['2026-11-21T11:59:30Z', '30 seconds ago'],
    ['2026-11-21T11:57:00Z', '3 minutes ago'],
    ['2026-11-21T09:59:59Z', '2 hours ago'],
    ['2026-11-20T12:00:00Z', 'yesterday'],
    ['2026-11-21T12:05:00Z', 'in 5 minutes'],
    ['2024-10-21T12:00:00Z', '2 years ago'],
  ])('%s reads %s', (at, text) => {
    expect(formatRelative(new Date(at), now)).toBe(text)
  })

  test('is exact on demand', () => {
    expect(formatExact(now, 'en-US', 'UTC')).toContain('Nov 21, 2026')
  })
})
