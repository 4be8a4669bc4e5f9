import { privateKeyToAddress } from 'viem/accounts'
import { afterEach, expect, test, vi } from 'vitest'
import { type KmsStandIn, startKms } from '#sandbox/kms/start.ts'
import { treasuryKey } from '#scripts/doctor/checks/treasury-key.ts'
import { examine } from '#scripts/doctor/diagnose.ts'
import { admit } from '#scripts/doctor/patient.ts'

const key = `0x${'7'.repeat(64)}` as const
const network = { TREASURY_NETWORK: 'mezo' }

let kms: KmsStandIn | undefined

afterEach(async () => {
  vi.unstubAllEnvs()
  await kms?.stop()
  kms = undefined
})

const look = async (change: Record<string, string>) => (await examine(treasuryKey, admit(change)))[0]

/** What a file would bring: a key in a vault of the test's own, and credentials for it. */
async function vault(keyId?: string) {
  kms = await startKms()
  const variables = {
    ...network,
    TREASURY_KMS_KEY_ID: keyId ?? kms.keyId,
    AWS_REGION: 'eu-central-1',
    AWS_ENDPOINT_URL_KMS: kms.url,
    AWS_ACCESS_KEY_ID: 'AKIATEST',
    AWS_SECRET_ACCESS_KEY: 'of-the-tests-only',
  }
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
  return variables
}

test('a key in KMS', async () => {
  const required = { APP_URL: 'http://a', APP_SECRET: 'x'.repeat(32) }
  expect(await look({ ...required, ...(await vault()) })).toMatchObject({
    state: 'ok',
    seen: expect.stringMatching(/^0x\w{40} on mezo, its key in KMS$/),
  })
  expect(kms?.asked).toEqual(['GetPublicKey'])
})

test('a key that KMS does not know', async () => {
  expect(await look(await vault('alias/another'))).toMatchObject({
    state: 'fail',
    seen: expect.stringContaining('AWS KMS does not give the key out: NotFoundException'),
    step: expect.stringContaining('kms:GetPublicKey'),
  })
})

test('a key of our own, which real money is not kept by', async () => {
  const seen = `${privateKeyToAddress(key)} on mezo, its key here`
  expect(await look({ ...network, TREASURY_PRIVATE_KEY: key })).toEqual({ state: 'ok', seen })
  expect(await look({ ...network, TREASURY_PRIVATE_KEY: key, STRIPE_SECRET_KEY: 'sk_live_x' })).toMatchObject({
    state: 'warn',
    seen,
    step: expect.stringContaining('AWS KMS'),
  })
})

test("the first account of every test node is nobody's treasury", async () => {
  const everybodys = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'
  expect(await look({ ...network, TREASURY_PRIVATE_KEY: everybodys })).toMatchObject({
    state: 'fail',
    seen: expect.stringContaining('everybody has its key'),
  })
})

test('no treasury', async () => {
  expect(await look({})).toMatchObject({ state: 'warn', seen: expect.stringContaining('MUSD is not offered') })
})
