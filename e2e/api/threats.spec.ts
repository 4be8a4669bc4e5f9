import { createHmac, randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import type postgres from 'postgres'
import {
  createSession,
  expectProblem,
  postSession,
  purchase,
  readSession,
  rowCounts,
  stripeSessionId,
} from '#e2e/support/api.ts'
import { apiTest, expect, test } from '#e2e/support/test.ts'
import type { World } from '#e2e/support/world.ts'

// Each test is an attack by its name. Each reads the row again: what was refused must also not have happened.

const row = async (db: postgres.Sql, id: string): Promise<string> => {
  const [found] = await db<{ row: string }[]>`select s::text as row from public.onramp_sessions s where s.id = ${id}`
  if (!found) throw new Error(`There is no session ${id}.`)
  return found.row
}

/** The access token of a person, as Supabase gives it to whoever has the publishable key and a password. */
async function accessToken(world: World, { email, password }: { email: string; password: string }): Promise<string> {
  const answer = await fetch(`${world.supabase.url}/auth/v1/token?grant_type=password`, {
    method: 'POST',
    headers: { apikey: world.supabase.publishableKey, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  return ((await answer.json()) as { access_token: string }).access_token
}

/** A call of Supabase's REST interface, past our server, as any browser can make it. */
function rest(world: World, path: string, token: string, init: RequestInit = {}): Promise<Response> {
  const { publishableKey, url } = world.supabase
  return fetch(`${url}/rest/v1/${path}`, {
    ...init,
    headers: {
      apikey: publishableKey,
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      'content-type': 'application/json',
      ...init.headers,
    },
  })
}

apiTest.describe('mass assignment', () => {
  const fields = {
    status: 'delivered',
    ownerId: randomUUID(),
    owner_id: randomUUID(),
    deliveredAmount: '1000000',
    secret: 'mine',
    id: randomUUID(),
    __proto__x: { status: 'delivered' },
  }

  for (const [field, value] of Object.entries(fields)) {
    apiTest(`a purchase that brings its own ${field} is refused`, async ({ world, db }) => {
      const before = await rowCounts(db)
      const answer = await postSession(world, purchase({ [field]: value }))
      await expectProblem(answer, { status: 422, code: 'unknown_field', field })
      expect(await rowCounts(db)).toEqual(before)
    })
  }

  apiTest('an adoption that names another owner is refused', async ({ world, db }) => {
    const { id, secret } = await createSession(world)
    const before = await row(db, id)
    const answer = await fetch(`${world.app}/api/v1/onramp/sessions/${id}/adoption`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await accessToken(world, world.customer)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ secret, ownerId: randomUUID() }),
    })
    await expectProblem(answer, { status: 422, code: 'unknown_field', field: 'ownerId' })
    expect(await row(db, id)).toBe(before)
  })
})

apiTest.describe('a direct write over REST with the publishable key', () => {
  for (const who of ['a stranger', 'a customer', 'an operator'] as const) {
    apiTest(`by ${who} changes nothing`, async ({ world, db }) => {
      const { id } = await createSession(world)
      const token =
        who === 'a stranger' ? '' : await accessToken(world, who === 'a customer' ? world.customer : world.operator)
      const before = { row: await row(db, id), counts: await rowCounts(db) }
      const tables = ['onramp_sessions', 'transfers', 'receipts', 'ledger_entries', 'account_roles', 'idempotency_keys']
      for (const table of tables) {
        for (const method of ['POST', 'PATCH', 'DELETE']) {
          const answer = await rest(world, `${table}${method === 'POST' ? '' : `?id=eq.${id}`}`, token, {
            method,
            ...(method === 'DELETE' ? {} : { body: JSON.stringify({ status: 'delivered' }) }),
          })
          expect(answer.status, `${method} ${table}`).toBeGreaterThanOrEqual(400)
        }
      }
      expect({ row: await row(db, id), counts: await rowCounts(db) }).toEqual(before)
    })
  }

  apiTest('reaches no command and no private table', async ({ world, db }) => {
    const token = await accessToken(world, world.customer)
    const before = await rowCounts(db)
    for (const schema of ['app', 'private', 'auth', 'graphile_worker']) {
      const headers = { 'content-profile': schema, 'accept-profile': schema }
      for (const name of ['create_onramp_session', 'take_rate_limit', 'add_job']) {
        const answer = await rest(world, `rpc/${name}`, token, { method: 'POST', headers, body: '{}' })
        expect(answer.status, `${schema}.${name}`).toBeGreaterThanOrEqual(400)
      }
      for (const name of ['rate_limits', 'signed_transactions', 'users']) {
        expect((await rest(world, name, token, { headers })).status, `${schema}.${name}`).toBeGreaterThanOrEqual(400)
      }
    }
    expect(await rowCounts(db)).toEqual(before)
  })
})

apiTest.describe('role escalation', () => {
  apiTest('a person who writes a role into their own account is no operator', async ({ world, db }) => {
    const token = await accessToken(world, world.customer)
    const before = await db`select * from public.account_roles order by 1, 2`
    const answer = await fetch(`${world.supabase.url}/auth/v1/user`, {
      method: 'PUT',
      headers: {
        apikey: world.supabase.publishableKey,
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ data: { role: 'operator' }, app_metadata: { role: 'operator' }, role: 'service_role' }),
    })
    await answer.body?.cancel()
    const again = await accessToken(world, world.customer)
    const me = await fetch(`${world.app}/api/v1/me`, { headers: { authorization: `Bearer ${again}` } })
    expect(await me.json()).toMatchObject({ user: { operator: false } })
    expect(await (await rest(world, 'audit_log?select=*', again)).json()).toEqual([])
    expect(await db`select * from public.account_roles order by 1, 2`).toEqual(before)
  })

  apiTest('a token of one’s own making is nobody’s', async ({ world, db }) => {
    const { id } = await createSession(world)
    const before = await row(db, id)
    const [operator] = await db<{ account_id: string }[]>`select account_id from public.account_roles limit 1`
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const claims = { sub: operator?.account_id, role: 'service_role', aud: 'authenticated', exp: 4_102_444_800 }
    const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
    const forged = [
      `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`,
      `${signed}.${createHmac('sha256', 'secret').update(signed).digest('base64url')}`,
      `${signed}.${createHmac('sha256', world.supabase.publishableKey).update(signed).digest('base64url')}`,
    ]
    for (const token of forged) {
      const headers = { authorization: `Bearer ${token}` }
      // Supabase refuses it, or takes its bearer for anybody, who sees nothing.
      const seen = await rest(world, 'onramp_sessions?select=id', token)
      expect(seen.status === 401 ? [] : await seen.json()).toEqual([])
      const me = await fetch(`${world.app}/api/v1/me`, { headers })
      expect(me.status === 200 ? await me.json() : { user: null }).toEqual({ user: null })
      const session = await fetch(`${world.app}/api/v1/onramp/sessions/${id}`, { headers })
      expect(session.status).toBe(404)
    }
    expect(await row(db, id)).toBe(before)
  })
})

