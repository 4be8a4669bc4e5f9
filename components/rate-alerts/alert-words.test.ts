import { expect, test } from 'vitest'
import { alertWords, lineWords } from '#components/rate-alerts/alert-words.ts'
import type { RateAlert } from '#lib/rates/alerts/schema.ts'

const alert: RateAlert = {
  id: '0197b3a1-2b3c-7d4e-8f50-6a7b8c9d0e1f',
  status: 'armed',
  base: 'BDX',
  quote: 'INR',
  direction: 'falls_to',
  price: '6.84125',
  channel: 'webhook',
  url: 'https://example.com/hook',
  reached: null,
  attempts: [],
  nextAttemptAt: null,
  createdAt: '2026-11-21T10:00:00.000Z',
  endedAt: null,
  events: [],
}
const reached = { price: '6.8', at: '2026-11-21T11:00:00.000Z' }
const failed = { at: '2026-11-21T11:00:02.000Z', failure: 'it answered 503' }
const taken = { at: '2026-11-21T11:00:12.000Z', failure: null }

test('a line is written to its last digit', () => {
  expect(lineWords(alert, 'en-US')).toBe('BDX falls to ₹6.84125')
  expect(lineWords({ base: 'BTC', quote: 'USD', direction: 'rises_to', price: '120000' }, 'en-US')).toBe(
    'BTC rises to $120,000.00',
  )
})

test.each([
  [{}, 'Waiting', null],
  [{ status: 'triggered', reached }, 'Telling you', 'The price was ₹6.8000.'],
  [
    { status: 'triggered', reached, attempts: [failed] },
    'Trying again',
    'The price was ₹6.8000. Nobody took the message: it answered 503.',
  ],
  [
    { status: 'told', reached, attempts: [failed, taken] },
    'Told',
    'The price was ₹6.8000. Your server took the webhook.',
  ],
  [
    { status: 'told', reached, attempts: [taken], channel: 'email' },
    'Told',
    'The price was ₹6.8000. You were written to.',
  ],
  [
    { status: 'failed', reached, attempts: [failed] },
    'Not delivered',
    'The price was ₹6.8000. Nobody took the message: it answered 503.',
  ],
  [{ status: 'cancelled' }, 'Ended', null],
] as [Partial<RateAlert>, string, string | null][])('%j is %s', (so, word, sentence) => {
  expect(alertWords({ ...alert, ...so }, 'en-US')).toMatchObject({ word, sentence })
})
