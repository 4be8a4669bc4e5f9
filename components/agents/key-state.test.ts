import { expect, test } from 'vitest'
import { keyState } from '#components/agents/key-state.ts'

const now = Date.parse('2026-12-01T12:00:00Z')

test.each([
  ['no end', null, null, 'holds'],
  ['an end to come', '2026-12-01T12:00:01Z', null, 'holds'],
  ['an end that is now', '2026-12-01T12:00:00Z', null, 'expired'],
  ['revoked before its end', '2027-01-01T00:00:00Z', '2026-11-30T00:00:00Z', 'revoked'],
  ['revoked and past its end', '2026-11-01T00:00:00Z', '2026-10-30T00:00:00Z', 'revoked'],
])('%s', (_, expiresAt, revokedAt, state) => {
  expect(keyState({ expiresAt, revokedAt }, now)).toBe(state)
})
