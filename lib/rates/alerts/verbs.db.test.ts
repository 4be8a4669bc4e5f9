import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Actor, PersonActor } from '#lib/auth/actor.ts'
import { cancelRateAlert } from '#lib/rates/alerts/cancel.ts'
import { createRateAlert } from '#lib/rates/alerts/create.ts'
import { getRateAlert } from '#lib/rates/alerts/get.ts'
import { listRateAlerts } from '#lib/rates/alerts/list.ts'
import { renewRateAlertSecret } from '#lib/rates/alerts/renew-secret.ts'
import { sendTestOfRateAlert } from '#lib/rates/alerts/send-test.ts'
import { newPerson } from '#supabase/tests/support/agents.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { arm, newReader } from '#supabase/tests/support/price-alerts.ts'
import { tick } from '#supabase/tests/support/rates.ts'

// Who may make price alerts, and what may be asked for.

const { adminSql, as } = await testDatabase()
process.env.APP_URL = 'https://causeway.example'
process.env.SMTP_URL = 'smtp://127.0.0.1:1'
process.env.ALERT_EMAIL_TO = 'on-call@causeway.test'

await tick(adminSql, { asset: 'BTC', currency: 'USD', price: '90' })
await tick(adminSql, { asset: 'BTC', currency: 'EUR', price: '80' })
await tick(adminSql, { asset: 'ETH', currency: 'USD', price: '9', at: new Date(Date.now() - 16 * 60_000) })

const wish = { base: 'BTC', quote: 'USD', direction: 'rises_to', price: '100', channel: 'email' } as const
const made = (person: Actor, other: object = {}, key: string = randomUUID()) =>
  createRateAlert(person, { ...wish, ...other }, key)

describe('making one', () => {
  test('answers what was asked for, and the same request again is the same alert', async () => {
    const person = await newReader(adminSql)
    const key = randomUUID()
    const { alert, replayed } = await made(person, {}, key)
    expect(alert).toMatchObject({ ...wish, status: 'armed', reached: null, attempts: [], url: null, secret: null })
    expect(replayed).toBe(false)
    expect(await made(person, {}, key)).toEqual({ alert, replayed: true })
    await expect(made(person, { price: '101' }, key)).rejects.toMatchObject({ code: 'idempotency_key_reused' })
    expect((await listRateAlerts(person)).alerts).toHaveLength(1)
  })

  test('the repetition gets everything but the secret', async () => {
    const person = await newReader(adminSql)
    const key = randomUUID()
    const webhook = { channel: 'webhook', url: 'https://8.8.8.8/hook' }
    expect((await made(person, webhook, key)).alert.secret).toMatch(/^whsec_/)
    expect((await made(person, webhook, key)).alert.secret).toBeNull()
  })

  test.each([
    [{ price: '90' }, 422, 'rate_reached'],
    [{ price: '89.5' }, 422, 'rate_reached'],
    [{ direction: 'falls_to', price: '90.0' }, 422, 'rate_reached'],
    [{ base: 'ETH' }, 503, 'rate_stale'],
    [{ base: 'BDX' }, 404, 'rate_missing'],
    [{ price: '0' }, 422, 'invalid_field'],
    [{ price: '0.000' }, 422, 'invalid_field'],
    [{ price: '-100' }, 422, 'invalid_field'],
    [{ price: '1e3' }, 422, 'invalid_field'],
    [{ price: '1,000' }, 422, 'invalid_field'],
    [{ price: ' 100' }, 422, 'invalid_field'],
    [{ price: '１００' }, 422, 'invalid_field'],
    [{ price: 100 }, 422, 'invalid_field'],
    [{ price: '1000000000000000' }, 422, 'invalid_field'],
    [{ price: `100.${'1'.repeat(25)}` }, 422, 'invalid_field'],
    [{ base: 'DOGE' }, 422, 'invalid_field'],
    [{ quote: 'GBP' }, 422, 'invalid_field'],
    [{ direction: 'is' }, 422, 'invalid_field'],
    [{ channel: 'pigeon' }, 422, 'invalid_field'],
    [{ to: 'somebody@else.example' }, 422, 'unknown_field'],
    [{ url: 'https://8.8.8.8/hook' }, 422, 'invalid_field'],
    [{ channel: 'webhook' }, 422, 'invalid_field'],
  ])('%j is refused: %i %s', async (other, status, code) => {
    const person = await newReader(adminSql)
    await expect(made(person, other)).rejects.toMatchObject({ status, code })
    expect((await listRateAlerts(person)).alerts).toEqual([])
  })

  test.each([
    'http://example.com/hook',
    'https://localhost/hook',
    'http://127.0.0.1:3000/',
    'https://10.0.0.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://[::ffff:169.254.169.254]/',
    'https://2130706433/',
    'https://user:password@8.8.8.8/',
    'https://8.8.8.8:25/',
    'https://nobody.invalid/',
    'file:///etc/passwd',
    'no address',
  ])('a webhook to %s is refused', async (url) => {
    const person = await newReader(adminSql)
    await expect(made(person, { channel: 'webhook', url })).rejects.toMatchObject({
      status: 422,
      code: 'webhook_refused',
      field: 'url',
    })
    expect(await adminSql`select from private.webhook_endpoints where account_id = ${person.userId}`).toHaveLength(0)
  })

  test('a price of now is told to whoever asks for what is there already', async () => {
    await expect(made(await newReader(adminSql), { price: '80' })).rejects.toMatchObject({
      detail: 'BTC costs 90 USD now, so it is there already. Name another price.',
    })
  })

  test('twenty wait at most, also when thirty are made at once; an end makes room', async () => {
    const person = await newReader(adminSql)
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        made(person, { quote: index % 2 ? 'USD' : 'EUR' }).then(
          () => 'made',
          ({ code }: { code: string }) => code,
        ),
      ),
    )
    expect(outcomes.sort()).toEqual([...Array(20).fill('made'), ...Array(10).fill('too_many_rate_alerts')])
    const { alerts } = await listRateAlerts(person, { status: 'armed' })
    await cancelRateAlert(person, alerts[0]?.id ?? '')
    await made(person)
    await expect(made(person)).rejects.toMatchObject({ code: 'too_many_rate_alerts' })
  })
})

