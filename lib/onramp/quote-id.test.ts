import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { testEnvironment } from '#lib/env.testing.ts'
import { readQuoteId, signQuote } from '#lib/onramp/quote-id.ts'

beforeAll(testEnvironment)

const quote = {
  sourceAmount: '25.00',
  sourceCurrency: 'USD',
  fees: [{ kind: 'processing', amount: '0.68', currency: 'USD' }],
  totalAmount: '25.68',
  destinationAmount: '24.93',
  asset: 'USDC',
  network: 'base',
  chain: 'eip155:8453',
  expiresAt: '2026-11-21T07:07:01.527Z',
} as const

describe('readQuoteId', () => {
  test('gives back the quote that was signed', async () => {
    const signed = await signQuote({ ...quote, fees: [...quote.fees] })
    expect(await readQuoteId(signed.id)).toEqual(signed)
  })

  test('one changed character makes it nobody’s quote', async () => {
    const { id } = await signQuote({ ...quote, fees: [...quote.fees] })
    // The last character of base64url may carry unused bits, so it is left alone.
    const positions = fc.integer({ min: 'quote_'.length, max: id.length - 2 })
    await fc.assert(
      fc.asyncProperty(positions, fc.constantFrom(...'abcXYZ019-_'), async (index, character) => {
        fc.pre(id[index] !== character && id[index] !== '.')
        const changed = id.slice(0, index) + character + id.slice(index + 1)
        await expect(readQuoteId(changed)).rejects.toMatchObject({ code: 'unknown_quote', field: 'quoteId' })
      }),
    )
  })

  test.each(['', 'quote_', 'quote_a.b', 'quote_e30.e30', '../../etc'])('%j is refused', async (id) => {
    await expect(readQuoteId(id)).rejects.toMatchObject({ code: 'unknown_quote' })
  })
})
