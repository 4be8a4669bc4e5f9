import { describe, expect, test } from 'vitest'
import { blastOf, blastSentence } from '#components/guards/blast.ts'
import { begin, faultOf, namesOf, types, withNames } from '#components/guards/draft.ts'
import { Guard, type GuardReplay, type Verdict } from '#lib/guards/schema.ts'

const address = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'

test.each(types.filter((type) => type !== 'recipients'))('a new rule of type %s is whole, and can be saved', (type) => {
  const guard = begin(type, 'Europe/Berlin')
  expect(faultOf(guard)).toBeNull()
  expect(Guard.safeParse(guard).success).toBe(true)
})

// What this page calls whole, the API takes; what it does not, the API refuses.
test.each<[Guard, boolean]>([
  [{ type: 'budget', period: 'day', limit: '' }, false],
  [{ type: 'budget', period: 'day', limit: '0' }, true],
  [{ type: 'budget', period: 'day', limit: '010' }, false],
  [{ type: 'budget', period: 'day', limit: '1,000' }, false],
  [{ type: 'approval', threshold: '1.0000001' }, false],
  [{ type: 'rate', period: 'day', limit: Number.NaN }, false],
  [{ type: 'rate', period: 'day', limit: 0 }, false],
  [{ type: 'single_payment' }, false],
  [{ type: 'new_recipient', action: 'wait', waitMinutes: 10_000 }, false],
  [{ type: 'duplicate', minutes: 9999 }, true],
  [{ type: 'hours', from: '09:00', to: '09:00' }, false],
  [{ type: 'hours', from: '09:00', to: '17:00', days: [] }, false],
  [{ type: 'hours', from: '22:00', to: '06:00' }, true],
  [{ type: 'recipients', mode: 'allow' }, false],
  [{ type: 'recipients', mode: 'allow', addresses: [address.slice(0, 20)] }, false],
  [{ type: 'recipients', mode: 'allow', domains: ['shop'] }, false],
  [{ type: 'recipients', mode: 'block', addresses: [address], domains: ['shop.example'] }, true],
])('%j is whole: %s', (guard, whole) => {
  expect(faultOf(guard) === null).toBe(whole)
  expect(Guard.safeParse(guard).success).toBe(whole)
})

test('the least that is more than the most is said', () => {
  expect(faultOf({ type: 'single_payment', min: '5.00', max: '4.00' })).toMatch(/more than the most/)
})

test('lines become addresses and domains', () => {
  const guard = withNames({ type: 'recipients', mode: 'allow' }, [address, 'shop.example'])
  expect(guard).toEqual({ type: 'recipients', mode: 'allow', addresses: [address], domains: ['shop.example'] })
  expect(namesOf(guard)).toEqual([address, 'shop.example'])
  expect(withNames(guard, [])).toEqual({ type: 'recipients', mode: 'allow' })
})

describe('what a change would have meant', () => {
  const payment = (saved: Verdict, edited: Verdict, amount: string): GuardReplay['payments'][number] => ({
    intentId: crypto.randomUUID(),
    agentId: null,
    at: '2026-11-21T10:00:00Z',
    recipient: 'Merchant',
    recipientAddress: address,
    amount,
    asset: 'USDC',
    decided: saved,
    saved,
    edited,
    guardResults: [],
  })

  test('is told by what ends otherwise, looser first, in exact sums', () => {
    const blast = blastOf({
      saved: {},
      edited: {},
      payments: [
        payment('approved', 'denied', '0.1'),
        payment('approved', 'denied', '0.2'),
        payment('approved', 'approved', '9.00'),
        payment('denied', 'approved', '1000000.000001'),
      ],
    } as unknown as GuardReplay)
    expect(blast.map(blastSentence)).toEqual([
      '1 payment of $1000000.000001 that is refused now would go through.',
      '2 payments of $0.30 that go through now would be refused.',
    ])
    expect(blast.map(({ looser }) => looser)).toEqual([true, false])
  })
})
