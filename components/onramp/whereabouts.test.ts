import { describe, expect, test } from 'vitest'
import { aSession } from '#components/onramp/session.fixture.ts'
import { whereabouts } from '#components/onramp/whereabouts.ts'

const told = (...session: Parameters<typeof aSession>) => whereabouts(aSession(...session), 'en-US')

describe('where the money is', () => {
  test.each([
    ['created', 'moving', 'Nothing has been charged'],
    ['awaiting_payment', 'waiting', 'Stripe is waiting for your payment of $26.10'],
    ['processing', 'moving', 'Stripe has your payment of $26.10'],
    ['funded', 'moving', 'USDC to Causeway’s treasury'],
    ['delivering', 'moving', 'We are sending 24.61\u00a0MUSD'],
    ['delivered', 'arrived', '24.61\u00a0MUSD are in your wallet on Mezo'],
    ['rejected', 'failed', 'Nothing was bought'],
    ['expired', 'failed', 'no payment has reached us'],
    ['settled_by_hand', 'waiting', 'a person has settled it by hand'],
    ['unknown', 'attention', 'has not told us yet'],
    ['needs_attention', 'attention', 'Your payment is safe'],
  ] as const)('%s is told as %s', (status, tone, words) => {
    expect(told(status).tone).toBe(tone)
    expect(told(status).sentence).toContain(words)
  })

  test.each([
    'treasury_short',
    'funding_unverified',
    'delivery_failed',
    'delivery_mismatch',
    'delivery_refused',
    'delivery_displaced',
    'something_new',
  ])('%s says what is safe and what happens next', (code) => {
    const { sentence, next } = told('needs_attention', { attention: { code, detail: 'A detail.' } })
    expect(`${sentence} ${next}`).toMatch(/payment is (safe|recorded)/)
  })

  test.each(['expired', 'rejected'] as const)('a payment taken after it had %s is never called free', (status) => {
    const { sentence, next, tone } = told(status, { paidAfterExpiry: true })
    expect(sentence).toContain('Stripe took $26.10')
    expect(next).toContain('You need not pay again')
    expect(tone).toBe('attention')
    const settled = told(status, { paidAfterExpiry: true, paidAfterExpirySettled: true })
    expect(settled.sentence).toContain('Stripe took $26.10')
    expect(settled.next).toContain('has settled it')
  })

  test('USDC from Stripe names no treasury', () => {
    for (const status of ['funded', 'delivering', 'delivered'] as const) {
      expect(told(status, { delivery: 'stripe', asset: 'USDC' }).sentence).not.toContain('treasury')
    }
  })
})
