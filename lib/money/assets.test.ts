import { expect, test } from 'vitest'
import { isAsset, isNetwork } from '#lib/money/assets.ts'
import { currencies, currencyCodes, isCurrency } from '#lib/money/currencies.ts'

test.each(['MUSD', 'USDC'])('%s is an asset', (text) => expect(isAsset(text)).toBe(true))
test.each(['musd', 'mUSD', 'USDT', '', 'toString'])('%j is no asset', (text) => expect(isAsset(text)).toBe(false))
test.each(['mezo', 'base-sepolia'])('%s is a network', (text) => expect(isNetwork(text)).toBe(true))
test.each(['Mezo', 'solana', '', 'constructor'])('%j is no network', (text) => expect(isNetwork(text)).toBe(false))
test.each(['USD', 'EUR'])('%s is a currency', (text) => expect(isCurrency(text)).toBe(true))
test.each(['usd', 'GBP', '', 'toString'])('%j is no currency', (text) => expect(isCurrency(text)).toBe(false))

test('every currency is listed under its own code', () => {
  expect(currencyCodes.map((code) => currencies[code].code)).toEqual(Object.keys(currencies))
})
