import { describe, expect, test } from 'vitest'
import { momentsOf } from '#components/rates/chart/moments.ts'

const at = (minutes: number) => new Date(Date.UTC(2026, 9, 25) + minutes * 60_000).toISOString()
const time = (minutes: number) => Date.parse(at(minutes)) / 1000
const hour = 3600

describe('the moments of a chart', () => {
  const points = [
    { at: at(0), price: '100.10' },
    { at: at(60), price: '101.20' },
    { at: at(120), price: '102.30' },
  ]

  test('place a price where its hour ends, and the one that runs at the price of now', () => {
    const current = { at: at(137), price: '102.35' }
    const moments = momentsOf({ points, stepSeconds: hour, current, forecast: null })
    expect(moments.map((moment) => [moment.time, moment.exact])).toEqual([
      [time(60), '100.10'],
      [time(120), '101.20'],
      [time(137), '102.35'],
    ])
  })

  test('place a day’s price at its day', () => {
    const days = [0, 1, 2].map((day) => ({ at: at(day * 1440), price: `${day + 1}` }))
    const current = { at: at(2 * 1440 + 77), price: '9' }
    const moments = momentsOf({ points: days, stepSeconds: 86_400, current, forecast: null })
    expect(moments.map((moment) => [moment.time, moment.exact])).toEqual([
      [time(0), '1'],
      [time(1440), '2'],
      [time(2880), '9'],
    ])
  })

  test('keep a place for each price that is missing', () => {
    const gap = [...points.slice(0, 1), { at: at(240), price: '104.00' }]
    const moments = momentsOf({ points: gap, stepSeconds: hour, current: null, forecast: null })
    expect(moments.map((moment) => moment.exact)).toEqual(['100.10', null, null, null, '104.00'])
    expect(moments.map((moment) => moment.time)).toEqual([60, 120, 180, 240, 300].map(time))
  })

  test('rise strictly, also when now is the very end of an hour', () => {
    const current = { at: at(120), price: '102.00' }
    const moments = momentsOf({ points, stepSeconds: hour, current, forecast: null })
    const times = moments.map((moment) => moment.time)
    expect(times).toEqual([...new Set(times)].toSorted((left, right) => left - right))
    expect(moments.at(-1)?.exact).toBe('102.00')
  })

  test('go on along the forecast, on whole steps, and begin where it began', () => {
    const band = (width: number) => ({ low: `${100 - width}`, high: `${100 + width}` })
    const forecast = {
      last: { at: at(60), price: '100' },
      path: [
        { at: at(120), price: '100', band80: band(2), band95: band(3) },
        { at: at(300), price: '103', band80: band(8), band95: band(12) },
      ],
    }
    const current = { at: at(137), price: '102.35' }
    const moments = momentsOf({ points, stepSeconds: hour, current, forecast })
    expect(moments.map((moment) => moment.time)).toEqual([60, 120, 137, 180, 240, 300].map(time))
    expect(moments.map((moment) => moment.fan?.price ?? null)).toEqual([100, 100, 100 + 17 / 60, 101, 102, 103])
    expect(moments.map((moment) => moment.fan?.high95)).toEqual([100, 103, 103 + (9 * 17) / 180, 106, 109, 112])
    expect(moments[0]?.fan?.low80).toBe(100)
    expect(moments.at(-1)?.price).toBeNull()
  })

  test('are none where nothing was read', () => {
    expect(momentsOf({ points: [], stepSeconds: hour, current: null, forecast: null })).toEqual([])
  })
})
