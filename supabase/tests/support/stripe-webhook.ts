import { createHmac } from 'node:crypto'

/** A delivery as Stripe signs it with the secret. */
export function signed(
  body: Uint8Array | string,
  secret: string,
  at = new Date(),
): { rawBody: Uint8Array; header: string } {
  const rawBody = typeof body === 'string' ? Buffer.from(body) : body
  const timestamp = Math.floor(at.getTime() / 1000)
  const signature = createHmac('sha256', secret).update(`${timestamp}.`).update(rawBody).digest('hex')
  return { rawBody, header: `t=${timestamp},v1=${signature}` }
}
