import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Address, Hex } from 'viem'

/** `.causeway/demo.json`: everything a machine has to know about the running world. */
export type World = {
  app: string
  supabase: { url: string; publishableKey: string }
  /** The owner's connection string. */
  database: string
  rpc: string
  chainId: number
  tokens: { MUSD: Address; USDC: Address; receiptNft: Address }
  stripe: { url: string; webhookSecret: string }
  operator: { email: string; password: string }
  customer: { email: string; password: string }
  /** An agent of the customer's, with test USDC, and a key by which other software acts for it. */
  agent: { id: string; walletId: string; apiKey: string }
  merchant: { address: Address }
  circle: { url: string }
  prices: { url: string }
  testWallet: { address: Address; privateKey: Hex }
  treasury: { address: Address }
  mail: { url: string }
  relay: { url: string }
  traces: { url: string }
}

/** The world that the global set-up started, or that CAUSEWAY_DEMO names. */
export function readWorld(): World {
  const file = process.env.CAUSEWAY_DEMO
  if (!file) throw new Error('CAUSEWAY_DEMO is not set: run the tests with npm run e2e.')
  return JSON.parse(readFileSync(file, 'utf8')) as World
}

/** The environment that the app and the worker of this world run with. */
export function appEnvironment(): Record<string, string> {
  const file = join(dirname(process.env.CAUSEWAY_DEMO ?? ''), 'env.json')
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
}
