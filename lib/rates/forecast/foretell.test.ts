import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Foretold, foretellHours, hoursNeeded } from '#lib/rates/forecast/foretell.ts'
import { type Hours, hourly } from '#lib/rates/forecast/hours.ts'
import { drawnBack, trending, wandering } from '#lib/rates/forecast/walks.testing.ts'

const first = 400_000

/** A price for every hour but those left out. */
function hoursOf(prices: readonly number[], isMissing: (index: number) => boolean = () => false): Hours {
  const rows = prices.flatMap((price, index) => (isMissing(index) ? [] : [[first + index, price.toFixed(8)] as const]))
  return hourly(rows, first + prices.length - 1)
}

type Made = Extract<Foretold, { missingBecause: null }>

function made(hours: Hours): Made {
  const foretold = foretellHours(hours)
  if (foretold.missingBecause !== null) throw new Error(foretold.missingBecause)
  return foretold
}

const skills = ({ backtest }: Made) => backtest.map(({ skill }) => Number(skill))

describe('foretellHours', () => {
  test('default', () => {
    const { points, ...forecast } = made(hoursOf(drawnBack(1, 3000)))
    expect(points).toHaveLength(33)
    expect(points.map(({ hours }) => hours)).toEqual(expect.arrayContaining([1, 24, 168]))
    expect(points[0]).toMatchInlineSnapshot(`
      {
        "bands": [
          "1.0005356",
          "1.0014944",
          "1.000291",
          "1.0017393",
        ],
        "baseline": [
          "1.0006371",
          "1.0016174",
          "1.000385",
          "1.0018697",
        ],
        "hours": 1,
        "price": "1.0010149",
      }
    `)
    expect(forecast).toMatchInlineSnapshot(`
      {
        "backtest": [
          {
            "baselineCoverage": [
              "81.02",
              "95.01",
            ],
            "baselineError": "0.00032901743",
            "baselineErrorPercent": "0.032903142",
            "coverage": [
              "80.95",
              "95.32",
            ],
            "error": "0.00032133216",
            "errorPercent": "0.032134475",
            "from": 400096,
            "hours": 1,
            "independent": 2903,
            "origins": 2903,
            "skill": "0.0234",
            "to": 402999,
          },
          {
            "baselineCoverage": [
              "80.12",
              "96.29",
            ],
            "baselineError": "0.00094285259",
            "baselineErrorPercent": "0.094291696",
            "coverage": [
              "84.42",
              "97.62",
            ],
            "error": "0.00072091356",
            "errorPercent": "0.072096122",
            "from": 400119,
            "hours": 24,
            "independent": 119,
            "origins": 2857,
            "skill": "0.2354",
            "to": 402999,
          },
          {
            "baselineCoverage": [
              "90.58",
              "99.96",
            ],
            "baselineError": "0.0010046267",
            "baselineErrorPercent": "0.10046525",
            "coverage": [
              "92.49",
              "100",
            ],
            "error": "0.00074120419",
            "errorPercent": "0.074124168",
            "from": 400263,
            "hours": 168,
            "independent": 15,
            "origins": 2569,
            "skill": "0.2622",
            "to": 402999,
          },
        ],
        "damping": 0,
        "level": 1,
        "missingBecause": null,
        "price": "1.00112709",
        "reversion": 0.9,
        "trend": 0,
      }
    `)
  })

  test('the same hours say the same', () => {
    expect(foretellHours(hoursOf(wandering(3, 1200)))).toEqual(foretellHours(hoursOf(wandering(3, 1200))))
  })

  test('too few hours in a row say nothing, and one more says something', () => {
    const prices = wandering(4, hoursNeeded)
    expect(foretellHours(hoursOf(prices.slice(1)))).toEqual({ missingBecause: 'too_few_hours' })
    expect(foretellHours(hoursOf(prices))).toMatchObject({ missingBecause: null })
    expect(foretellHours(hoursOf([]))).toEqual({ missingBecause: 'too_few_hours' })
  })

  test('hours that are many but never follow each other for long say nothing', () => {
    const scattered = hoursOf(wandering(5, 4000), (index) => index % 500 < 20)
    expect(scattered.known).toBeGreaterThan(hoursNeeded)
    expect(foretellHours(scattered)).toEqual({ missingBecause: 'too_few_hours' })
  })

  test('without a recent price nothing is said', () => {
    expect(foretellHours(hoursOf(wandering(6, 1000), (index) => index > 995))).toEqual({
      missingBecause: 'no_recent_price',
    })
    expect(foretellHours(hoursOf(wandering(6, 1000), (index) => index > 996))).toMatchObject({ missingBecause: null })
  })

  test('right after a gap it goes on from the new price', () => {
    const prices = wandering(8, 1500)
    const { points } = made(hoursOf(prices, (index) => index >= 1480 && index < 1499))
    expect(Number(points[0]?.price)).toBeCloseTo(prices.at(-1) ?? 0, -2)
    expect(Number(points[0]?.bands[0])).toBeLessThan(Number(points[0]?.price))
  })

  test('a price that never moves is foretold not to, and nobody is better', () => {
    const { points, backtest } = made(hoursOf(Array.from({ length: 900 }, () => 1)))
    expect(new Set(points.flatMap(({ price, bands, baseline }) => [price, ...bands, ...baseline]))).toEqual(
      new Set(['1']),
    )
    expect(backtest.map(({ error, skill, coverage }) => ({ error, skill, coverage }))).toEqual(
      Array.from({ length: 3 }, () => ({ error: '0', skill: null, coverage: ['100', '100'] })),
    )
  })

  test('behavior: what moves after weeks of standing still has bands that are not absurd', () => {
    const still = Array.from({ length: 1500 }, (_, index) => (index % 400 === 399 ? 1.0005 : 1))
    const { points } = made(hoursOf(still))
    for (const { bands } of points) {
      expect(Number(bands[2])).toBeGreaterThan(0.5)
      expect(Number(bands[3])).toBeLessThan(2)
    }
  })

  test('behavior: bands lie in each other, whatever the prices', () => {
    const prices = fc.array(fc.double({ min: 1e-7, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(prices, fc.integer({ min: 1, max: 50 }), (some, seed) => {
        const walk = wandering(seed, 700).map((price, hour) => price * (some[hour % some.length] ?? 1))
        const { points } = made(
          hourly(
            walk.map((price, hour) => [first + hour, String(price)] as const),
            first + 699,
          ),
        )
        for (const { price, bands, baseline } of points) {
          const [low80, high80, low95, high95] = bands.map(Number)
          const inOrder = [low95, low80, Number(price), high80, high95]
          expect(inOrder).toEqual(inOrder.toSorted((one = 0, other = 0) => one - other))
          const [low, high, lower, higher] = baseline.map(Number)
          expect([lower, low, high, higher]).toEqual(
            [lower, low, high, higher].toSorted((one = 0, other = 0) => one - other),
          )
        }
      }),
      { numRuns: 15 },
    )
  })
})

describe('how good it is', () => {
  const seeds = [1, 2, 3, 4]
  const ofAYear = (walk: typeof wandering) => seeds.map((seed) => made(hoursOf(walk(seed, 8760))))
  const years = {
    wandering: ofAYear(wandering),
    drawnBack: ofAYear(drawnBack),
    trending: ofAYear(trending),
  }

  test('where nothing can be foretold it says so: it is the last price, or hardly worse', () => {
    for (const forecast of years.wandering) {
      expect(forecast).toMatchObject({ level: 1, trend: 0, reversion: 1 })
      for (const skill of skills(forecast)) {
        expect(skill).toBeLessThan(0.02)
        expect(skill).toBeGreaterThan(-0.08)
      }
    }
  })

  test('where a price returns, it is better by a fifth at a day and at a week', () => {
    for (const forecast of years.drawnBack) {
      const [, day = 0, week = 0] = skills(forecast)
      expect(day).toBeGreaterThan(0.2)
      expect(week).toBeGreaterThan(0.2)
    }
  })

  test('where a trend lasts, it is better at an hour and at a day', () => {
    for (const forecast of years.trending) {
      const [hour = 0, day = 0] = skills(forecast)
      expect(hour).toBeGreaterThan(0.01)
      expect(day).toBeGreaterThan(0.05)
    }
  })

  test('as many prices lie in the bands as they say, in calm and in storm', () => {
    for (const forecasts of Object.values(years)) {
      const judged = forecasts.map(({ backtest }) => backtest)
      for (const horizon of [0, 1, 2]) {
        const mean = (of: (test: NonNullable<(typeof judged)[number][number]>) => number) =>
          judged.reduce((sum, tests) => sum + (tests[horizon] ? of(tests[horizon]) : Number.NaN), 0) / judged.length
        // Weeks overlap, so that a year has only fifty of them: their bands are wider rather than narrower.
        const [less, more] = horizon === 2 ? [5, 10] : [3, 6]
        expect(mean(({ coverage }) => Number(coverage[0]))).toBeGreaterThan(80 - less)
        expect(mean(({ coverage }) => Number(coverage[0]))).toBeLessThan(80 + more)
        expect(mean(({ coverage }) => Number(coverage[1]))).toBeGreaterThan(95 - less)
        expect(mean(({ baselineCoverage }) => Number(baselineCoverage[0]))).toBeGreaterThan(80 - less)
        expect(mean(({ baselineCoverage }) => Number(baselineCoverage[1]))).toBeGreaterThan(95 - less)
      }
    }
  })
})
