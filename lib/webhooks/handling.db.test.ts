import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { log } from '#lib/log.ts'
import { getWebhookEvent } from '#lib/webhooks/get.ts'
import { replayWebhookEvent } from '#lib/webhooks/replay.ts'
import { processWebhook } from '#lib/webhooks/tasks/process.ts'
import { alice, guest, introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { begin, openCheckout } from '#supabase/tests/support/purchase.ts'
import { refusalOf } from '#supabase/tests/support/refusal.ts'
import { connectionsWaitForALock, hold } from '#supabase/tests/support/waits.ts'

// From the inbox to its end: handled once, tried again when it failed, replayed by an operator and by nobody else.

const { adminSql, as, url } = await testDatabase()

beforeAll(() => introduceCast(adminSql))

const worker = as({ role: 'worker' })

/** A stored event; its id. The body is what Stripe would send of one of its sessions. */
async function receive(type = 'customer.created', stripeId = 'cos_unknown'): Promise<string> {
  const body = Buffer.from(JSON.stringify({ type, data: { object: { id: stripeId } } }))
  const [row] = await as({ role: 'webhook' })(
    (sql) => sql`select id from app.receive_webhook('stripe', ${randomUUID()}, ${type}, ${body}, 'current_key', now())`,
  )
  return row?.id
}

const read = async (id: string) => (await adminSql`select * from public.webhook_events where id = ${id}`)[0]
const finish = (id: string, status: string, note: string | null = null) =>
  worker((sql) => sql`select app.finish_webhook(${id}, ${status}, ${note})`)
const jobs = (id: string) => adminSql`select from graphile_worker.jobs where key = ${`webhook:${id}`}`
const trail = async (id: string) => {
  const rows =
    await adminSql`select to_status, actor from public.webhook_event_history where webhook_event_id = ${id} order by version`
  return rows.map(({ to_status, actor }) => `${to_status} by ${actor}`)
}

describe('handling', () => {
  test('an event that concerns nothing of ours is ignored', async () => {
    for (const type of ['customer.created', 'unreadable', 'unknown', 'toString']) {
      const id = await receive(type)
      await processWebhook({ webhookEventId: id })
      expect(await read(id)).toMatchObject({
        status: 'ignored',
        attempts: 1,
        last_error: null,
        ignored_because: 'Nothing here follows events of this type.',
      })
    }
  })

  test('an event without a session in it is ignored', async () => {
    const [row] = await as({ role: 'webhook' })(
      (sql) =>
        sql`select id from app.receive_webhook('stripe', 'evt_empty', 'crypto.onramp_session.updated', ${Buffer.from('{}')}, 'current_key', now())`,
    )
    await processWebhook({ webhookEventId: row?.id })
    expect(await read(row?.id)).toMatchObject({ status: 'ignored', ignored_because: 'It names no session.' })
  })

  test('while Stripe does not answer it fails with the reason, is tried again, and counts its attempts', async () => {
    const session = await begin()
    await openCheckout(session)
    const id = await receive('crypto.onramp_session_updated', session.stripeId)
    // It is worth a word in the log, and here it is meant.
    const said = vi.spyOn(log, 'warn').mockImplementation(() => {})
    await processWebhook({ webhookEventId: id })
    await processWebhook({ webhookEventId: id })
    expect(said).toHaveBeenCalledTimes(2)
    expect(said).toHaveBeenCalledWith('a webhook is tried again', expect.objectContaining({ webhookEventId: id }))
    said.mockRestore()
    expect(await read(id)).toMatchObject({ status: 'failed', attempts: 2, processed_at: null })
    expect((await read(id))?.last_error).toMatch(/Stripe/)
    expect(await trail(id)).toEqual(['received by webhook', 'failed by worker'])

    await finish(id, 'processed')
    expect(await read(id)).toMatchObject({ status: 'processed', last_error: null })
    expect((await read(id))?.processed_at).toBeInstanceOf(Date)
  })

  test('an event that has ended does nothing when its job comes again', async () => {
    const id = await receive()
    await processWebhook({ webhookEventId: id })
    const before = await read(id)
    await processWebhook({ webhookEventId: id })
    expect(await read(id)).toEqual(before)
  })

  test('two workers that end the same event end it once', async () => {
    const id = await receive()
    const one = await hold(url, { role: 'worker' }, (sql) => sql`select app.finish_webhook(${id}, 'processed', null)`)
    const other = finish(id, 'failed', 'too late')
    await connectionsWaitForALock(adminSql)
    await one.commit()
    await other
    expect(await read(id)).toMatchObject({ status: 'processed', last_error: null })
    expect(await trail(id)).toEqual(['received by webhook', 'processed by worker'])
  })

  test.each(['received', 'paid', ''])('no attempt ends as %j', async (status) => {
    expect(await refusalOf(finish(await receive(), status))).toBe('CWSTA')
  })

  test('a failure has a reason', async () => {
    expect(await refusalOf(finish(await receive(), 'failed'))).toBe('23514 webhook_events_failed_has_a_reason')
  })

  test('what ended is not made to fail afterwards', async () => {
    const id = await receive()
    await finish(id, 'processed')
    await finish(id, 'failed', 'late')
    expect(await read(id)).toMatchObject({ status: 'processed', last_error: null })
  })
})

describe('a replay', () => {
  test.each(['processed', 'ignored', 'failed'])(
    'of what was %s begins again, with a job and an audit entry',
    async (status) => {
      const id = await receive()
      await finish(id, status, 'a reason')
      await adminSql`select graphile_worker.remove_job(${`webhook:${id}`})`
      await replayWebhookEvent({ actor: olga, id })
      expect((await read(id))?.status).toBe('received')
      expect(await jobs(id)).toHaveLength(1)
      const audit = await adminSql`select actor, action, detail from public.audit_log where subject = ${id}`
      expect(audit).toEqual([
        { actor: `account:${olga.userId}`, action: 'webhook.replay', detail: { from_status: status } },
      ])
      expect(await trail(id)).toEqual([
        'received by webhook',
        `${status} by worker`,
        `received by account:${olga.userId}`,
      ])
      await processWebhook({ webhookEventId: id })
      expect((await read(id))?.status).toBe('ignored')
    },
  )

  test('of what still waits adds no second job', async () => {
    const id = await receive()
    await replayWebhookEvent({ actor: olga, id })
    await replayWebhookEvent({ actor: olga, id })
    expect(await jobs(id)).toHaveLength(1)
    expect(await trail(id)).toEqual(['received by webhook'])
  })

  test('is an operator’s alone, and leaves nothing behind when refused', async () => {
    const id = await receive()
    await finish(id, 'processed')
    const before = await read(id)
    await expect(replayWebhookEvent({ actor: alice, id })).rejects.toMatchObject({ status: 403 })
    await expect(replayWebhookEvent({ actor: guest(), id })).rejects.toMatchObject({ status: 404 })
    await expect(replayWebhookEvent({ actor: { role: 'worker' }, id })).rejects.toMatchObject({ status: 404 })
    expect(await refusalOf(as(guest())((sql) => sql`select app.replay_webhook_event(${id})`))).toBe('42501')
    expect(await read(id)).toEqual(before)
    expect(await adminSql`select from public.audit_log where subject = ${id}`).toEqual([])
  })

  test('of what does not exist is not found', async () => {
    for (const id of [randomUUID(), 'none']) {
      await expect(replayWebhookEvent({ actor: olga, id })).rejects.toMatchObject({ status: 404 })
    }
  })
})

describe('the inbox is shown', () => {
  test('to an operator, with body and history, and to nobody else', async () => {
    const id = await receive()
    expect(await getWebhookEvent({ actor: olga, id })).toMatchObject({
      id,
      status: 'received',
      history: [{ from: null, to: 'received', actor: 'webhook' }],
    })
    await expect(getWebhookEvent({ actor: alice, id })).rejects.toMatchObject({ status: 404 })
  })
})
