import { describe, expect, test } from 'vitest'
import { parseCircleNetworks } from '#lib/rails/circle/networks.ts'

const test_ = { apiKey: 'TEST_API_KEY:id:secret' }
const live = { apiKey: 'LIVE_API_KEY:id:secret' }
const standIn = { ...test_, apiUrl: 'http://127.0.0.1:4020' }

describe('parseCircleNetworks', () => {
  test('reads the mapping', () => {
    const expected = [
      ['base', 'BASE'],
      ['ethereum', 'ETH'],
    ]
    expect([...parseCircleNetworks({ base: 'BASE', ethereum: 'ETH' }, live)]).toEqual(expected)
  })

  test("the local chain stands for one of Circle's, before a stand-in on this machine only", () => {
    const mapping = { 'mezo-testnet': 'BASE-SEPOLIA' }
    expect([...parseCircleNetworks(mapping, standIn)]).toEqual([['mezo-testnet', 'BASE-SEPOLIA']])
    expect(() => parseCircleNetworks(mapping, test_)).toThrow('not the same chain')
    const elsewhere = { ...test_, apiUrl: 'https://circle.example.com' }
    expect(() => parseCircleNetworks(mapping, elsewhere)).toThrow('not the same chain')
  })

  test.each([
    ['a network of nobody', { goerli: 'ETH' }, live, "'goerli' is none of"],
    ['a chain that Circle does not serve', { mezo: 'MEZO' }, live, "not on 'MEZO'"],
    ['two different chains', { base: 'ETH' }, live, "base and Circle's ETH are not the same chain"],
    ['a mainnet with a test key', { base: 'BASE' }, test_, "a test key of Circle's is not for BASE"],
    ['a testnet with a live key', { 'base-sepolia': 'BASE-SEPOLIA' }, live, "a live key of Circle's is not for"],
  ])('refuses %s', (_case, mapping, terms, sentence) => {
    expect(() => parseCircleNetworks(mapping, terms)).toThrow(sentence)
  })
})
