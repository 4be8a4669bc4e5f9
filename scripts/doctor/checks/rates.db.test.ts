import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { rateAssetCodes, rateCurrencyCodes } from '#lib/rates/pairs.ts'
import { freePort } from '#sandbox/ports.ts'
import { type PricesStandIn, startPrices } from '#sandbox/prices/start.ts'
import type { Check } from '#scripts/doctor/check.ts'
import { coinbase } from '#scripts/doctor/checks/coinbase.ts'
import { coingecko } from '#scripts/doctor/checks/coingecko.ts'
import { freshPrices } from '#scripts/doctor/checks/fresh-prices.ts'
import { examine } from '#scripts/doctor/diagnose.ts'
import { admit } from '#scripts/doctor/patient.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { feedSays, freshRates } from '#supabase/tests/support/rates.ts'

// Where prices come from, looked at on the sandbox's two feeds, and whether they arrive.

const { url: databaseUrl } = await testDatabase()
let prices: PricesStandIn

beforeAll(async () => {
  prices = await startPrices({ port: 0 })
})
afterEach(async () => {
  for (const box of ['faults', 'prices']) await fetch(`${prices.url}/sandbox/${box}`, { method: 'DELETE' })
})
afterAll(() => prices.stop())

const fault = (box: 'faults' | 'prices', input: object) =>
  fetch(`${prices.url}/sandbox/${box}`, { method: 'POST', body: JSON.stringify(input) })

async function look(check: Check, variables: Record<string, string> = {}) {
  const patient = admit({ COINGECKO_API_URL: `${prices.url}/api/v3`, ...variables })
  try {
    return (await examine(check, patient))[0]
  } finally {
    await patient.end()
  }
}

describe('CoinGecko', () => {
  test('that knows every asset is well, with a key or without', async () => {
    expect(await look(coingecko)).toEqual({ state: 'ok', seen: 'has prices of 5 assets; asked without a key' })
    expect(await look(coingecko, { COINGECKO_API_KEY: 'CG-of-this-test' })).toMatchObject({
      state: 'ok',
      seen: expect.stringContaining('the key is taken'),
    })
  })

  test('that refuses the key is a fault, and the key is not told', async () => {
    const verdict = await look(coingecko, { COINGECKO_API_KEY: 'not-a-key-at-all' })
    expect(verdict).toMatchObject({ state: 'fail', seen: 'refuses the key' })
    expect(JSON.stringify(verdict)).not.toContain('not-a-key')
  })

  test('that asks us to wait is a warning', async () => {
    await fault('faults', { status: 429 })
    expect(await look(coingecko)).toMatchObject({ state: 'warn', step: expect.stringContaining('COINGECKO_API_KEY') })
  })

  test.each(['html', 'zero', 'text'])('that answers with %s is a fault', async (garbage) => {
    await fault('prices', { garbage })
    expect(await look(coingecko)).toMatchObject({ state: 'fail', seen: expect.stringContaining('no prices') })
  })

  test('without our assets is a warning that names them', async () => {
    await fault('prices', { garbage: 'missing' })
    expect(await look(coingecko)).toMatchObject({ state: 'warn', seen: 'has no price of BTC, ETH, MUSD, USDC, BDX' })
  })

  test('where nobody listens is a fault', async () => {
    expect(await look(coingecko, { COINGECKO_API_URL: `http://127.0.0.1:${await freePort()}` })).toMatchObject({
      state: 'fail',
      seen: expect.stringContaining('nothing listens there'),
    })
  })
})

describe('Coinbase', () => {
  test('is not needed, and well where it answers', async () => {
    expect(await look(coinbase)).toMatchObject({ state: 'ok', seen: expect.stringContaining('is not set') })
    expect(await look(coinbase, { COINBASE_API_URL: prices.url })).toEqual({ state: 'ok', seen: 'answers' })
  })

  test.each(['html', 'text', 'missing'])('that answers with %s is a fault', async (garbage) => {
    await fault('prices', { garbage })
    expect(await look(coinbase, { COINBASE_API_URL: prices.url })).toMatchObject({ state: 'fail' })
  })
})

test('prices are missing until they are read, and well as long as they are fresh', async () => {
  const arrived = () => look(freshPrices, { DATABASE_URL: databaseUrl })
  expect(await arrived()).toMatchObject({ state: 'fail', seen: 'none was ever read, so no quotes are given' })
  await freshRates()
  expect(await arrived()).toMatchObject({ state: 'fail', seen: expect.stringMatching(/^4 of 15 pairs/) })
  const all = rateAssetCodes.flatMap((asset) => rateCurrencyCodes.map((currency) => ({ asset, currency, price: '1' })))
  await feedSays(...all)
  expect(await arrived()).toEqual({ state: 'ok', seen: '15 pairs, all fresh' })
})
