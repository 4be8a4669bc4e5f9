import { expect, test } from 'vitest'
import type { RateAlert } from '#lib/rates/alerts/schema.ts'
import { mailOf } from '#lib/rates/alerts/words.ts'

const alert: RateAlert = {
  id: '0197b3a1-2b3c-7d4e-8f50-6a7b8c9d0e1f',
  status: 'triggered',
  base: 'BTC',
  quote: 'USD',
  direction: 'rises_to',
  price: '100000.50',
  channel: 'email',
  url: null,
  reached: { price: '100000.512345678901', at: '2026-11-21T11:00:00.000Z' },
  attempts: [],
  nextAttemptAt: null,
  createdAt: '2026-11-21T10:00:00.000Z',
  endedAt: null,
  events: [],
}

test('a mail says what was asked for to the last digit, what it cost in digits that tell something, and where to see more', () => {
  expect(mailOf(alert, 'https://pay.example.com')).toEqual({
    subject: 'BTC has risen to 100,000.51 USD',
    text: [
      'You asked to be told when 1 BTC costs 100,000.50 USD or more.',
      'It cost 100,000.51 USD on 2026-11-21 11:00 UTC.',
      '',
      'The price now: https://pay.example.com/rates/BTC/USD',
      'Your alerts: https://pay.example.com/alerts',
      '',
      'This alert is done. It tells you once.',
    ].join('\n'),
  })
})

test.each([
  ['0.07123456789', '0.07123457'],
  ['0.5', '0.50'],
  ['6.84125', '6.8413'],
  ['1234567', '1,234,567.00'],
])('%s is written as %s', (price, written) => {
  const fallen = { ...alert, direction: 'falls_to' as const, reached: { price, at: alert.createdAt } }
  expect(mailOf(fallen, '').subject).toBe(`BTC has fallen to ${written} USD`)
})
