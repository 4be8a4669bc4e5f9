import { expect, test } from 'vitest'
import { receiveCircleWebhook } from '#lib/webhooks/receive.ts'

test('without a key of Circle’s nobody can tell whose a notification is, so none is taken', async () => {
  process.env.CIRCLE_API_KEY = ''
  process.env.CIRCLE_ENTITY_SECRET = ''
  const delivery = { rawBody: Buffer.from('{}'), signature: 'AAAAAAAA', keyId: '2c4f8a4e-8a54-4e6b-9c43-0d3c1f5b7e90' }
  await expect(receiveCircleWebhook(delivery)).rejects.toMatchObject({ status: 503, code: 'circle_not_configured' })
})
