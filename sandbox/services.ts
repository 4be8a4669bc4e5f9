import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { seedAgent } from '#sandbox/agent.ts'
import { startChain } from '#sandbox/chain/chain.ts'
import { startCircle } from '#sandbox/circle/start.ts'
import { startMail } from '#sandbox/mail/start.ts'
import type { Ports } from '#sandbox/ports.ts'
import { startPostgres } from '#sandbox/postgres.ts'
import { seedRates } from '#sandbox/prices/history.ts'
import { startPrices } from '#sandbox/prices/start.ts'
import type { Secrets } from '#sandbox/secrets.ts'
import { seed } from '#sandbox/seed.ts'
import type { Stage } from '#sandbox/stage.ts'
import { startStripe } from '#sandbox/stripe/start.ts'
import { startSupabase } from '#sandbox/supabase/start.ts'
import { startTraces } from '#sandbox/traces/start.ts'
import { startRelay } from '#sandbox/walletconnect/start.ts'
import { migrate } from '#scripts/migrate.ts'

export type ServiceOptions = { dir: string; ports: Ports; secrets: Secrets; stage: Stage; durable: boolean }
export type Services = Awaited<ReturnType<typeof startServices>>

/** Brings up everything the app talks to, migrated and seeded. */
export async function startServices({ dir, ports, secrets, stage, durable }: ServiceOptions) {
  const appUrl = `http://localhost:${ports.app}`
  const at = (name: string) => join(dir, name)
  mkdirSync(at('logs'), { recursive: true })
  const logOf = (name: string) => (line: string) =>
    appendFileSync(at(`logs/${name}.log`), `${new Date().toISOString()} ${line}\n`)

  const database = await stage.start('postgres', () =>
    startPostgres({ dir: at('postgres'), port: ports.postgres, durable }),
  )
  stage.watch(database.exited.then(() => 'postgres ended'))
  const adminUrl = database.adminUrl()
  const mail = await stage.start('mail', () => startMail({ dir: at('mail'), port: ports.mail, smtpPort: ports.smtp }))
  const supabase = await stage.start('supabase', () =>
    startSupabase({ dir: at('supabase'), port: ports.supabase, adminUrl, siteUrl: appUrl, mail }),
  )
  const chain = await stage.start('chain', () =>
    startChain({ dir: at('chain'), port: ports.rpc, explorerPort: ports.explorer }),
  )
  stage.watch(chain.exited.then(() => "the chain's node ended"))
  const stripe = await stage.start('stripe', () =>
    startStripe({
      dir: at('stripe'),
      port: ports.stripe,
      rpcUrl: chain.rpcUrl,
      tokens: chain.tokens,
      settlementKey: chain.accounts.stripe.privateKey,
      webhookUrl: `${appUrl}/api/webhooks/stripe`,
      webhookSecret: secrets.stripeWebhookSecret,
      secretKey: secrets.stripeSecretKey,
      log: logOf('stripe'),
    }),
  )
  const circle = await stage.start('circle', () =>
    startCircle({
      dir: at('circle'),
      port: ports.circle,
      rpcUrl: chain.rpcUrl,
      tokens: chain.tokens,
      fundingKey: chain.accounts.circle.privateKey,
      apiKey: secrets.circleApiKey,
      entitySecret: secrets.circleEntitySecret,
      webhookUrl: `${appUrl}/api/webhooks/circle`,
      log: logOf('circle'),
    }),
  )
  const prices = await stage.start('prices', () => startPrices({ port: ports.prices }))
  const relay = await stage.start('relay', () => startRelay({ port: ports.relay }))
  const traces = await stage.start('traces', () => startTraces({ port: ports.traces }))
  await stage.step('migrate', () => migrate({ adminUrl, causewayPassword: secrets.causewayPassword }))
  const operator = { email: 'operator@causeway.test', password: secrets.operatorPassword }
  const customer = { email: 'customer@causeway.test', password: secrets.customerPassword }
  const agent = await stage.step('seed', async () => {
    const sql = postgres(adminUrl, { max: 1, onnotice: () => {} })
    try {
      await seed({ sql, supabase, mail, operator, customer })
      const { agentApiKey: apiKey } = secrets
      return await seedAgent({ sql, email: customer.email, merchant: chain.accounts.merchant.address, apiKey })
    } finally {
      await sql.end()
    }
  })
  await stage.step('history', async () => {
    const sql = postgres(adminUrl, { max: 2, onnotice: () => {} })
    await seedRates(sql).finally(() => sql.end())
  })
  return { agent, appUrl, adminUrl, mail, supabase, chain, stripe, circle, prices, relay, traces, operator, customer }
}
