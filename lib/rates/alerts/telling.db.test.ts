import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { PersonActor } from '#lib/auth/actor.ts'
import { drainJobs } from '#lib/jobs/drain.ts'
import { log } from '#lib/log.ts'
import { getRateAlert } from '#lib/rates/alerts/get.ts'
import { renewRateAlertSecret } from '#lib/rates/alerts/renew-secret.ts'
import { scheduleRateAlerts } from '#lib/rates/alerts/schedule.ts'
import { sendTestOfRateAlert } from '#lib/rates/alerts/send-test.ts'
import { tellRateAlert } from '#lib/rates/tasks/tell-alert.ts'
import { startInbox } from '#sandbox/http/webhook-inbox.ts'
import { startMail } from '#sandbox/mail/start.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { arm, newReader } from '#supabase/tests/support/price-alerts.ts'
import { forgetRates, tick } from '#supabase/tests/support/rates.ts'

// What a person hears once a price is where they drew the line: over a real mail server, and at a server of their own.

const { adminSql, as } = await testDatabase()
const worker = as({ role: 'worker' })
const dir = await mkdtemp(join(tmpdir(), 'causeway-price-alerts-'))
const mail = await startMail({ dir, port: 0 })
const hook = await startInbox()
Object.assign(process.env, {
  APP_URL: 'http://localhost:3000',
  SMTP_URL: mail.smtpUrl,
  ALERT_EMAIL_TO: 'on-call@causeway.test',
})

afterAll(async () => {
  await mail.stop()
  await hook.stop()
  await rm(dir, { recursive: true })
})

const reader = await newReader(adminSql)

beforeEach(async () => {
  vi.spyOn(log, 'info').mockImplementation(() => {})
  vi.spyOn(log, 'warn').mockImplementation(() => {})
  hook.answerWith(204)
  hook.received.length = 0
  await adminSql.begin((tx) => [
    tx`set local session_replication_role = replica`,
    tx`delete from public.rate_alert_attempts`,
    tx`delete from public.rate_alert_events`,
    tx`delete from public.rate_alerts`,
    tx`delete from graphile_worker._private_jobs`,
  ])
  await forgetRates(adminSql)
  await tick(adminSql, { asset: 'BTC', currency: 'USD', price: '90', at: new Date(Date.now() - 12 * 60_000) })
})

const reach = (price = '1234.5') => tick(adminSql, { asset: 'BTC', currency: 'USD', price })
const byWebhook = (person: PersonActor = reader) => arm(person, { channel: 'webhook', url: hook.url })
/** So much later: what waits for its time is due. */
const later = (interval: string) =>
  adminSql.begin((tx) => [
    tx`set local session_replication_role = replica`,
    tx`update public.rate_alerts set next_attempt_at = next_attempt_at - ${interval}::interval`,
    tx`update graphile_worker._private_jobs set run_at = run_at - ${interval}::interval`,
  ])

describe('by mail', () => {
  test('it goes once to the address that the account confirmed, with the price and where to see it', async () => {
    const person = await newReader(adminSql)
    const { id } = await arm(person)
    await reach()
    await drainJobs()
    await drainJobs()
    const text = `You asked to be told when 1 BTC costs 100 USD or more\\.\nIt cost 1,234\\.50 USD on [\\d-]{10} [\\d:]{5} UTC\\.\n\nThe price now: http://localhost:3000/rates/BTC/USD\n`
    expect(mail.list(person.email)).toMatchObject([
      { subject: 'BTC has risen to 1,234.50 USD', text: expect.stringMatching(new RegExp(`^${text}`)) },
    ])
    expect(await getRateAlert(person, id)).toMatchObject({
      status: 'told',
      attempts: [{ failure: null }],
      nextAttemptAt: null,
      endedAt: expect.any(String),
    })
  })

  test('an address that is confirmed no more is not written to, and nothing is tried again', async () => {
    const person = await newReader(adminSql)
    const { id } = await arm(person)
    await adminSql`update auth.users set email_confirmed_at = null where id = ${person.userId}`
    await reach()
    await drainJobs()
    expect(await getRateAlert(person, id)).toMatchObject({
      status: 'failed',
      attempts: [{ failure: 'the account has no confirmed email address' }],
    })
    expect(mail.list(person.email)).toEqual([])
  })
})

