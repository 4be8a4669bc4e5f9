import { createECDH, generateKeyPairSync, randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { type NodeEnvironment, serve } from '#sandbox/http/serve.ts'

/** The order of secp256k1. */
const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

export type KmsStandIn = {
  url: string
  keyId: string
  /** The operations it was asked for, in order. */
  asked: string[]
  stop: () => Promise<void>
}

/**
 * Starts a KMS with one key, in the wire format of the AWS SDK. It really signs: the point is multiplied by node:crypto, and
 * every other signature has its s in the upper half, as the real KMS's have. `keySpec` lets it hold a key of another kind.
 */
export async function startKms({ keySpec = 'ECC_SECG_P256K1' }: { keySpec?: string } = {}): Promise<KmsStandIn> {
  const namedCurve = keySpec === 'ECC_NIST_P256' ? 'prime256v1' : 'secp256k1'
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve })
  const secret = bigintOf(Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url'))
  const keyId = 'alias/causeway-treasury'
  const asked: string[] = []

  const describe = () => ({
    KeyId: keyId,
    PublicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    KeySpec: keySpec,
    KeyUsage: 'SIGN_VERIFY',
    SigningAlgorithms: ['ECDSA_SHA_256'],
  })
  const signed = (message: string) => ({
    KeyId: keyId,
    Signature: sign(secret, Buffer.from(message, 'base64'), asked.length % 2 === 0).toString('base64'),
    SigningAlgorithm: 'ECDSA_SHA_256',
  })

  const app = new Hono<NodeEnvironment>().post('/', async (c) => {
    const name = c.req.header('x-amz-target')?.replace('TrentService.', '') ?? ''
    const input = await c.req.json<{ KeyId?: string; Message?: string }>()
    asked.push(name)
    const refuse = (type: string) => c.json({ __type: type, message: type }, 400)
    if (!c.req.header('authorization')?.startsWith('AWS4-HMAC-SHA256')) return refuse('MissingAuthenticationToken')
    if (input.KeyId !== keyId) return refuse('NotFoundException')
    if (name === 'GetPublicKey') return c.json(describe())
    return name === 'Sign' ? c.json(signed(input.Message ?? '')) : refuse('UnknownOperationException')
  })
  const { url, stop } = await serve({ app, port: 0 })
  return { url, keyId, asked, stop }
}

/** ECDSA over a digest that is signed as it is; node:crypto itself would hash it once more. */
function sign(secret: bigint, digest: Buffer, upperHalf: boolean): Buffer {
  const once = createECDH('secp256k1')
  const nonce = randomBytes(32)
  once.setPrivateKey(nonce)
  const r = bigintOf(once.getPublicKey().subarray(1, 33)) % order
  const s = (inverse(bigintOf(nonce)) * (bigintOf(digest) + r * secret)) % order
  const inUpperHalf = s > order / 2n
  const numbers = [r, inUpperHalf === upperHalf ? s : order - s].map(derInteger)
  const body = Buffer.concat(numbers)
  return Buffer.concat([Buffer.from([0x30, body.length]), body])
}

/** By Fermat: the order is a prime. */
function inverse(number: bigint): bigint {
  let [result, base] = [1n, number % order]
  for (let exponent = order - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % order
    base = (base * base) % order
  }
  return result
}

function derInteger(number: bigint): Buffer {
  const digits = number.toString(16)
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex')
  const positive = (bytes[0] ?? 0) > 0x7f ? Buffer.concat([Buffer.from([0]), bytes]) : bytes
  return Buffer.concat([Buffer.from([0x02, positive.length]), positive])
}

const bigintOf = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`)
