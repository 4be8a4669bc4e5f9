import { createSession, postSession, purchase, stripeSessionId, waitForStatus } from '#e2e/support/api.ts'
import { documented } from '#e2e/support/documented.ts'
import { payByMachine } from '#e2e/support/stripe.ts'
import { expect, apiTest as test } from '#e2e/support/test.ts'
import type { World } from '#e2e/support/world.ts'

// What the OpenAPI document promises is what really comes back.

const bearer = (credential: string) => ({ headers: { authorization: `Bearer ${credential}` } })

async function customerToken({ supabase, customer }: World): Promise<string> {
  const answer = await fetch(`${supabase.url}/auth/v1/token?grant_type=password`, {
    method: 'POST',
    headers: { apikey: supabase.publishableKey, 'content-type': 'application/json' },
    body: JSON.stringify(customer),
  })
  return ((await answer.json()) as { access_token: string }).access_token
}

test('answers are as documented, from what is on sale to the receipt', async ({ world, db }) => {
  const expectDocumented = await documented(world)
  const get = (path: string, init?: RequestInit) => fetch(`${world.app}/api${path}`, init)
  await expectDocumented('getOpenApi', await get('/openapi.json'))
  await expectDocumented('getHealth', await get('/health'))
  await expectDocumented('getHealth', await get('/health?deep=1'))
  await expectDocumented('getOnrampOptions', await get('/v1/onramp/options'))
  const query = 'asset=MUSD&network=mezo-testnet&sourceAmount=25.00&sourceCurrency=USD'
  await expectDocumented('quoteOnramp', await get(`/v1/onramp/quotes?${query}`))

  const answer = await postSession(world, purchase())
  const session = (await expectDocumented('createOnrampSession', answer)) as { id: string; secret: string }
  const path = `/v1/onramp/sessions/${session.id}`
  const look = await get(path, bearer(session.secret))
  const etag = look.headers.get('etag') ?? ''
  await expectDocumented('getOnrampSession', look)
  const again = { headers: { ...bearer(session.secret).headers, 'if-none-match': etag } }
  const unchanged = await get(path, again)
  expect(unchanged.status).toBe(304)
  await expectDocumented('getOnrampSession', unchanged)

  await payByMachine(world, await stripeSessionId(db, session.id))
  const { receiptUrl } = await waitForStatus(world, session, 'delivered')
  await expectDocumented('getOnrampSession', await get(path, bearer(session.secret)))
  const receiptPath = new URL(receiptUrl ?? '').pathname
  const receipt = await expectDocumented('getReceipt', await get(`/v1${receiptPath}`, bearer(session.secret)))
  expect(receipt).toMatchObject({ verification: { verified: true } })

  const token = await customerToken(world)
  await expectDocumented('getMe', await get('/v1/me'))
  await expectDocumented('getMe', await get('/v1/me', bearer(token)))
  const adoption = await get(`${path}/adoption`, {
    method: 'POST',
    headers: { ...bearer(token).headers, 'content-type': 'application/json' },
    body: JSON.stringify({ secret: session.secret }),
  })
  expect(adoption.status).toBe(204)
  await expectDocumented('adoptOnrampSession', adoption)
  await expectDocumented('listOnrampSessions', await get('/v1/onramp/history', bearer(token)))
  const csv = await expectDocumented('listOnrampSessions', await get('/v1/onramp/history?format=csv', bearer(token)))
  expect(csv).toContain(session.id)
})

test('refusals are as documented', async ({ world }) => {
  const expectDocumented = await documented(world)
  const { id } = await createSession(world)
  const { app } = world
  const post = (body: unknown, headers?: Record<string, string>) => postSession(world, body, headers)
  const refused: [operation: string, status: number, answer: Promise<Response>][] = [
    ['quoteOnramp', 422, fetch(`${app}/api/v1/onramp/quotes?asset=MUSD`)],
    ['createOnrampSession', 400, post(purchase(), { 'idempotency-key': 'a b' })],
    ['createOnrampSession', 400, post('{')],
    ['createOnrampSession', 413, post(purchase({ note: 'x'.repeat(20_000) }))],
    ['createOnrampSession', 415, post(purchase(), { 'content-type': 'text/plain' })],
    ['createOnrampSession', 422, post(purchase({ walletAddress: '0x0' }))],
    ['createOnrampSession', 422, post(purchase({ asset: 'MUSD', network: 'base' }))],
    ['createOnrampSession', 422, post(purchase({ quoteId: 'quote_a.b' }))],
    ['getOnrampSession', 404, fetch(`${app}/api/v1/onramp/sessions/${id}`)],
    ['getReceipt', 404, fetch(`${app}/api/v1/receipts/${id}`)],
    ['adoptOnrampSession', 415, fetch(`${app}/api/v1/onramp/sessions/${id}/adoption`, { method: 'POST' })],
    ['listOnrampSessions', 401, fetch(`${app}/api/v1/onramp/history`)],
    ['listOnrampSessions', 422, fetch(`${app}/api/v1/onramp/history?limit=0`)],
    ['receiveStripeWebhook', 400, fetch(`${app}/api/webhooks/stripe`, { method: 'POST', body: '{}' })],
  ]
  for (const [operation, status, answer] of refused) {
    const response = await answer
    expect(response.status, operation).toBe(status)
    await expectDocumented(operation, response)
  }
})
