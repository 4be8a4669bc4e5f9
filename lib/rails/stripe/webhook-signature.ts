import { createHmac, timingSafeEqual } from 'node:crypto'

export type SignatureReason = 'missing' | 'malformed' | 'mismatch' | 'stale' | 'future'

const sentences: Record<SignatureReason, string> = {
  missing: 'The Stripe-Signature header is missing.',
  malformed: 'The Stripe-Signature header is not of the form t=…,v1=….',
  mismatch: 'No signature in the header was made with a known secret over this body.',
  stale: 'The signature is true but too old.',
  future: 'The signature is true but its time lies ahead.',
}

/** Why a webhook is not taken for Stripe's. */
export class InvalidStripeSignature extends Error {
  override name = 'InvalidStripeSignature'
  readonly reason: SignatureReason

  constructor(reason: SignatureReason) {
    super(sentences[reason])
    this.reason = reason
  }
}

export type VerifyStripeSignature = {
  /** The bytes as they came. They need not be valid UTF-8. */
  rawBody: Uint8Array
  header: string | null | undefined
  /** During a rotation both secrets are good. */
  secrets: readonly string[]
  now: Date
  toleranceSeconds?: number
}

/**
 * Proves that Stripe signed these bytes with one of the secrets, at a time near `now`. Says with which secret and when
 * (in Unix seconds). Throws `InvalidStripeSignature`. The clock is looked at last, and in both directions, so that
 * 'stale' and 'future' are said of Stripe's own signatures only.
 */
export function verifyStripeSignature({
  rawBody,
  header,
  secrets,
  now,
  toleranceSeconds = 300,
}: VerifyStripeSignature): { secretIndex: number; timestamp: number } {
  if (!header) throw new InvalidStripeSignature('missing')
  const { timestamp, signatures } = parseHeader(header)
  const secretIndex = secrets.findIndex((secret) => {
    const expected = createHmac('sha256', secret).update(`${timestamp}.`).update(rawBody).digest()
    return signatures.some((signature) => timingSafeEqual(signature, expected))
  })
  if (secretIndex === -1) throw new InvalidStripeSignature('mismatch')

  const age = Math.floor(now.getTime() / 1000) - Number(timestamp)
  if (age > toleranceSeconds) throw new InvalidStripeSignature('stale')
  if (age < -toleranceSeconds) throw new InvalidStripeSignature('future')
  return { secretIndex, timestamp: Number(timestamp) }
}

/** The time stays text, as the signature covers its digits; other schemes than v1 are left aside, as Stripe asks. */
function parseHeader(header: string): { timestamp: string; signatures: Buffer[] } {
  const entries = header.split(',').map((part) => {
    const at = part.indexOf('=')
    return at === -1 ? [part.trim(), ''] : [part.slice(0, at).trim(), part.slice(at + 1).trim()]
  })
  const times = entries.flatMap(([name, value]) => (name === 't' ? [value ?? ''] : []))
  const signatures = entries.flatMap(([name, value]) => (name === 'v1' ? [value ?? ''] : []))
  const timestamp = times[0]
  if (timestamp === undefined || times.length > 1 || !/^\d{1,12}$/.test(timestamp) || signatures.length === 0) {
    throw new InvalidStripeSignature('malformed')
  }
  const wellFormed = signatures.filter((signature) => /^[0-9a-f]{64}$/i.test(signature))
  return { timestamp, signatures: wellFormed.map((signature) => Buffer.from(signature, 'hex')) }
}