apiTest('forged status: a webhook that is truly signed and tells a lie moves nothing', async ({ world, db }) => {
  const session = await createSession(world)
  const before = await readSession(world, session)
  const id = `evt_${randomUUID()}`
  const object = {
    id: await stripeSessionId(db, session.id),
    object: 'crypto.onramp_session',
    status: 'fulfillment_complete',
    transaction_details: { transaction_id: `0x${'1'.repeat(64)}`, destination_amount: '1000000' },
  }
  const body = JSON.stringify({ id, object: 'event', type: 'crypto.onramp_session.updated', data: { object } })
  const at = Math.floor(Date.now() / 1000)
  const signature = createHmac('sha256', world.stripe.webhookSecret).update(`${at}.${body}`).digest('hex')
  const answer = await fetch(`${world.app}/api/webhooks/stripe`, {
    method: 'POST',
    headers: { 'stripe-signature': `t=${at},v1=${signature}` },
    body,
  })
  expect(answer.status).toBe(200)
  const settled = () => db`select from public.webhook_events where event_id = ${id} and status = 'processed'`
  await expect.poll(async () => (await settled()).length).toBe(1)
  expect(await readSession(world, session)).toEqual(before)
})

apiTest('another person’s session is neither read nor taken, not even with its secret', async ({ world, db }) => {
  const { id, secret } = await createSession(world)
  const adopt = async (person: { email: string; password: string }, given: string) =>
    fetch(`${world.app}/api/v1/onramp/sessions/${id}/adoption`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await accessToken(world, person)}`, 'content-type': 'application/json' },
      body: JSON.stringify({ secret: given }),
    })
  await expectProblem(await adopt(world.customer, `${secret}x`), { status: 404, code: 'not_found' })
  expect((await adopt(world.operator, secret)).status).toBe(204)
  const before = await row(db, id)
  await expectProblem(await adopt(world.customer, secret), { status: 404, code: 'not_found' })
  const look = await fetch(`${world.app}/api/v1/onramp/sessions/${id}`, {
    headers: { authorization: `Bearer ${await accessToken(world, world.customer)}` },
  })
  await expectProblem(look, { status: 404, code: 'not_found' })
  expect(await row(db, id)).toBe(before)
})

/** Sends bytes as they are and resolves to what came back until the server closed, or has been silent for a while. */
function raw(world: World, text: string, until: RegExp): Promise<string> {
  const { hostname, port } = new URL(world.app)
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) })
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk
      if (until.test(answer)) socket.end(() => resolve(answer))
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(answer))
    socket.write(text)
  })
}

apiTest.describe('header injection', () => {
  apiTest('a host of the caller’s making is in no link', async ({ world }) => {
    const forged = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'ftp', forwarded: 'host=evil.example' }
    const answer = await postSession(world, purchase(), forged)
    expect(answer.status).toBe(201)
    const text = `${JSON.stringify([...answer.headers])}${await answer.text()}`
    expect(text).not.toContain('evil.example')
    const body = `POST /api/v1/onramp/sessions/x HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`
    expect(await raw(world, body, /\r\n\r\n/)).not.toContain('evil.example')
  })

  apiTest('line ends in an address begin no header', async ({ world }) => {
    for (const path of [
      '/pay/x%0d%0aX-Injected:%201',
      '/sign-in?next=/a%0d%0aX-Injected:%201',
      '/%0d%0aX-Injected:%201',
    ]) {
      const answer = await fetch(`${world.app}${path}`, { redirect: 'manual' })
      expect(answer.headers.has('x-injected'), path).toBe(false)
    }
  })
})

apiTest('a slow body is given up after ten seconds, and others are answered meanwhile', async ({ world, db }) => {
  const before = await rowCounts(db)
  const head = `POST /api/webhooks/stripe HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`
  const slow = Array.from({ length: 20 }, () =>
    raw(world, `${head}Content-Length: 1000\r\n\r\n{"half":`, /body_too_slow/),
  )
  const health = await fetch(`${world.app}/api/health`)
  expect(health.status).toBe(200)
  for (const answer of await Promise.all(slow)) expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  expect(await rowCounts(db)).toEqual(before)
})

const elsewhere = [
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
]

test('open redirect: signing in leads to no other site', async ({ page, world }) => {
  for (const next of elsewhere) {
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`)
    await page.getByRole('radio', { name: 'Password' }).check()
    await page.getByLabel('Email', { exact: true }).fill(world.customer.email)
    await page.locator('input[type=password]').fill(world.customer.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
    expect(new URL(page.url()).origin).toBe(world.app)
    await page.context().clearCookies()
  }
})
