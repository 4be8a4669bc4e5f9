import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const Secrets = z.object({
  appSecret: z.string(),
  cronSecret: z.string(),
  causewayPassword: z.string(),
  stripeSecretKey: z.string(),
  stripeWebhookSecret: z.string(),
  circleApiKey: z.string(),
  circleEntitySecret: z.string(),
  agentApiKey: z.string(),
  operatorPassword: z.string(),
  customerPassword: z.string(),
})

export type Secrets = z.infer<typeof Secrets>

/** The world's own secrets, made at random the first time and kept in `dir`. None is ever the same on two machines. */
export async function keptSecrets(dir: string): Promise<Secrets> {
  const file = join(dir, 'secrets.json')
  const kept = z
    .object({})
    .loose()
    .parse(JSON.parse(await readFile(file, 'utf8').catch(() => '{}')))
  const secrets = Secrets.parse({ ...newSecrets(), ...kept })
  await mkdir(dir, { recursive: true })
  await writeFile(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  return secrets
}

function newSecrets(): Secrets {
  const random = (bytes: number) => randomBytes(bytes).toString('base64url')
  return {
    appSecret: random(32),
    cronSecret: random(24),
    causewayPassword: random(24),
    stripeSecretKey: `sk_test_${randomBytes(24).toString('hex')}`,
    stripeWebhookSecret: `whsec_${randomBytes(24).toString('hex')}`,
    circleApiKey: `TEST_API_KEY:${randomUUID()}:${randomUUID()}`,
    circleEntitySecret: randomBytes(32).toString('hex'),
    agentApiKey: `cw_${random(32)}`,
    operatorPassword: random(9),
    customerPassword: random(9),
  }
}
