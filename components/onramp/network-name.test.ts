import { expect, test } from 'vitest'
import { networkName } from '#components/onramp/network-name.ts'
import { networkNames } from '#lib/money/assets.ts'
import { networks } from '#lib/rails/chain/networks.ts'

test.each(networkNames)('%s is called the same everywhere', (network) => {
  expect(networkName(network)).toBe(networks[network].label)
})
