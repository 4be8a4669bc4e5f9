import { beforeAll, describe, expect, test } from 'vitest'
import { testEnvironment } from '#lib/env.testing.ts'
import { onrampOffers, requireOffer } from '#lib/onramp/offers.ts'
import { rate } from '#lib/receipts/purchase.ts'

beforeAll(testEnvironment)

describe('onrampOffers', () => {
  test('MUSD by the treasury, USDC by Stripe', () => {
    expect(onrampOffers().map(({ asset, network, delivery }) => [asset, network, delivery])).toEqual([
      ['MUSD', 'mezo-testnet', 'treasury'],
      ['USDC', 'mezo-testnet', 'stripe'],
    ])
  })

  test('what is not sold here is refused, with what is', () => {
    expect(() => requireOffer('USDC', 'base')).toThrow(
      expect.objectContaining({ code: 'not_offered', field: 'network' }),
    )
  })
})

describe('rate', () => {
  test.each([
    ['25.00', 24_805_350_000_000_000_000n, '1.0078'],
    ['1.00', 1_000_000_000_000_000_000n, '1.0000'],
    ['1.00', 3_000_000_000_000_000_000n, '0.3333'],
    ['2.00', 3_000_000_000_000_000_000n, '0.6667'],
  ])('%s for %s is %s', (sourceAmount, delivered, expected) => {
    const quote = {
      id: '',
      sourceAmount,
      sourceCurrency: 'USD',
      fees: [],
      totalAmount: sourceAmount,
      destinationAmount: '0',
      asset: 'MUSD',
      network: 'mezo',
      chain: '',
      expiresAt: '',
    } as const
    expect(rate({ ...quote, fees: [] }, delivered)).toBe(expected)
  })
})
