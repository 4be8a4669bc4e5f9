import { expectProblem, postSession, purchase, rowCounts } from '#e2e/support/api.ts'
import { expect, apiTest as test } from '#e2e/support/test.ts'
import { appEnvironment } from '#e2e/support/world.ts'

test('a quote that has expired is refused, and nothing is begun', async ({ world, db }) => {
  const query = new URLSearchParams({
    asset: 'MUSD',
    network: 'mezo-testnet',
    sourceAmount: '25.00',
    sourceCurrency: 'USD',
  })
  const answer = await fetch(`${world.app}/api/v1/onramp/quotes?${query}`)
  const { id: _id, ...quote } = (await answer.json()) as Record<string, unknown>
  // Nobody waits a minute here: the same quote, marked with the app's own key, but of yesterday.
  Object.assign(process.env, appEnvironment())
  const { signQuote } = await import('#lib/onramp/quote-id.ts')
  const { Quote } = await import('#lib/onramp/schema.ts')
  const yesterday = new Date(Date.now() - 86_400_000).toISOString()
  const expired = await signQuote(Quote.omit({ id: true }).parse({ ...quote, expiresAt: yesterday }))

  const before = await rowCounts(db)
  const refusal = await postSession(world, purchase({ quoteId: expired.id }))
  await expectProblem(refusal, { status: 409, code: 'quote_expired' })
  expect(await rowCounts(db)).toEqual(before)
})
