import { expect, test } from 'vitest'
import { networkCoin, networkName } from '#components/onramp/network-name.ts'
import { networkNames } from '#lib/money/assets.ts'
import { networks } from '#lib/rails/chain/networks.ts'

test.each(networkNames)('%s is called the same everywhere', (network) => {
  expect(networkName(network)).toBe(networks[network].label)
})

test.each(networkNames)('%s takes its fees in the same coin everywhere', (network) => {
  expect(networkCoin(network)).toBe(networks[network].nativeCurrency.symbol)
})
