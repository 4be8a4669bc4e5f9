import { expect, test } from 'vitest'
import { diffGuards } from '#lib/guards/diff.ts'
import { presets } from '#lib/guards/presets.ts'
import { type Guard, SetGuardsInput } from '#lib/guards/schema.ts'
import { sentenceOf } from '#lib/guards/sentences.ts'

const [one, two] = ['0x1111111111111111111111111111111111111111', '0x2222222222222222222222222222222222222222']

test.each<[Guard, string]>([
  [{ type: 'budget', period: 'hour', limit: '5.00' }, 'At most $5.00 an hour.'],
  [{ type: 'budget', period: 'day', limit: '100.00' }, 'At most $100.00 a day.'],
  [{ type: 'budget', period: 'day', limit: '100.00', window: 'rolling' }, 'At most $100.00 in any 24 hours.'],
  [{ type: 'budget', period: 'total', limit: '1234567.5' }, 'At most $1,234,567.5 in all.'],
  [{ type: 'rate', period: 'hour', limit: 1 }, 'At most 1 payment an hour.'],
  [{ type: 'rate', period: 'minute', limit: 5 }, 'At most 5 payments a minute.'],
  [{ type: 'single_payment', max: '5.00' }, 'At most $5.00 a payment.'],
  [{ type: 'single_payment', min: '1.00' }, 'At least $1.00 a payment.'],
  [{ type: 'single_payment', min: '1.00', max: '5.00' }, 'From $1.00 to $5.00 a payment.'],
  [
    { type: 'recipients', mode: 'allow', addresses: [one, two], domains: ['shop.example'] },
    'Pays only 0x1111…1111, 0x2222…2222 and shop.example.',
  ],
  [{ type: 'recipients', mode: 'block', domains: ['a.example', 'b.example'] }, 'Never pays a.example or b.example.'],
  [
    { type: 'recipients', mode: 'allow', addresses: Array(6).fill(one) },
    'Pays only 0x1111…1111, 0x1111…1111, 0x1111…1111 and 3 more.',
  ],
  [{ type: 'approval', threshold: '0' }, 'Asks you before every payment.'],
  [{ type: 'approval', threshold: '10.00' }, 'Asks you from $10.00 on.'],
  [{ type: 'new_recipient', action: 'ask' }, 'Asks you before the first payment to somebody.'],
  [
    { type: 'new_recipient', action: 'wait', waitMinutes: 30 },
    'Waits 30 minutes before the first payment to somebody.',
  ],
  [{ type: 'duplicate', minutes: 1 }, 'Asks you when the same payment comes again within 1 minute.'],
  [
    { type: 'hours', from: '09:00', to: '17:00', days: [5, 1, 3, 2, 4], zone: 'Europe/Berlin' },
    'Pays only from 09:00 to 17:00, Monday to Friday, by the clocks of Europe/Berlin.',
  ],
  [
    { type: 'hours', from: '22:00', to: '06:00', days: [5, 6] },
    'Pays only from 22:00 to 06:00 the next day, Friday and Saturday, by the clocks of UTC.',
  ],
  [{ type: 'hours', from: '00:00', to: '24:00' }, 'Pays only from 00:00 to 24:00, by the clocks of UTC.'],
  [{ type: 'screening' }, 'Pays nobody on a list of sanctioned addresses.'],
])('%j', (guard, sentence) => {
  expect(sentenceOf(guard)).toBe(sentence)
})

test.each(presets)('$name can be saved as it is', ({ guards }) => {
  expect(SetGuardsInput.safeParse({ guards }).success).toBe(true)
})

test('a change is one guard of a type that became another; the others come and go', () => {
  const budget = (limit: string, period: 'day' | 'week' = 'day'): Guard => ({ type: 'budget', period, limit })
  const rate: Guard = { type: 'rate', period: 'hour', limit: 5 }
  const screening: Guard = { type: 'screening' }
  expect(diffGuards([budget('1.00'), rate], [screening, budget('2.00')])).toEqual([
    { before: budget('1.00'), after: budget('2.00') },
    { before: rate },
    { after: screening },
  ])
  expect(diffGuards([budget('1.00'), rate], [rate, { limit: '1.00', period: 'day', type: 'budget' }])).toEqual([])
  expect(diffGuards([rate, rate], [rate])).toEqual([{ before: rate }])
  expect(diffGuards([], [budget('1.00'), budget('2.00', 'week')])).toEqual([
    { after: budget('1.00') },
    { after: budget('2.00', 'week') },
  ])
})