describe('by webhook', () => {
  test('it is posted once, as Standard Webhooks has it, and nobody else could have signed it', async () => {
    const { id, secret } = await byWebhook()
    await reach()
    await drainJobs()
    await drainJobs()
    expect(hook.received).toHaveLength(1)
    const [{ headers, body } = { headers: new Headers(), body: '' }] = hook.received
    const verified = new Webhook(secret ?? '').verify(body, Object.fromEntries(headers))
    expect(verified).toEqual({
      type: 'rate_alert.triggered',
      timestamp: expect.stringMatching(/Z$/),
      data: {
        id,
        base: 'BTC',
        quote: 'USD',
        direction: 'rises_to',
        price: '100',
        reached: { price: '1234.5', at: expect.stringMatching(/Z$/) },
      },
    })
    expect(headers.get('webhook-id')).toBe(`rate_alert_${id}`)
    const changed = body.replace('1234.5', '1234.6')
    expect(() => new Webhook(secret ?? '').verify(changed, Object.fromEntries(headers))).toThrow(
      'No matching signature',
    )
    expect((await getRateAlert(reader, id)).status).toBe('told')
  })

  test('an address keeps its secret, which is shown once, until a new one is asked for', async () => {
    const person = await newReader(adminSql)
    const first = await byWebhook(person)
    const second = await byWebhook(person)
    expect(first.secret).toMatch(/^whsec_[\w+/]{43}=$/)
    expect(second.secret).toBeNull()
    const { secret } = await renewRateAlertSecret(person, first.id)
    expect(secret).not.toBe(first.secret)
    await reach()
    await drainJobs()
    expect(hook.received).toHaveLength(2)
    for (const { headers, body } of hook.received) {
      expect(() => new Webhook(first.secret ?? '').verify(body, Object.fromEntries(headers))).toThrow()
      expect(new Webhook(secret).verify(body, Object.fromEntries(headers))).toBeDefined()
    }
    const rows = await adminSql`select encode(sealed_secret, 'escape') as sealed from private.webhook_endpoints`
    expect(rows.some(({ sealed }) => sealed.includes('whsec_') || sealed.includes(secret.slice(6)))).toBe(false)
    expect(await adminSql`select detail from public.audit_log where action = 'rate_alert.renew_secret'`).toEqual([
      { detail: {} },
    ])
  })

  test('two people who name one address have two secrets', async () => {
    const [one, other] = [await newReader(adminSql), await newReader(adminSql)]
    const secrets = [(await byWebhook(one)).secret, (await byWebhook(other)).secret]
    expect(new Set(secrets).size).toBe(2)
    expect(secrets).not.toContain(null)
  })

  test('what is not taken is tried again under the same id, ever later, and given up after eight times', async () => {
    hook.answerWith(503)
    const { id } = await byWebhook()
    await reach()
    const pauses: number[] = []
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      await drainJobs()
      const [row] =
        await adminSql`select round(extract(epoch from next_attempt_at - clock_timestamp()))::integer as pause
        from public.rate_alerts where id = ${id}`
      pauses.push(row?.pause)
      // Not before its time.
      await tellRateAlert({ alertId: id })
      await later('12 hours')
    }
    expect(pauses).toEqual([10, 60, 300, 1800, 7200, 21_600, 43_200, null])
    await drainJobs()
    expect(hook.received).toHaveLength(8)
    expect(new Set(hook.received.map(({ headers }) => headers.get('webhook-id')))).toEqual(
      new Set([`rate_alert_${id}`]),
    )
    const alert = await getRateAlert(reader, id)
    expect(alert).toMatchObject({ status: 'failed', nextAttemptAt: null })
    expect(alert.attempts.map(({ failure }) => failure)).toEqual(Array(8).fill('it answered 503'))
  })

  test('a server that says it wants no more is asked no more', async () => {
    hook.answerWith(410)
    const { id } = await byWebhook()
    await reach()
    await drainJobs()
    expect(await getRateAlert(reader, id)).toMatchObject({
      status: 'failed',
      attempts: [{ failure: 'it answered 410' }],
    })
  })

  test('a redirect is no answer that counts', async () => {
    hook.answerWith(302)
    const { id } = await byWebhook()
    await reach()
    await drainJobs()
    expect(await getRateAlert(reader, id)).toMatchObject({
      status: 'triggered',
      attempts: [{ failure: 'it answered 302' }],
    })
  })

  test('an address that was public and leads inside by now is not called', async () => {
    const { id } = await byWebhook()
    await adminSql.begin((tx) => [
      tx`set local session_replication_role = replica`,
      tx`update private.webhook_endpoints set url = 'https://169.254.169.254/latest/' where url = ${hook.url} and account_id = ${reader.userId}`,
      tx`update public.rate_alerts set url = 'https://169.254.169.254/latest/' where id = ${id}`,
    ])
    await reach()
    await drainJobs()
    expect((await getRateAlert(reader, id)).attempts).toMatchObject([
      { failure: 'its address is not on the public internet' },
    ])
  })

  test('that several workers send at once is sent once', async () => {
    const { id } = await byWebhook()
    await reach()
    // Each has its connection already, so that all of them ask before one has sent.
    await Promise.all([1, 2, 3].map(() => worker((sql) => sql`select pg_sleep(0.05)`)))
    await Promise.all([1, 2, 3].map(() => tellRateAlert({ alertId: id })))
    expect(hook.received).toHaveLength(1)
  })

  test('whose worker died in the middle is sent by another, and is then the second attempt', async () => {
    const { id } = await byWebhook()
    await reach()
    await adminSql`delete from graphile_worker._private_jobs`
    await worker((sql) => sql`select * from app.start_rate_alert(${id})`)
    await scheduleRateAlerts()
    await drainJobs()
    expect(hook.received).toHaveLength(0)
    await later('4 minutes')
    await scheduleRateAlerts()
    await scheduleRateAlerts()
    await drainJobs()
    expect(hook.received).toHaveLength(1)
    const [row] =
      await adminSql`select a.status, l.attempt from public.rate_alerts a join public.rate_alert_attempts l on l.alert_id = a.id where a.id = ${id}`
    expect(row).toEqual({ status: 'told', attempt: 2 })
  })

  test('a slow worker’s failure says nothing of the attempt that came after it; its success does', async () => {
    const { id } = await byWebhook()
    await reach()
    await worker((sql) => sql`select * from app.start_rate_alert(${id})`)
    await later('3 minutes')
    await worker((sql) => sql`select * from app.start_rate_alert(${id})`)
    const finish = (attempt: number, failure: string | null) =>
      worker((sql) => sql`select app.finish_rate_alert(${id}, ${attempt}, ${failure}, false) as status`)
    expect(await finish(1, 'it did not answer in time')).toEqual([{ status: 'triggered' }])
    expect(await finish(2, null)).toEqual([{ status: 'told' }])
    expect(await finish(1, null)).toEqual([{ status: 'told' }])
  })
})

