import { describe, expect, test } from 'vitest'
import { markupText, sourcesText } from '#components/onramp/rate-words.ts'
import { aRate } from '#components/onramp/session.fixture.ts'

describe('markupText', () => {
  test.each([
    ['0', 0, 'None'],
    ['0.0005', 0, '$0.0005'],
    ['0', 10, '0.10%'],
    ['0.10', 125, '$0.10 + 1.25%'],
  ])('%s and %i basis points: %s', (absolute, basisPoints, text) => {
    expect(markupText({ ...aRate, markup: { absolute, basisPoints } }, 'en-US')).toBe(text)
  })
})

test.each([
  [['coingecko'], 'CoinGecko'],
  [['coinbase', 'coingecko'], 'Coinbase and CoinGecko'],
  [['somebody'], 'somebody'],
])('sourcesText: %j is %s', (sources, text) => {
  expect(sourcesText({ sources }, 'en-US')).toBe(text)
})
