import { beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { forgetRates, tick } from '#supabase/tests/support/rates.ts'
import { refusalOf } from '#supabase/tests/support/refusal.ts'
import { ago, agree, market, type Terms, termsOf } from '#supabase/tests/support/terms.ts'

// A quote is reckoned again when somebody agrees to it, from the ticks that it stands on: whatever differs is refused.

const { adminSql } = await testDatabase()
const minute = 60_000

beforeEach(() => forgetRates(adminSql))

describe('a quote that is not what its prices come to', () => {
  const rate = (change: object) => (terms: Terms) => ({ ...terms, rate: { ...terms.rate, ...change } })
  const settlement = (change: object) => (terms: Terms) => ({
    ...terms,
    rate: { ...terms.rate, settlement: { ...(terms.rate.settlement as object), ...change } },
  })
  const besides = (at: string) => {
    const ms = Date.parse(at)
    return new Date(ms % (10 * minute) === 0 ? ms + 1 : ms - 1).toISOString()
  }
  const longAgo = () => ago(40 * minute).toISOString()
  const changes: [string, (terms: Terms) => Terms][] = [
    ['a unit more of it', (terms) => ({ ...terms, amount: String(BigInt(terms.amount) + 1n) })],
    ['a unit less of it', (terms) => ({ ...terms, amount: String(BigInt(terms.amount) - 1n) })],
    ['another raw price', rate({ raw: '0.9984' })],
    ['another price', rate({ price: '0.9984' })],
    ['another asset', rate({ base: 'USDC' })],
    ['another currency', rate({ quote: 'EUR' })],
    ['a tick that is not there', rate({ at: longAgo() })],
    ['another moment of its ten minutes', (terms) => rate({ at: besides(String(terms.rate.at)) })(terms)],
    ['another age', rate({ ageSeconds: 1 })],
    ['another source', rate({ sources: ['somebody'] })],
    ['another spread', rate({ spreadBasisPoints: 7 })],
    ['something more in it', rate({ bonus: '1' })],
    ['more USDC', settlement({ amount: '24.94' })],
    ['the same USDC, written otherwise', settlement({ amount: '24.930' })],
    ['dearer USDC', settlement({ raw: '1.01' })],
    ['no USDC at all', rate({ settlement: { base: 'USDC', amount: '0', raw: '0.9999', at: longAgo() } })],
  ]
  test.each(changes)('%s: is refused', async (_, change) => {
    await market(adminSql)
    const terms = await termsOf('MUSD')
    const changed = change(terms)
    expect(changed).not.toEqual(terms)
    await expect(agree('MUSD', changed)).rejects.toMatchObject({ status: 422, code: 'quote_mismatch' })
    expect(
      await adminSql`select from public.onramp_sessions where quote -> 'rate' = ${adminSql.json(changed.rate as never)}`,
    ).toEqual([])
  })

  // How much USDC Stripe sells is Stripe's to say, and no price of ours.
  const ofStripe = changes.filter(([name]) => !/unit|asset|USDC/.test(name))
  test.each(ofStripe)('%s: is refused of what Stripe delivers too', async (_, change) => {
    await market(adminSql)
    const terms = await termsOf('USDC')
    await expect(agree('USDC', change(terms))).rejects.toMatchObject({ status: 422 })
  })

  test('with another markup than is asked now has expired', async () => {
    await market(adminSql)
    const terms = await termsOf('MUSD')
    await adminSql`update public.rate_policies set markup_basis_points = 1 where asset = 'MUSD' and currency = 'USD'`
    await expect(agree('MUSD', terms)).rejects.toMatchObject({ status: 409, code: 'quote_expired' })
    await expect(agree('MUSD', rate({ markup: { absolute: '0', basisPoints: 1 } })(terms))).rejects.toMatchObject({
      code: 'quote_mismatch',
    })
  })

  test('without prices, or of a time that has not come, has expired', async () => {
    await market(adminSql)
    const terms = await termsOf('MUSD')
    const none = { ...terms, rate: undefined as never }
    await expect(agree('MUSD', none)).rejects.toMatchObject({ code: 'quote_expired' })
    const later = new Date(Date.parse(terms.expiresAt) + minute).toISOString()
    await expect(agree('MUSD', { ...terms, expiresAt: later })).rejects.toMatchObject({ code: 'quote_expired' })
  })

  test('that was made later than it says is refused: its age gives it away', async () => {
    await market(adminSql)
    const terms = await termsOf('MUSD')
    const earlier = new Date(Date.parse(terms.expiresAt) - 10_000).toISOString()
    await expect(agree('MUSD', { ...terms, expiresAt: earlier })).rejects.toMatchObject({ code: 'quote_mismatch' })
  })
})

describe('the tick of a quote', () => {
  /** What becomes of a quote that was made then, on a tick of that moment. */
  const standsOn = (at: Date, madeAt: Date) =>
    refusalOf(adminSql`select private.tick_of_quote('MUSD', 'USD', ${at}, ${madeAt})`)

  test('was fresh when the quote was made, and may be stale when it is agreed to', async () => {
    const at = ago(15 * minute + 10_000)
    await tick(adminSql, { asset: 'MUSD', currency: 'USD', price: '1', at })
    expect(await standsOn(at, ago(20_000))).toBe('accepted')
    expect(await standsOn(at, ago(10_000))).toBe('CWINV')
    expect(await standsOn(at, ago(0))).toBe('CWINV')
  })

  test('was the newest, but for a minute in which a newer one may not have been seen', async () => {
    const at = ago(14 * minute)
    await tick(adminSql, { asset: 'MUSD', currency: 'USD', price: '1', at })
    await tick(adminSql, { asset: 'MUSD', currency: 'USD', price: '1', at: ago(minute), recordedAt: ago(61_000) })
    expect(await standsOn(at, ago(5000))).toBe('accepted')
    expect(await standsOn(at, new Date())).toBe('CWINV')
  })

  test('is the feed’s own: what was filled in afterwards is no price to sell at', async () => {
    const at = ago(minute)
    await tick(adminSql, { asset: 'MUSD', currency: 'USD', price: '1', at, origin: 'history' })
    expect(await standsOn(at, new Date())).toBe('CWINV')
    await expect(termsOf('MUSD')).rejects.toMatchObject({ code: 'rate_missing' })
  })
})