describe('a test', () => {
  test('is posted at once, signed, and changes nothing of the alert', async () => {
    const person = await newReader(adminSql)
    const { id, secret } = await byWebhook(person)
    expect(await sendTestOfRateAlert(person, id)).toEqual({ taken: true, detail: 'It answered 204.' })
    const [{ headers, body } = { headers: new Headers(), body: '' }] = hook.received
    expect(new Webhook(secret ?? '').verify(body, Object.fromEntries(headers))).toMatchObject({
      type: 'rate_alert.test',
      data: { id, reached: null },
    })
    hook.answerWith(500)
    expect(await sendTestOfRateAlert(person, id)).toEqual({ taken: false, detail: 'It answered 500.' })
    expect(await getRateAlert(person, id)).toMatchObject({ status: 'armed', attempts: [] })
  })

  test('can be sent six times a minute', async () => {
    const person = await newReader(adminSql)
    const { id } = await byWebhook(person)
    for (let count = 1; count <= 6; count += 1) await sendTestOfRateAlert(person, id)
    await expect(sendTestOfRateAlert(person, id)).rejects.toMatchObject({ status: 429, code: 'rate_limited' })
    expect(hook.received).toHaveLength(6)
  })

  test('of what is told by mail does not exist', async () => {
    const { id } = await arm(reader)
    await expect(sendTestOfRateAlert(reader, id)).rejects.toMatchObject({ status: 409, code: 'wrong_state' })
    await expect(renewRateAlertSecret(reader, id)).rejects.toMatchObject({ status: 409, code: 'wrong_state' })
  })
})
