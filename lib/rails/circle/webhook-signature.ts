import { createPublicKey, type KeyObject, verify } from 'node:crypto'

export type SignatureReason = 'missing' | 'malformed' | 'unknown_key' | 'mismatch'

const sentences: Record<SignatureReason, string> = {
  missing: 'The X-Circle-Signature or X-Circle-Key-Id header is missing.',
  malformed: 'X-Circle-Key-Id is not a UUID, or X-Circle-Signature is not a signature in base64.',
  unknown_key: 'Circle does not know the key that X-Circle-Key-Id names.',
  mismatch: 'The signature was not made with that key over this body.',
}

/** Why a webhook is not taken for Circle's. */
export class InvalidCircleSignature extends Error {
  override name = 'InvalidCircleSignature'
  readonly reason: SignatureReason

  constructor(reason: SignatureReason) {
    super(sentences[reason])
    this.reason = reason
  }
}

export type VerifyCircleSignature = {
  /** The bytes as they came. They need not be valid UTF-8. */
  rawBody: Uint8Array
  signature: string | null | undefined
  keyId: string | null | undefined
  /** The public key of that id, asked of Circle and of nobody else; undefined when Circle does not know it. */
  keyOf: (keyId: string) => Promise<KeyObject | undefined>
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The longest signature by P-256 is 72 bytes in DER. */
const base64 = /^[A-Za-z0-9+/]{8,96}={0,2}$/

/** Proves that Circle signed these bytes. Throws `InvalidCircleSignature`, or what `keyOf` throws. */
export async function verifyCircleSignature({
  rawBody,
  signature,
  keyId,
  keyOf,
}: VerifyCircleSignature): Promise<void> {
  if (!signature || !keyId) throw new InvalidCircleSignature('missing')
  const id = keyId.toLowerCase()
  if (!uuid.test(id) || !base64.test(signature)) throw new InvalidCircleSignature('malformed')
  const key = await keyOf(id)
  if (!key) throw new InvalidCircleSignature('unknown_key')
  if (!verify('sha256', rawBody, key, Buffer.from(signature, 'base64'))) throw new InvalidCircleSignature('mismatch')
}

/** A key that Circle published, if it is of the one kind that its notifications are signed with. Throws otherwise. */
export function notificationKeyOf({ algorithm, publicKey }: { algorithm: string; publicKey: string }): KeyObject {
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
  const isP256 = key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
  if (algorithm !== 'ECDSA_SHA_256' || !isP256) throw new Error("Circle's notification key is not of the known kind.")
  return key
}
