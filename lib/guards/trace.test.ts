import { expect, test } from 'vitest'
import { isTraceable } from '#lib/guards/trace.ts'

const budget = (limit: string) => ({ type: 'budget', period: 'day', limit }) as const

test.each([
  ['100', '100.00'],
  ['$1,000', '1000.00'],
  ['5k', '5000.00'],
  ['2.5', '2.50'],
])('an amount is found however it is spelt: %s', (words, limit) => {
  expect(isTraceable(budget(limit), `At most ${words} a day`, [])).toBe(true)
})

test.each([
  ['another amount', '100', '100.01'],
  ['one that a float cannot tell from it', '123456789012.123456', '123456789012.123457'],
  ['none that there is', '9999999999999', '9999999999999'],
])('%s is not', (_, words, limit) => {
  expect(isTraceable(budget(limit), `At most ${words} a day`, [])).toBe(false)
})

test('asking about everything needs no amount in the words', () => {
  expect(isTraceable({ type: 'approval', threshold: '0' }, 'Always ask me', [])).toBe(true)
  expect(isTraceable({ type: 'approval', threshold: '0.000001' }, 'Always ask me', [])).toBe(false)
})
