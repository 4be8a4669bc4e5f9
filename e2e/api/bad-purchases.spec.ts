import { expectProblem, postSession, purchase, rowCounts } from '#e2e/support/api.ts'
import { expect, apiTest as test } from '#e2e/support/test.ts'

const token = '0x118917a40FAF1CD7a13dB0Ef56C86De7973Ac503'

const refused: [string, Record<string, unknown>, string, string][] = [
  ['an amount of 0', { sourceAmount: '0' }, 'amount_out_of_range', 'sourceAmount'],
  ['a negative amount', { sourceAmount: '-25' }, 'invalid_amount', 'sourceAmount'],
  ['an amount with an exponent', { sourceAmount: '1e3' }, 'invalid_amount', 'sourceAmount'],
  ['an amount with a plus sign', { sourceAmount: '+25' }, 'invalid_amount', 'sourceAmount'],
  ['an empty amount', { sourceAmount: '' }, 'invalid_amount', 'sourceAmount'],
  ['an amount with a space', { sourceAmount: ' 25' }, 'invalid_amount', 'sourceAmount'],
  ['an amount with a comma', { sourceAmount: '1,000.00' }, 'invalid_amount', 'sourceAmount'],
  ['an amount that is a number', { sourceAmount: 25 }, 'invalid_field', 'sourceAmount'],
  ['more decimals than the currency has', { sourceAmount: '25.001' }, 'invalid_amount', 'sourceAmount'],
  ['an amount below the limit', { sourceAmount: '0.99' }, 'amount_out_of_range', 'sourceAmount'],
  ['an amount above the limit', { sourceAmount: '10000.01' }, 'amount_out_of_range', 'sourceAmount'],
  ['an amount of a thousand digits', { sourceAmount: '9'.repeat(1000) }, 'invalid_amount', 'sourceAmount'],
  ['an unknown asset', { asset: 'DOGE' }, 'invalid_field', 'asset'],
  ['an unknown network', { network: 'solana' }, 'invalid_field', 'network'],
  ['a pair that is not sold', { asset: 'MUSD', network: 'base' }, 'not_offered', 'network'],
  ['an unknown currency', { sourceCurrency: 'XYZ' }, 'invalid_field', 'sourceCurrency'],
  [
    'an address with a wrong checksum',
    { walletAddress: '0x90f79bf6EB2c4f870365E785982E1f101E93b906' },
    'invalid_address',
    'walletAddress',
  ],
  ['an address that is too short', { walletAddress: '0x90F79bf6EB2c4f' }, 'invalid_address', 'walletAddress'],
  ['the zero address', { walletAddress: `0x${'0'.repeat(40)}` }, 'invalid_address', 'walletAddress'],
  ['a token contract', { walletAddress: token }, 'invalid_address', 'walletAddress'],
  ['no address', { walletAddress: undefined }, 'invalid_field', 'walletAddress'],
  ['a field nobody knows', { wallet: 'x' }, 'unknown_field', 'wallet'],
  ['a quote that is not ours', { quoteId: 'quote_made.up' }, 'unknown_quote', 'quoteId'],
]

for (const [what, change, code, field] of refused) {
  test(`${what} is refused by name and changes nothing`, async ({ world, db }) => {
    const before = await rowCounts(db)
    await expectProblem(await postSession(world, purchase(change)), { status: 422, code, field })
    expect(await rowCounts(db)).toEqual(before)
  })
}

test('the treasury’s own address is refused', async ({ world, db }) => {
  const before = await rowCounts(db)
  const answer = await postSession(world, purchase({ walletAddress: world.treasury.address }))
  await expectProblem(answer, { status: 422, code: 'invalid_address', field: 'walletAddress' })
  expect(await rowCounts(db)).toEqual(before)
})

test('without an idempotency key nothing begins', async ({ world, db }) => {
  const before = await rowCounts(db)
  const answer = await postSession(world, purchase(), { 'idempotency-key': '' })
  await expectProblem(answer, { status: 400, code: 'idempotency_key_required', field: 'Idempotency-Key' })
  expect(await rowCounts(db)).toEqual(before)
})

test('an idempotency key that is not visible ASCII is refused', async ({ world, db }) => {
  const before = await rowCounts(db)
  const answer = await postSession(world, purchase(), { 'idempotency-key': 'a b' })
  await expectProblem(answer, { status: 400, code: 'idempotency_key_invalid', field: 'Idempotency-Key' })
  expect(await rowCounts(db)).toEqual(before)
})

test('the same key and body give the stored answer; another body is refused', async ({ world, db }) => {
  const key = { 'idempotency-key': crypto.randomUUID() }
  const first = await postSession(world, purchase(), key)
  expect(first.status).toBe(201)
  expect(first.headers.get('idempotent-replayed')).toBeNull()
  const before = await rowCounts(db)

  const second = await postSession(world, purchase(), key)
  expect(second.status).toBe(201)
  expect(second.headers.get('idempotent-replayed')).toBe('true')
  expect(await second.json()).toEqual(await first.json())

  const other = await postSession(world, purchase({ sourceAmount: '26.00' }), key)
  await expectProblem(other, { status: 422, code: 'idempotency_key_reused' })
  expect(await rowCounts(db)).toEqual(before)
})

test('a body that is no JSON object, does not say so, or is too large, is refused', async ({ world, db }) => {
  const before = await rowCounts(db)
  await expectProblem(await postSession(world, '{"asset":'), { status: 400, code: 'invalid_json' })
  await expectProblem(await postSession(world, '["MUSD"]'), { status: 400, code: 'invalid_json' })
  await expectProblem(await postSession(world, ''), { status: 400, code: 'invalid_json' })
  for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
    const answer = await postSession(world, purchase(), { 'content-type': type })
    await expectProblem(answer, { status: 415, code: 'unsupported_media_type', field: 'Content-Type' })
  }
  const large = purchase({ note: 'x'.repeat(100_000) })
  await expectProblem(await postSession(world, large), { status: 413, code: 'body_too_large' })
  expect(await rowCounts(db)).toEqual(before)
})

test('a quote of another purchase is refused', async ({ world, db }) => {
  const query = new URLSearchParams({
    asset: 'MUSD',
    network: 'mezo-testnet',
    sourceAmount: '25.00',
    sourceCurrency: 'USD',
  })
  const answer = await fetch(`${world.app}/api/v1/onramp/quotes?${query}`)
  expect(answer.status).toBe(200)
  const { id } = (await answer.json()) as { id: string }
  const before = await rowCounts(db)
  const refusal = await postSession(world, purchase({ quoteId: id, sourceAmount: '26.00' }))
  await expectProblem(refusal, { status: 422, code: 'quote_mismatch', field: 'quoteId' })
  expect(await rowCounts(db)).toEqual(before)
})

test('a quote is refused for the same reasons as a purchase', async ({ world }) => {
  const ask = (change: Record<string, string>) =>
    fetch(
      `${world.app}/api/v1/onramp/quotes?${new URLSearchParams({ asset: 'MUSD', network: 'mezo-testnet', sourceAmount: '25.00', sourceCurrency: 'USD', ...change })}`,
    )
  await expectProblem(await ask({ sourceAmount: '1e3' }), {
    status: 422,
    code: 'invalid_amount',
    field: 'sourceAmount',
  })
  await expectProblem(await ask({ sourceAmount: '0' }), {
    status: 422,
    code: 'amount_out_of_range',
    field: 'sourceAmount',
  })
  await expectProblem(await ask({ network: 'moon' }), { status: 422, code: 'invalid_field', field: 'network' })
})
