import { describe, expect, test } from 'vitest'
import { recordSentence, verdictOf } from '#components/rates/forecast-words.ts'
import type { BacktestHorizon } from '#lib/rates/forecast/schema.ts'

const record = (horizon: BacktestHorizon['horizon'], winner: BacktestHorizon['winner']): BacktestHorizon => ({
  horizon,
  origins: 720,
  independent: 30,
  error: '1784.1',
  errorPercent: '1.84',
  baselineError: '1735.6',
  baselineErrorPercent: '1.79',
  skill: '-0.028',
  winner,
  coverage80: '79.6',
  coverage95: '94.8',
  baselineCoverage80: '80.3',
  baselineCoverage95: '95.1',
})

describe('the verdict on a forecast', () => {
  test('praises it only where it won at every distance', () => {
    const verdict = verdictOf([record('1h', 'model'), record('24h', 'model'), record('7d', 'model')])
    expect(verdict.badge).toBe('Better than the last price')
  })

  test.each(['baseline', 'neither'] as const)('says that the last price does as well when %s wins', (winner) => {
    const { badge, sentence } = verdictOf([record('1h', winner), record('24h', winner), record('7d', winner)])
    expect(badge).toBe('The last price does as well')
    expect(sentence).toContain('no nearer to what came')
  })

  test('names the distances that it won and those that it did not', () => {
    const { sentence } = verdictOf([record('1h', 'baseline'), record('24h', 'model'), record('7d', 'neither')])
    expect(sentence).toBe(
      'So far it has been nearer than the last price 24 hours ahead, and no nearer 1 hour and 7 days ahead.',
    )
  })
})

test('the record of a horizon says the baseline’s win as plainly as its own', () => {
  expect(recordSentence(record('24h', 'baseline'), 'en-US')).toBe(
    'Off by 1.84% on average, and the last price is nearer, off by 1.79%. The bands held 80% and 95% of the time.',
  )
  expect(recordSentence(record('24h', 'model'), 'en-US')).toContain('nearer than the last price, which is off by 1.79%')
  const alike = { ...record('24h', 'baseline'), errorPercent: '0.2291', baselineErrorPercent: '0.2288' }
  expect(recordSentence(alike, 'en-US')).toContain('Off by 0.23% on average, as is the last price.')
  expect(recordSentence({ ...record('7d', 'neither'), coverage95: null }, 'en-US')).toContain('Too few were judged')
})