describe('whose it is', () => {
  test('a guest, an agent and an account without an email address get none by mail', async () => {
    const guest: PersonActor = { ...(await newPerson(adminSql)), isAnonymous: true }
    await adminSql`update auth.users set is_anonymous = true, email = null where id = ${guest.userId}`
    await expect(made(guest)).rejects.toMatchObject({ status: 403, code: 'forbidden' })
    await expect(made({ role: 'anon' })).rejects.toMatchObject({ status: 401, code: 'sign_in_required' })
    await expect(made({ role: 'agent', apiKey: 'cw_none' })).rejects.toMatchObject({ code: 'person_required' })
    await expect(made(await newPerson(adminSql))).rejects.toMatchObject({ status: 422, code: 'email_needed' })
    const wallet = await newPerson(adminSql)
    await adminSql`update auth.users set email = null where id = ${wallet.userId}`
    await expect(made(wallet)).rejects.toMatchObject({ status: 422, code: 'email_needed' })
  })

  test('another person sees it nowhere and does nothing with it', async () => {
    const [owner, other] = [await newReader(adminSql), await newReader(adminSql)]
    const { id } = await arm(owner, { channel: 'webhook', url: 'https://8.8.8.8/hook' })
    for (const attempt of [getRateAlert, cancelRateAlert, renewRateAlertSecret, sendTestOfRateAlert]) {
      await expect(attempt(other, id)).rejects.toMatchObject({ status: 404 })
      await expect(attempt(other, 'no-id')).rejects.toMatchObject({ status: 404 })
      await expect(attempt({ role: 'anon' }, id)).rejects.toMatchObject({ status: 401 })
    }
    expect((await listRateAlerts(other)).alerts).toEqual([])
    for (const table of ['rate_alerts', 'rate_alert_events', 'rate_alert_attempts']) {
      expect(await as(other)((sql) => sql`select from public.${sql(table)}`)).toHaveLength(0)
    }
    expect(await as(owner)((sql) => sql`select from public.rate_alert_events`)).toHaveLength(1)
    expect((await getRateAlert(owner, id)).status).toBe('armed')
  })

  test('ending it is once, and nothing comes after it', async () => {
    const person = await newReader(adminSql)
    const { id } = await arm(person)
    expect(await cancelRateAlert(person, id)).toMatchObject({ status: 'cancelled', endedAt: expect.any(String) })
    await expect(cancelRateAlert(person, id)).rejects.toMatchObject({ status: 409, code: 'wrong_state' })
    await tick(adminSql, { asset: 'BTC', currency: 'USD', price: '100', at: new Date(Date.now() + 10 * 60_000) })
    expect((await getRateAlert(person, id)).status).toBe('cancelled')
  })
})

test('a list has pages, and a status', async () => {
  const person = await newReader(adminSql)
  for (const price of ['201', '202', '203']) await arm(person, { price })
  const first = await listRateAlerts(person, { limit: 2 })
  const second = await listRateAlerts(person, { limit: 2, cursor: first.nextCursor ?? '' })
  expect([...first.alerts, ...second.alerts].map(({ price }) => price)).toEqual(['203', '202', '201'])
  expect(second.nextCursor).toBeNull()
  expect((await listRateAlerts(person, { status: 'told' })).alerts).toEqual([])
  await expect(listRateAlerts(person, { status: 'loud' } as never)).rejects.toMatchObject({ code: 'invalid_field' })
})
