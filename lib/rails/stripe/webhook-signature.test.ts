import fc from 'fast-check'
import Stripe from 'stripe'
import { describe, expect, test } from 'vitest'

import {
  InvalidStripeSignature,
  type SignatureReason,
  verifyStripeSignature,
} from '#lib/rails/stripe/webhook-signature.ts'

const stripe = new Stripe('sk_test_signature')
const now = new Date('2026-11-21T12:00:00Z')
const seconds = now.getTime() / 1000
const secret = 'whsec_current'
const payload = '{"id":"evt_1","object":"event"}'
const rawBody = new TextEncoder().encode(payload)

const headerAt = (timestamp: number, key = secret) =>
  stripe.webhooks.generateTestHeaderString({ payload, secret: key, timestamp })

function reasonOf(verify: () => unknown): SignatureReason | 'accepted' {
  try {
    verify()
    return 'accepted'
  } catch (error) {
    if (error instanceof InvalidStripeSignature) return error.reason
    throw error
  }
}

const check = (header: string | null, secrets = [secret], body: Uint8Array = rawBody) =>
  reasonOf(() => verifyStripeSignature({ rawBody: body, header, secrets, now, toleranceSeconds: 300 }))

describe('verifyStripeSignature', () => {
  test("accepts what Stripe's own SDK signed", () => {
    const verified = verifyStripeSignature({ rawBody, header: headerAt(seconds), secrets: [secret], now })
    expect(verified).toEqual({ secretIndex: 0, timestamp: seconds })
  })

  test('says which of several secrets it was', () => {
    const header = headerAt(seconds, 'whsec_old')
    const verified = verifyStripeSignature({ rawBody, header, secrets: [secret, 'whsec_old'], now })
    expect(verified.secretIndex).toBe(1)
  })

  test('takes any of several v1 signatures and ignores other schemes', () => {
    const good = headerAt(seconds).split('v1=')[1]
    expect(check(`t=${seconds},v1=${'0'.repeat(64)},v0=${'a'.repeat(64)},v1=${good}`)).toBe('accepted')
  })

  test.each([
    ['300 seconds old', -300, 'accepted'],
    ['301 seconds old', -301, 'stale'],
    ['300 seconds ahead', 300, 'accepted'],
    ['301 seconds ahead', 301, 'future'],
  ])('%s', (_name, offset, expected) => {
    expect(check(headerAt(seconds + offset))).toBe(expected)
  })

  test.each([
    ['absent', null, 'missing'],
    ['empty', '', 'missing'],
    ['without time', `v1=${'a'.repeat(64)}`, 'malformed'],
    ['without v1', `t=${seconds}`, 'malformed'],
    ['time not a number', `t=now,v1=${'a'.repeat(64)}`, 'malformed'],
    ['two times', `t=1,t=2,v1=${'a'.repeat(64)}`, 'malformed'],
    ['noise', 'hello', 'malformed'],
    ['a short signature', `t=${seconds},v1=abcd`, 'mismatch'],
    ['another signature', `t=${seconds},v1=${'a'.repeat(64)}`, 'mismatch'],
  ])('header %s', (_name, header, expected) => {
    expect(check(header)).toBe(expected)
  })

  test('an untrue signature is a mismatch whatever its age', () => {
    expect(check(headerAt(seconds - 10_000, 'whsec_other'))).toBe('mismatch')
  })

  test('no secrets, no acceptance', () => {
    expect(check(headerAt(seconds), [])).toBe('mismatch')
  })

  test('signs bytes, also those that are no text', async () => {
    const { createHmac } = await import('node:crypto')
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string({ minLength: 1 }), (bytes, key) => {
        const mac = createHmac('sha256', key).update(`${seconds}.`).update(bytes).digest('hex')
        expect(check(`t=${seconds},v1=${mac}`, [key], bytes)).toBe('accepted')
        expect(check(`t=${seconds},v1=${mac}`, [key], Uint8Array.of(...bytes, 0))).toBe('mismatch')
      }),
    )
  })

  test('no header whatsoever breaks it or passes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^t=\d{1,14}(,v1=[0-9a-f]{0,64}){0,3}$/)), (header) => {
        expect(['missing', 'malformed', 'mismatch']).toContain(check(header))
      }),
    )
  })

  test('a changed bit of the signature is refused', () => {
    const mac = headerAt(seconds).split('v1=')[1] ?? ''
    fc.assert(
      fc.property(fc.nat(255), (bit) => {
        const bytes = Buffer.from(mac, 'hex')
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(check(`t=${seconds},v1=${bytes.toString('hex')}`)).toBe('mismatch')
      }),
    )
  })
})
