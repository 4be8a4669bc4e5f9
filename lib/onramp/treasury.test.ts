import { afterAll, beforeAll, expect, test } from 'vitest'
import { requireTreasury } from '#lib/onramp/treasury.ts'
import { treasuryTerms } from '#lib/onramp/treasury-terms.ts'
import { type KmsStandIn, startKms } from '#sandbox/kms/start.ts'

// The key is in a vault: what is sold is known without it, and whoever needs it waits for it.

let kms: KmsStandIn

beforeAll(async () => {
  kms = await startKms()
  Object.assign(process.env, {
    TREASURY_NETWORK: 'mezo-testnet',
    TREASURY_KMS_KEY_ID: kms.keyId,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'AKIATEST',
    AWS_SECRET_ACCESS_KEY: 'of-the-tests-only',
  })
})
afterAll(() => kms.stop())

test('the treasury is known before its vault is asked', () => {
  expect(treasuryTerms()).toEqual({ network: 'mezo-testnet', feeBasisPoints: 50 })
  expect(kms.asked).toEqual([])
})

test('a vault that does not answer is asked again the next time, and one that did never more', async () => {
  process.env.AWS_ENDPOINT_URL_KMS = 'http://127.0.0.1:9'
  await expect(requireTreasury()).rejects.toThrow(/ECONNREFUSED/)
  process.env.AWS_ENDPOINT_URL_KMS = kms.url
  const [one, other] = await Promise.all([requireTreasury(), requireTreasury()])
  expect(one).toMatchObject({ network: 'mezo-testnet', address: one.signer.address, feeBasisPoints: 50 })
  expect(other.address).toBe(one.address)
  expect(await requireTreasury()).toMatchObject({ address: one.address })
  expect(kms.asked).toEqual(['GetPublicKey'])
})
