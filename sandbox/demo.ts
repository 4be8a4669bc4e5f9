import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Secrets } from '#sandbox/secrets.ts'
import type { Services } from '#sandbox/services.ts'

export type Demo = ReturnType<typeof describeDemo>

/** What people and tools need to know of a running world. */
export function describeDemo(services: Services, secrets: Secrets) {
  const { appUrl, adminUrl, mail, supabase, chain, stripe, circle, prices, relay, traces, operator, customer, agent } =
    services
  return {
    app: appUrl,
    supabase: { url: supabase.url, publishableKey: supabase.publishableKey },
    database: adminUrl,
    rpc: chain.rpcUrl,
    explorer: chain.explorerUrl,
    chainId: chain.chainId,
    tokens: chain.tokens,
    stripe: { url: stripe.url, webhookSecret: secrets.stripeWebhookSecret },
    circle: { url: circle.url },
    prices: { url: prices.url },
    relay: { url: relay.url },
    traces: { url: traces.url },
    mail: { url: mail.url, chat: `${mail.url}/chat` },
    operator,
    customer,
    agent,
    merchant: { address: chain.accounts.merchant.address },
    testWallet: chain.accounts.testWallet,
    treasury: { address: chain.accounts.treasury.address },
  }
}

/** Writes a file of the world whole or not at all, readable by its owner only: it holds passwords and keys. */
export async function writeFacts(dir: string, name: string, facts: object): Promise<void> {
  const file = join(dir, name)
  await writeFile(`${file}.next`, `${JSON.stringify(facts, null, 2)}\n`, { mode: 0o600 })
  await rename(`${file}.next`, file)
}

/** Where to click, and as whom. */
export function signpost(demo: Demo): string {
  const rows = [
    ['Buy', demo.app, 'as a guest, or signed in'],
    ['Sign in', `${demo.app}/sign-in`, `${demo.customer.email}  ${demo.customer.password}`],
    ['Agents', `${demo.app}/agents`, 'signed in: Ada has test USDC; her API key is in .causeway/demo.json'],
    ['Operate', `${demo.app}/operate`, `${demo.operator.email}  ${demo.operator.password}`],
    ['Mailbox', demo.mail.url, 'sign-in codes arrive here'],
    ['Alerts', demo.mail.chat, 'what operators are told, in a chat'],
    ['Card payments', demo.stripe.url, 'the Stripe stand-in; card 4242 4242 4242 4242'],
    ['Chain explorer', demo.explorer, `Mezo testnet's stand-in, chain id ${demo.chainId}`],
    ['Traces', demo.traces.url, 'what each request did, to the last job'],
  ]
  return rows.map(([name = '', url = '', note]) => `  ${name.padEnd(15)} ${url.padEnd(32)} ${note}`).join('\n')
}
