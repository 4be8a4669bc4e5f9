import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createSession, stripeSessionId, waitForStatus } from '#e2e/support/api.ts'
import { payByMachine } from '#e2e/support/stripe.ts'
import { expect, apiTest as test } from '#e2e/support/test.ts'
import { readSpans, type Span, wayUp } from '#e2e/support/traces.ts'
import { appEnvironment, type World } from '#e2e/support/world.ts'

/** All that the app and the worker have said so far. */
async function readLogs(): Promise<string> {
  const logs = join(dirname(process.env.CAUSEWAY_DEMO ?? ''), 'logs')
  return (await Promise.all(['app.log', 'worker.log'].map((name) => readFile(join(logs, name), 'utf8')))).join('\n')
}

async function spansOf(world: World, session: { id: string }, complete: string): Promise<Span[]> {
  const ofSession = (spans: Span[]) =>
    spans.filter(({ attributes }) => attributes['causeway.session_id'] === session.id)
  await expect.poll(async () => ofSession(await readSpans(world)).map(({ name }) => name)).toContain(complete)
  return await readSpans(world)
}

test('what a purchase made happen can be followed from the request to the chain', async ({ world, db }) => {
  const session = await createSession(world)
  await payByMachine(world, await stripeSessionId(db, session.id))
  await waitForStatus(world, session, 'delivered')
  const spans = await spansOf(world, session, 'chain eth_sendRawTransaction')
  const find = (name: string) =>
    spans.find((span) => span.name === name && span.attributes['causeway.session_id'] === session.id)

  // The request: Next's own spans, the command, and the call to Stripe.
  const begun = wayUp(spans, find('stripe POST /v1/crypto/onramp_sessions'))
  expect(begun).toContain('POST /api/v1/onramp/sessions')
  const asked = spans.filter(({ traceId }) => traceId === find('stripe POST /v1/crypto/onramp_sessions')?.traceId)
  expect(asked.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['app.create_onramp_session', 'app.open_onramp_checkout']),
  )

  // Its consequences: each job under the command that queued it, in whichever process.
  expect(wayUp(spans, find('chain eth_sendRawTransaction')).slice(0, 6)).toEqual([
    'chain eth_sendRawTransaction',
    'job send_transfer',
    'app.start_onramp_delivery',
    'job deliver_onramp_session',
    'app.record_transfer_observation',
    'job watch_transfer',
  ])
  expect(wayUp(spans, find('stripe GET /v1/crypto/onramp_sessions/:id'))[1]).toMatch(/^job /)

  // A job in the queue names the request that caused it.
  const [job] =
    await db`select payload -> 'cause' as cause from graphile_worker._private_jobs where key = ${`expire:${session.id}`}`
  expect(job?.cause.traceparent).toContain(find('stripe POST /v1/crypto/onramp_sessions')?.traceId)
  expect(await readLogs()).toContain(`"requestId":"${job?.cause.requestId}"`)
})

test('an answer says by which id its request is found in the log', async ({ world }) => {
  const given = await fetch(`${world.app}/api/v1/me`, { headers: { 'x-request-id': 'asked-by-a-test' } })
  expect(given.headers.get('x-request-id')).toBe('asked-by-a-test')
  const made = await fetch(`${world.app}/api/v1/onramp/sessions/${crypto.randomUUID()}`, {
    headers: { 'x-request-id': 'two words' },
  })
  const id = made.headers.get('x-request-id')
  expect(id).toMatch(/^[0-9a-f-]{36}$/)
  const lineOf = async (requestId: string | null) =>
    (await readLogs()).split('\n').find((line) => line.includes(`"requestId":"${requestId}"`)) ?? '{}'
  await expect
    .poll(async () => JSON.parse((await lineOf(id)).replace(/^[^{]*/, '')))
    .toMatchObject({
      message: 'request',
      method: 'GET',
      route: '/api/v1/onramp/sessions/[id]',
      status: 404,
      code: 'not_found',
      role: 'anon',
    })
})

test('neither the log nor a span holds a secret, whatever was asked', async ({ world, db }) => {
  const session = await createSession(world)
  const customer = { email: world.customer.email, password: world.customer.password }
  const bearer = { authorization: `Bearer ${session.secret}` }
  const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJvbGdhIn0.c2lnbmF0dXJlLW9mLWEtdGVzdA'
  const url = `${world.app}/api/v1/onramp/sessions/${session.id}`
  await fetch(`${url}?secret=${session.secret}&email=${customer.email}`, { headers: bearer })
  await fetch(url, { headers: { authorization: `Bearer ${token}`, cookie: `sb-x-auth-token=base64-${token}` } })
  await fetch(`${world.app}/api/webhooks/stripe`, { method: 'POST', headers: bearer, body: session.secret })
  await fetch(`${world.app}/pay/${session.id}?email=${customer.email}`)
  await payByMachine(world, await stripeSessionId(db, session.id))
  await waitForStatus(world, session, 'delivered')

  const env = appEnvironment()
  const secret = /SECRET|PRIVATE_KEY|SECRETS|STRIPE_SECRET_KEY/
  const secrets = [
    ...Object.entries(env).flatMap(([name, value]) => (secret.test(name) && value !== '' ? value.split(',') : [])),
    new URL(env.DATABASE_URL ?? '').password,
    session.secret,
    token,
    ...Object.values(customer),
    ...Object.values(world.operator),
  ]
  expect(secrets.length).toBeGreaterThan(10)
  const spans = JSON.stringify(await spansOf(world, session, 'chain eth_sendRawTransaction'))
  const logs = await readLogs()
  // Both are of this very purchase, so a secret that either told of it would be here.
  for (const text of [spans, logs]) expect(text.split(session.id).length).toBeGreaterThan(10)
  for (const value of secrets) for (const text of [spans, logs]) expect(text.includes(value), value).toBe(false)
})
