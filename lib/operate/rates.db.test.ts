import { beforeAll, describe, expect, test } from 'vitest'
import { listDeskPairs, listHeldRates, listRateGaps, listRateSources } from '#lib/operate/rates.ts'
import { acceptHeldRate } from '#lib/rates/accept-held.ts'
import { setRatePolicy } from '#lib/rates/set-policy.ts'
import { alice, introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

// An operator sees how the feed does, and decides about markups and about what was held. Nobody else sees or decides.

const { adminSql, as } = await testDatabase()

beforeAll(() => introduceCast(adminSql))

const tenMinutes = 600_000
const start = Math.floor(Date.now() / tenMinutes) * tenMinutes
/** The beginning of the ten minutes that are so many before these. */
const ago = (count: number) => new Date(start - count * tenMinutes).toISOString()

/** What sources say of ETH in EUR in one run. */
async function say(observedAt: string, prices: Record<string, string>): Promise<void> {
  const readings = Object.entries(prices).map(([source, price]) => ({
    source,
    asset: 'ETH',
    currency: 'EUR',
    price,
    observedAt,
  }))
  await as({ role: 'worker' })((sql) => sql`select app.record_rates(${sql.json(readings)})`)
}

const policyOf = async (base: string, quote: string) => {
  const pairs = await listDeskPairs({ actor: olga })
  const pair = pairs.find((each) => each.base === base && each.quote === quote)
  return [pair?.markupAbsolute, pair?.markupBasisPoints, pair?.jumpBasisPoints]
}

const audit = (action: string) =>
  adminSql`select actor, subject, detail from public.audit_log where action = ${action} order by id`

describe('the markup of a pair', () => {
  const wanted = {
    base: 'ETH',
    quote: 'INR',
    markupAbsolute: '0.25',
    markupBasisPoints: '30',
    jumpBasisPoints: '900',
  } as const

  test('is an operator’s to set, and what it was is kept', async () => {
    expect(await policyOf('ETH', 'INR')).toEqual(['0.10', 0, 1500])
    await setRatePolicy({ actor: olga, ...wanted })
    expect(await policyOf('ETH', 'INR')).toEqual(['0.25', 30, 900])
    await setRatePolicy({ actor: olga, ...wanted })
    expect(await audit('rates.set_policy')).toEqual([
      {
        actor: `account:${olga.userId}`,
        subject: 'ETH/INR',
        detail: {
          from: { markupAbsolute: '0.10', markupBasisPoints: 0, jumpBasisPoints: 1500 },
          to: { markupAbsolute: '0.25', markupBasisPoints: 30, jumpBasisPoints: 900 },
        },
      },
    ])
  })

  test('is nobody else’s', async () => {
    await expect(setRatePolicy({ actor: alice, ...wanted })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(setRatePolicy({ actor: { role: 'anon' }, ...wanted })).rejects.toMatchObject({ status: 404 })
    const write = as(olga)((sql) => sql`update public.rate_policies set markup_basis_points = 1`)
    await expect(write).rejects.toThrow('permission denied')
  })

  test.each([
    { markupAbsolute: '-1' },
    { markupAbsolute: '1e3' },
    { markupAbsolute: '0.123456789' },
    { markupBasisPoints: '1001' },
    { markupBasisPoints: '1.5' },
    { jumpBasisPoints: '9' },
    { jumpBasisPoints: '5001' },
  ])('%j is refused', async (wrong) => {
    await expect(setRatePolicy({ actor: olga, ...wanted, ...wrong })).rejects.toMatchObject({ code: 'invalid_field' })
    expect(await policyOf('ETH', 'INR')).toEqual(['0.25', 30, 900])
  })

  test('of more than a tenth of the price is refused', async () => {
    await say(ago(4), { coingecko: '3000' })
    const inEuro = { ...wanted, quote: 'EUR' } as const
    await setRatePolicy({ actor: olga, ...inEuro, markupAbsolute: '300' })
    const refused = setRatePolicy({ actor: olga, ...inEuro, markupAbsolute: '300.01' })
    await expect(refused).rejects.toMatchObject({ code: 'invalid_field', detail: expect.stringContaining('3000') })
    await setRatePolicy({
      actor: olga,
      ...inEuro,
      markupAbsolute: '0',
      markupBasisPoints: '0',
      jumpBasisPoints: '1500',
    })
  })
})

describe('a price that was held', () => {
  const reading = { source: 'coingecko', base: 'ETH', quote: 'EUR' } as const
  const note = 'Kraken and Bitstamp say the same.'

  test('is seen with what stands instead, by operators only', async () => {
    await say(ago(2), { coingecko: '3010', coinbase: '9000' })
    expect(await listHeldRates({ actor: olga })).toMatchObject([
      { source: 'coinbase', price: '9000', because: 'disagreement', instead: '3010', before: '3000' },
    ])
    expect(await listRateSources({ actor: olga })).toMatchObject([
      { name: 'coinbase', readings: 1, held: 1, failing: false },
      { name: 'coingecko', readings: 2, held: 0, failing: false },
    ])
    expect([await listHeldRates({ actor: alice }), await listRateSources({ actor: alice })]).toEqual([[], []])
  })

  test('cannot take the place of a price that stands', async () => {
    const accepted = acceptHeldRate({ actor: olga, ...reading, source: 'coinbase', at: ago(2), note })
    await expect(accepted).rejects.toMatchObject({ code: 'wrong_state' })
  })

  test('is the price once an operator says so, and what comes after is measured by it', async () => {
    await say(ago(1), { coingecko: '4000' })
    const [held] = await listHeldRates({ actor: olga })
    expect(held).toMatchObject({ price: '4000', because: 'jump', instead: null, before: '3010' })

    const accept = (more: object = {}) => acceptHeldRate({ actor: olga, ...reading, at: ago(1), note, ...more })
    await expect(accept({ note: 'sure' })).rejects.toMatchObject({ code: 'invalid_field' })
    await expect(accept({ actor: alice })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(accept({ source: 'coinbase' })).rejects.toMatchObject({ status: 404 })
    await accept()
    await expect(accept()).rejects.toMatchObject({ code: 'wrong_state' })
    expect(await audit('rates.accept')).toMatchObject([
      { actor: `account:${olga.userId}`, subject: 'ETH/EUR', detail: { price: '4000', heldBecause: 'jump', note } },
    ])
    const [hours] = await adminSql`select sum(count)::int as ticks, max(high) as high from public.rate_hours`
    expect(hours).toEqual({ ticks: 3, high: '4000' })

    await say(ago(0), { coingecko: '4100' })
    const pairs = await listDeskPairs({ actor: olga })
    expect(pairs.find(({ base, quote }) => base === 'ETH' && quote === 'EUR')).toMatchObject({
      newest: { price: '4100', origin: 'feed', spreadBasisPoints: 0, sources: ['coingecko'] },
      fresh: true,
      ticks: 4,
    })
  })

  test('where there is no price is a gap, once for all pairs that lack it', async () => {
    const gaps = await listRateGaps({ actor: olga })
    expect(gaps).toEqual([{ from: ago(3), to: ago(2), pairs: ['ETH/EUR'] }])
  })
})
