import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { UnexpectedStripeAnswer } from '#lib/rails/stripe/answer.ts'
import { outcomeOf } from '#lib/rails/stripe/errors.ts'
import { toSession } from '#lib/rails/stripe/onramp-sessions.ts'

const answer = (details: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => ({
  id: 'cos_1',
  object: 'crypto.onramp_session',
  client_secret: 'cos_1_secret_2',
  created: 1_795_000_000,
  livemode: false,
  metadata: { session: 'ours' },
  redirect_url: 'https://crypto.link.com?session_hash=abc',
  status: 'fulfillment_complete',
  transaction_details: {
    destination_amount: '24.930000',
    destination_currency: 'usdc',
    destination_network: 'base',
    fees: { network_fee_amount: '0.05', transaction_fee_amount: '0.68' },
    source_amount: '25.00',
    source_currency: 'usd',
    transaction_id: '0xabc',
    wallet_address: '0xdef',
    ...details,
  },
  ...more,
})

describe('toSession', () => {
  test('reads a complete session; amounts stay the text that Stripe wrote', () => {
    expect(toSession(answer())).toEqual({
      id: 'cos_1',
      status: 'fulfillment_complete',
      livemode: false,
      createdAt: new Date(1_795_000_000_000),
      metadata: { session: 'ours' },
      clientSecret: 'cos_1_secret_2',
      redirectUrl: 'https://crypto.link.com?session_hash=abc',
      walletAddress: '0xdef',
      sourceAmount: '25.00',
      sourceCurrency: 'USD',
      destinationAmount: '24.930000',
      destinationCurrency: 'USDC',
      destinationNetwork: 'base',
      fees: { network: '0.05', processing: '0.68' },
      transactionHash: '0xabc',
    })
  })

  test('a new session has little in it yet', () => {
    const fresh = { id: 'cos_2', created: 1, livemode: true, status: 'initialized', transaction_details: {} }
    expect(toSession(fresh)).toMatchObject({ metadata: {}, redirectUrl: null, fees: null, transactionHash: null })
  })

  test.each([
    ['a number for an amount', answer({ destination_amount: 24.93 })],
    ['an exponent', answer({ source_amount: '1e3' })],
    ['a negative amount', answer({ source_amount: '-1' })],
    ['an unknown status', answer({}, { status: 'half_done' })],
    ['an address that is a script', answer({}, { redirect_url: 'javascript:alert(1)' })],
    ['another object', answer({}, { id: 'cs_1' })],
    ['nothing', undefined],
  ])('%s is not taken for a session, and its outcome is unclear', (_name, body) => {
    const read = () => toSession(body)
    expect(read).toThrow(UnexpectedStripeAnswer)
    expect(outcomeOf(thrownBy(read))).toBe('unclear')
  })

  test('whatever comes, it is a session or an error that shows no value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.stringMatching(/^[a-z]{12}$/), (noise, secret) => {
        const error = thrownBy(() => toSession(answer({ source_amount: noise }, { client_secret: { hidden: secret } })))
        expect(error).toBeInstanceOf(UnexpectedStripeAnswer)
        expect(String(error)).not.toContain(secret)
      }),
    )
  })

  test('every decimal text passes unchanged', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,30}(\.\d{1,30})?$/), (amount) => {
        expect(toSession(answer({ destination_amount: amount })).destinationAmount).toBe(amount)
      }),
    )
  })
})

function thrownBy(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  return undefined
}
