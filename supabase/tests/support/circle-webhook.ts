import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { type NodeEnvironment, serve } from '#sandbox/http/serve.ts'

/** Who signs as Circle does, and publishes the key of it where Circle would. */
export async function startSigner() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const keyId = randomUUID()
  let asked = 0
  let status = 200
  const app = new Hono<NodeEnvironment>()
  app.get('/v2/notifications/publicKey/:id', (c) => {
    asked += 1
    if (status !== 200) return new Response(null, { status })
    if (c.req.param('id') !== keyId) return c.json({ code: 404, message: 'Cannot find the public key.' }, 404)
    const published = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
    return c.json({ data: { id: keyId, algorithm: 'ECDSA_SHA_256', publicKey: published } })
  })
  const { url, stop } = await serve({ app, port: 0 })
  return {
    url,
    stop,
    asked: () => asked,
    answerWith: (next: number) => {
      status = next
    },
    /** A delivery as Circle sends it. */
    signed: (body: Uint8Array | string) => {
      const rawBody = typeof body === 'string' ? Buffer.from(body) : body
      return { rawBody, signature: createSign('sha256').update(rawBody).sign(privateKey, 'base64'), keyId }
    },
  }
}
