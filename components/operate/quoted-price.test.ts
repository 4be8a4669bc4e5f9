import { expect, test } from 'vitest'
import { quotedPrice } from '#components/operate/quoted-price.ts'

test.each([
  ['100', '0', '0', '100'],
  ['100', '0.10', '0', '100.1'],
  ['100', '0', '25', '100.25'],
  ['6.84125', '0.10', '30', '6.96177375'],
  ['0.000000000000000000000001', '0', '1', '0.0000000000000000000000010001'],
  ['999999999999999', '0', '1000', '1099999999999998.9'],
])('%s with %s and %s basis points is %s', (price, absolute, basisPoints, quoted) => {
  expect(quotedPrice(price, absolute, basisPoints)).toBe(quoted)
})

test.each([
  ['100', '', '0'],
  ['100', '1e3', '0'],
  ['100', '0', '1.5'],
  ['100', '-1', '0'],
])('%s with %j and %j basis points is not a price', (price, absolute, basisPoints) => {
  expect(quotedPrice(price, absolute, basisPoints)).toBeNull()
})
