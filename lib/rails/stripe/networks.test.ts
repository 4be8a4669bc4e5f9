import { describe, expect, test } from 'vitest'

import { networkKey, parseStripeNetworks } from '#lib/rails/stripe/networks.ts'

describe('parseStripeNetworks', () => {
  test('reads the mapping', () => {
    expect([...parseStripeNetworks({ base: 'base', 'mezo-testnet': 'base' })]).toEqual([
      ['base', 'base'],
      ['mezo-testnet', 'base'],
    ])
  })

  test.each([
    ['a network of nobody', { goerli: 'base' }, "'goerli' is none of"],
    ['a network Stripe does not serve', { mezo: 'mezo' }, "not on 'mezo'"],
    ['the key for the name', { base: 'base_network' }, "not on 'base_network'"],
  ])('refuses %s', (_name, mapping, sentence) => {
    expect(() => parseStripeNetworks(mapping)).toThrow(sentence)
  })
})

test('base is filed under base_network', () => {
  expect(networkKey('base')).toBe('base_network')
  expect(networkKey('ethereum')).toBe('ethereum')
})
