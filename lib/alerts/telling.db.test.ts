import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { reviewAlerts } from '#lib/alerts/review-alerts.ts'
import { sendAlert } from '#lib/alerts/tasks/send.ts'
import { drainJobs } from '#lib/jobs/drain.ts'
import { log } from '#lib/log.ts'
import { startInbox } from '#sandbox/http/webhook-inbox.ts'
import { startMail } from '#sandbox/mail/start.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

// What operators hear, over a real mail server and a chat's webhook: everything once, whatever happens on the way.

const { adminSql, as } = await testDatabase()
const worker = as({ role: 'worker' })
const dir = await mkdtemp(join(tmpdir(), 'causeway-alerts-'))
const mail = await startMail({ dir, port: 0 })
const chat = await startInbox()
Object.assign(process.env, {
  ALERT_WEBHOOK_URL: chat.url,
  SMTP_URL: mail.smtpUrl,
  ALERT_EMAIL_TO: 'on-call@causeway.test',
})

afterAll(async () => {
  await mail.stop()
  await chat.stop()
  await rm(dir, { recursive: true })
})

/** Each test begins with nothing told, nothing wrong, and two channels that work. */
beforeEach(async () => {
  vi.spyOn(log, 'info').mockImplementation(() => {})
  vi.spyOn(log, 'warn').mockImplementation(() => {})
  chat.answerWith(200)
  await adminSql.begin((tx) => [
    tx`set local session_replication_role = replica`,
    tx`delete from public.alert_notices`,
    tx`delete from public.alert_messages`,
    tx`delete from public.alerts`,
    tx`delete from public.reconciliation_findings`,
    tx`delete from graphile_worker._private_jobs`,
  ])
  chat.received.length = 0
  alreadyMailed = mail.list().length
})

let alreadyMailed = 0
const mailed = () => mail.list().slice(0, mail.list().length - alreadyMailed)
const said = (): string[] =>
  chat.received.filter(({ answered }) => answered === 200).map(({ body }) => JSON.parse(body).content)

/** So many things go wrong. */
async function goWrong(count = 1): Promise<string[]> {
  const subjects = Array.from({ length: count }, () => randomUUID())
  const rows = subjects.map((subject) => ({ kind: 'paid_after_expiry', subject }))
  await adminSql`insert into public.reconciliation_findings ${adminSql(rows)}`
  return subjects
}

const mendEverything = () =>
  adminSql`update public.reconciliation_findings set cleared_at = clock_timestamp() where cleared_at is null`

/** Takes every message out of the queue that is due, and sends it: all at once, as several workers do. */
async function work(): Promise<void> {
  const jobs = await adminSql`
    delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
    where t.id = j.task_id and t.identifier = 'send_alert' and j.run_at <= now() returning j.payload`
  await Promise.all(jobs.map(({ payload }) => sendAlert(payload)))
}

const messages = (channel: string) =>
  adminSql`select id, attempts, last_error, sent_at, next_attempt_at - clock_timestamp() as pause from public.alert_messages
    where channel = ${channel} order by created_at`

/** So much later: what waits for its time is due, and what was said lies so far back. */
const later = (interval: string) =>
  adminSql`update public.alert_messages set next_attempt_at = next_attempt_at - ${interval}::interval, created_at = created_at - ${interval}::interval`

describe('an alert', () => {
  test('is told once to each channel: what, since when, and one link; and then that it is over', async () => {
    const [subject] = await goWrong()
    for (const _ of [1, 2]) {
      await reviewAlerts()
      await drainJobs()
    }
    const link = `http://causeway.test/operate/sessions/${subject}`
    const words = new RegExp(
      `^Alert: A purchase was paid after it had expired\npaid_after_expiry: ${subject}\nSince [\\d-]{10} [\\d:]{5} UTC\n${link}$`,
    )
    expect(said()).toEqual([expect.stringMatching(words)])
    expect(mailed()).toMatchObject([
      { to: 'on-call@causeway.test', subject: 'Alert: A purchase was paid after it had expired', text: said()[0] },
    ])

    await mendEverything()
    for (const _ of [1, 2]) {
      await reviewAlerts()
      await drainJobs()
    }
    expect(said()).toHaveLength(2)
    expect(mailed()).toHaveLength(2)
    expect(said()[1]).toMatch(
      /^Over: A purchase was paid after it had expired\nIt lasted .+, since .+ UTC\.\nhttp:\S+$/,
    )
  })

  test('that three reviews see at once is told once', async () => {
    await goWrong(2)
    await Promise.all([reviewAlerts(), reviewAlerts(), reviewAlerts()])
    await Promise.all([drainJobs(), drainJobs()])
    expect(said()).toHaveLength(2)
    expect(mailed()).toHaveLength(2)
  })

  test('that two workers send at once is sent once', async () => {
    await goWrong()
    await reviewAlerts()
    // Each has its connection already, so that all of them ask before one has sent.
    await Promise.all([1, 2, 3].map(() => worker((sql) => sql`select pg_sleep(0.05)`)))
    const [message] = await messages('chat')
    await Promise.all([1, 2, 3].map(() => sendAlert({ messageId: message?.id })))
    expect(said()).toHaveLength(1)
  })

  test('is told to a channel that is set up later, while it lasts', async () => {
    await goWrong()
    await worker((sql) => sql`select app.review_alerts(array['email'])`)
    await work()
    expect(said()).toEqual([])
    await reviewAlerts()
    await work()
    expect(said()).toHaveLength(1)
    expect(mailed()).toHaveLength(1)
  })

  test('of which a channel never heard does not end there', async () => {
    await goWrong()
    await worker((sql) => sql`select app.review_alerts(array['email'])`)
    await mendEverything()
    await reviewAlerts()
    await work()
    expect(said()).toEqual([])
    expect(mailed()).toHaveLength(2)
  })
})

