import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { receiveCircleWebhook } from '#lib/webhooks/receive.ts'
import { processWebhook } from '#lib/webhooks/tasks/process.ts'
import { startSigner } from '#supabase/tests/support/circle-webhook.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

// Circle's notifications: what its published key signed is kept, once; whatever else comes leaves no trace.

const signer = await startSigner()
process.env.CIRCLE_API_URL = signer.url
const { adminSql } = await testDatabase()
afterAll(() => signer.stop())

const notification = (notificationId: string, notificationType = 'webhooks.test') =>
  JSON.stringify({ notificationId, notificationType, notification: {}, timestamp: '2026-11-21T12:00:00.123456Z' })
const kept = (id: string) => adminSql`select * from public.webhook_events where event_id = ${id}`
const count = async () => Number((await adminSql`select count(*) from public.webhook_events`)[0]?.count)

describe('a notification', () => {
  // In this order: nothing is known of the key yet.
  beforeAll(async () => {
    signer.answerWith(500)
    const delivery = signer.signed(notification(randomUUID()))
    await expect(receiveCircleWebhook(delivery)).rejects.toMatchObject({ status: 503, code: 'signer_unknown' })
    expect(await count()).toBe(0)
    signer.answerWith(200)
  })

  test('is kept with its bytes and the time it was signed, once; the key is asked for once', async () => {
    const body = notification('2c4f8a4e-8a54-4e6b-9c43-0d3c1f5b7e90')
    const before = signer.asked()
    const first = await receiveCircleWebhook(signer.signed(body))
    const again = await receiveCircleWebhook(signer.signed(body))
    expect([first.isNew, again]).toEqual([true, { id: first.id, isNew: false }])
    expect(signer.asked() - before).toBe(1)
    const [row] = await kept('2c4f8a4e-8a54-4e6b-9c43-0d3c1f5b7e90')
    expect(row).toMatchObject({ source: 'circle', type: 'webhooks.test', status: 'received', deliveries: 2 })
    expect(row?.signed_at).toEqual(new Date('2026-11-21T12:00:00.123Z'))
    expect(Buffer.from(row?.body).toString()).toBe(body)
  })

  test('of a kind that nothing here follows is ignored', async () => {
    const { id } = await receiveCircleWebhook(signer.signed(notification(randomUUID())))
    await processWebhook({ webhookEventId: id })
    expect((await adminSql`select status from public.webhook_events where id = ${id}`)[0]?.status).toBe('ignored')
  })

  test('with an event of Stripe’s name in it is not handled as Stripe’s', async () => {
    const { id } = await receiveCircleWebhook(
      signer.signed(notification(randomUUID(), 'crypto.onramp_session.updated')),
    )
    await processWebhook({ webhookEventId: id })
    expect((await adminSql`select * from public.webhook_events where id = ${id}`)[0]).toMatchObject({
      status: 'ignored',
      ignored_because: 'Nothing here follows events of this type.',
    })
  })

  test('that is truly signed and no JSON is kept and refused', async () => {
    const before = await count()
    await expect(receiveCircleWebhook(signer.signed('hello'))).rejects.toMatchObject({ code: 'invalid_json' })
    expect(await count()).toBe(before + 1)
  })

  test.each([
    ['changed after it was signed', { rawBody: Buffer.from(notification('changed')) }],
    ['without a signature', { signature: null }],
    ['without the id of a key', { keyId: null }],
    ['with a key of nobody', { keyId: randomUUID() }],
    ['with a path for a key', { keyId: '../../w3s/wallets' }],
  ])('%s is refused and leaves no trace', async (_case, change) => {
    const before = await count()
    const delivery = { ...signer.signed(notification(randomUUID())), ...change }
    await expect(receiveCircleWebhook(delivery)).rejects.toMatchObject({ status: 400, code: 'invalid_signature' })
    expect(await count()).toBe(before)
  })
})
