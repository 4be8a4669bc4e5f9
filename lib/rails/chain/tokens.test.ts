import { getAddress } from 'viem'
import * as chains from 'viem/chains'
import { describe, expect, test } from 'vitest'
import { networkNames } from '#lib/money/assets.ts'
import { addressUrl, networkList, networks, transactionUrl } from '#lib/rails/chain/networks.ts'
import { findToken, requireToken, tokens } from '#lib/rails/chain/tokens.ts'

describe('networks', () => {
  test('each is listed once, under its own name, with a CAIP-2 name made of its chain id', () => {
    expect(networkList.map(({ name }) => name)).toEqual([...networkNames])
    for (const info of networkList) expect(info.caip2).toBe(`eip155:${info.chainId}`)
  })

  test.each([
    ['mezo', chains.mezo],
    ['mezo-testnet', chains.mezoTestnet],
    ['base', chains.base],
    ['base-sepolia', chains.baseSepolia],
    ['ethereum', chains.mainnet],
  ] as const)('%s agrees with what viem knows', (name, chain) => {
    const info = networks[name]
    expect(info.chainId).toBe(chain.id)
    expect(info.defaultRpcUrl).toBe(chain.rpcUrls.default.http[0])
    expect(info.explorerUrl).toBe(chain.blockExplorers.default.url)
    expect(info.nativeCurrency).toMatchObject({
      symbol: chain.nativeCurrency.symbol,
      decimals: chain.nativeCurrency.decimals,
    })
  })

  test('links lead to the explorer', () => {
    expect(transactionUrl(networks.mezo.explorerUrl, '0xab')).toBe('https://explorer.mezo.org/tx/0xab')
    expect(addressUrl(networks.base.explorerUrl, '0xcd')).toBe('https://basescan.org/address/0xcd')
  })
})

describe('tokens', () => {
  test('every address is in checksum spelling', () => {
    for (const token of tokens) expect(token.address).toBe(getAddress(token.address.toLowerCase()))
  })

  test('an asset has one contract a network', () => {
    const pairs = tokens.map(({ asset, network }) => `${asset} on ${network}`)
    expect(new Set(pairs).size).toBe(pairs.length)
  })

  test('MUSD lives on Mezo and Ethereum, and is not looked for elsewhere', () => {
    expect(findToken('MUSD', 'mezo-testnet')?.decimals).toBe(18)
    expect(findToken('MUSD', 'base')).toBeUndefined()
    expect(() => requireToken('MUSD', 'base')).toThrow('There is no MUSD on base.')
  })
})