describe('a channel that fails', () => {
  test('holds up no other, and is tried again until it gets through', async () => {
    chat.answerWith(503)
    await goWrong()
    await reviewAlerts()
    await work()
    expect(mailed()).toHaveLength(1)
    expect(await messages('chat')).toMatchObject([{ attempts: 1, last_error: 'the chat answered 503', sent_at: null }])
    expect(log.warn).toHaveBeenCalledWith('an alert did not get through', {
      channel: 'chat',
      reason: 'the chat answered 503',
    })

    // Not before its time.
    await reviewAlerts()
    await work()
    expect(await messages('chat')).toMatchObject([{ attempts: 1 }])
    chat.answerWith(200)
    await later('1 minute')
    await reviewAlerts()
    await work()
    expect(await messages('chat')).toMatchObject([{ attempts: 2, last_error: null, sent_at: expect.any(Date) }])
    expect(said()).toHaveLength(1)
    expect(mailed()).toHaveLength(1)
  })

  test('waits longer each time, and at the most half an hour', async () => {
    chat.answerWith(500)
    await goWrong()
    const pauses: number[] = []
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      await reviewAlerts()
      await work()
      const [row] = await adminSql`select extract(epoch from next_attempt_at - clock_timestamp()) / 60 as minutes
        from public.alert_messages where channel = 'chat' order by created_at limit 1`
      pauses.push(Math.round(row?.minutes))
      await later('30 minutes')
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 30, 30, 30])
  })

  test('is told of by the other', async () => {
    chat.answerWith(404)
    await goWrong()
    for (const pause of ['1 minute', '2 minutes', '1 second']) {
      await reviewAlerts()
      await work()
      await later(pause)
    }
    await reviewAlerts()
    await work()
    expect(mailed()[0]).toMatchObject({ subject: 'Alert: Alerts do not get through by chat' })
    expect(mailed()[0]?.text).toContain('the chat answered 404')
    expect(mailed()[0]?.text).not.toContain(chat.url)
  })

  test('and whose worker died in the middle is tried by another, two minutes later', async () => {
    await goWrong()
    await reviewAlerts()
    const [message] = await messages('chat')
    await worker((sql) => sql`select * from app.start_alert_message(${message?.id})`)
    await work()
    await reviewAlerts()
    await work()
    expect(said()).toEqual([])
    await later('2 minutes')
    await reviewAlerts()
    await work()
    expect(said()).toHaveLength(1)
  })
})

describe('a flood', () => {
  test('of five hundred is one digest, and what comes after it waits ten minutes for the next', async () => {
    await goWrong(500)
    await reviewAlerts()
    await work()
    expect(said()).toHaveLength(1)
    const lines = said()[0]?.split('\n') ?? []
    expect(lines[0]).toBe('Alerts: 500 new, 0 over')
    expect(lines).toHaveLength(13)
    expect(lines.slice(-2)).toEqual(['and 490 more', 'http://causeway.test/operate/health'])
    expect(mailed()).toMatchObject([{ subject: 'Alerts: 500 new, 0 over', text: said()[0] }])

    await mendEverything()
    await goWrong(20)
    await reviewAlerts()
    await work()
    expect(said()).toHaveLength(1)
    await later('11 minutes')
    await reviewAlerts()
    await work()
    expect(said()[1]).toMatch(/^Alerts: 20 new, 500 over\n/)
    const [left] =
      await adminSql`select count(*)::integer as notices, count(message_id)::integer as told from public.alert_notices`
    expect(left).toEqual({ notices: 2 * 1020, told: 2 * 1020 })
  })

  test('that comes one by one is at most five messages and a digest in ten minutes', async () => {
    for (let minute = 0; minute < 10; minute += 1) {
      await goWrong()
      await reviewAlerts()
      await work()
    }
    expect(said().map((text) => text.split(' ')[0])).toEqual([...Array(5).fill('Alert:'), 'Alerts:'])
  })
})
