import { createSign, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  InvalidCircleSignature,
  notificationKeyOf,
  verifyCircleSignature,
} from '#lib/rails/circle/webhook-signature.ts'

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const keyId = '7b1f5a0e-2f3c-4a8e-9d17-5c0c0b6f3a11'
const rawBody = new TextEncoder().encode('{"notificationId":"1"}')
const signatureOf = (body: Uint8Array, key: KeyObject = privateKey) =>
  createSign('sha256').update(body).sign(key, 'base64')
const keyOf = async (id: string) => (id === keyId ? publicKey : undefined)

type Given = { rawBody?: Uint8Array; signature?: string | null; keyId?: string | null }

async function outcomeOf(given: Given): Promise<string> {
  try {
    await verifyCircleSignature({ rawBody, signature: signatureOf(rawBody), keyId, keyOf, ...given })
    return 'accepted'
  } catch (error) {
    if (error instanceof InvalidCircleSignature) return error.reason
    throw error
  }
}

describe('verifyCircleSignature', () => {
  test.each<[string, Given, string]>([
    ['what that key signed', {}, 'accepted'],
    ['the id in capitals', { keyId: keyId.toUpperCase() }, 'accepted'],
    ['no signature', { signature: null }, 'missing'],
    ['an empty signature', { signature: '' }, 'missing'],
    ['no key id', { keyId: null }, 'missing'],
    ['a key id that is a path', { keyId: '../../v1/w3s/wallets' }, 'malformed'],
    ['a key id with more behind it', { keyId: `${keyId}/x` }, 'malformed'],
    ['a key id with a line end', { keyId: `${keyId}\n` }, 'malformed'],
    ['a signature that is no base64', { signature: '{"alg":"none"}' }, 'malformed'],
    ['a signature of absurd length', { signature: 'A'.repeat(200) }, 'malformed'],
    ['a key that Circle does not know', { keyId: '00000000-0000-4000-8000-000000000000' }, 'unknown_key'],
    ['another body', { rawBody: new TextEncoder().encode('{"notificationId":"2"}') }, 'mismatch'],
    ['the same JSON with other spaces', { rawBody: new TextEncoder().encode('{ "notificationId":"1"}') }, 'mismatch'],
    ["another key's signature", { signature: signatureOf(rawBody, other.privateKey) }, 'mismatch'],
    ['base64 that is no signature', { signature: 'AAAAAAAAAAAA' }, 'mismatch'],
    [
      'the raw form of a true signature',
      {
        signature: sign('sha256', rawBody, { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64'),
      },
      'mismatch',
    ],
  ])('%s', async (_case, given, expected) => {
    expect(await outcomeOf(given)).toBe(expected)
  })

  test('signs bytes, also those that are no text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const signature = signatureOf(bytes)
        expect(await outcomeOf({ rawBody: bytes, signature })).toBe('accepted')
        expect(await outcomeOf({ rawBody: Uint8Array.of(...bytes, 0), signature })).toBe('mismatch')
      }),
    )
  })

  test('no headers whatsoever break it or pass', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.oneof(fc.string(), fc.constant(keyId)), async (signature, id) => {
        expect(['missing', 'malformed', 'unknown_key', 'mismatch']).toContain(await outcomeOf({ signature, keyId: id }))
      }),
    )
  })
})

describe('notificationKeyOf', () => {
  const spki = (key: KeyObject) => key.export({ type: 'spki', format: 'der' }).toString('base64')

  test('reads a key as Circle publishes it', () => {
    expect(notificationKeyOf({ algorithm: 'ECDSA_SHA_256', publicKey: spki(publicKey) }).equals(publicKey)).toBe(true)
  })

  test.each([
    ['another algorithm', { algorithm: 'RSA', publicKey: spki(publicKey) }],
    [
      'another curve',
      { algorithm: 'ECDSA_SHA_256', publicKey: spki(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey) },
    ],
    [
      'a key of RSA',
      { algorithm: 'ECDSA_SHA_256', publicKey: spki(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey) },
    ],
    ['no key', { algorithm: 'ECDSA_SHA_256', publicKey: 'AAAA' }],
  ])('refuses %s', (_case, published) => {
    expect(() => notificationKeyOf(published)).toThrow()
  })
})
