import { createHash } from 'node:crypto'
import { initiateDeveloperControlledWalletsClient } from '@circle-fin/developer-controlled-wallets'
import postgres, { type Sql } from 'postgres'
import type { Address } from 'viem'
import { waitFor } from '#sandbox/http/wait-for.ts'
import type { Secrets } from '#sandbox/secrets.ts'

export type SeededAgent = { id: string; walletId: string; apiKey: string }

type Options = { sql: Sql; email: string; merchant: Address; apiKey: string }

/** Small payments to anybody pass by themselves; larger ones, and the same one twice, are asked about. */
const guards = [
  { type: 'budget', period: 'day', limit: '50.00' },
  { type: 'single_payment', max: '40.00' },
  { type: 'approval', threshold: '25.00' },
  { type: 'rate', period: 'hour', limit: 20 },
  { type: 'duplicate', minutes: 10 },
]

/**
 * Makes an agent of the customer with guards, a contact to pay and a key for other software, each by the command that a
 * person's own request ends in. What is there from an earlier start stays as its person left it.
 */
export async function seedAgent({ sql, email, merchant, apiKey }: Options): Promise<SeededAgent> {
  const keyHash = createHash('sha256').update(apiKey).digest()
  const find = async () => {
    const [known] = await sql`
      select k.agent_id as id, w.id as wallet_id from public.api_keys k join public.wallets w on w.agent_id = k.agent_id
      where k.key_hash = ${keyHash}`
    return known && { id: String(known.id), walletId: String(known.wallet_id), apiKey }
  }
  const known = await find()
  if (known) return known
  const [person] = await sql`select id from auth.users where email = ${email}`
  const claims = JSON.stringify({ role: 'authenticated', sub: person?.id, is_anonymous: false })
  const hash = createHash('sha256').update('the local world').digest()
  await sql.begin(async (tx) => {
    await tx`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${claims}, true),
      set_config('request.jwt.claim.sub', ${person?.id}, true)`
    const [made] = await tx`select agent_id as id from app.create_agent('local-world', ${hash}, 'Ada', 'mezo-testnet')`
    const id: string = made?.id
    await tx`select app.set_guards(${id}, ${tx.json(guards)})`
    await tx`select app.save_contact('Merchant', ${merchant.toLowerCase()}, null)
      where not exists (select from public.contacts c where lower(c.name) = 'merchant')`
    const scopes = ['read', 'simulate', 'propose', 'cancel']
    await tx`select app.create_api_key('local-world', ${hash}, ${id}, 'Other software', ${apiKey.slice(0, 9)}, ${keyHash}, ${scopes}, null, null)`
  })
  const made = await find()
  if (!made) throw new Error('The agent of the local world was not made.')
  return made
}

type Funded = { agent: SeededAgent; adminUrl: string; circle: { url: string } }

/** Five times what the faucet gives at once. */
const drips = 5

/** Once the worker has had the wallet made at Circle, fills it with test USDC from Circle's faucet, unless something is in it. */
export async function fundAgent({ agent, adminUrl, circle }: Funded, secrets: Secrets): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} })
  const balance = async () => {
    const [row] = await sql`
      select posted::text from public.ledger_accounts where wallet_id = ${agent.walletId} and kind = 'wallet' and asset = 'USDC'`
    return BigInt(row?.posted ?? 0)
  }
  try {
    const address = await waitFor('the agent’s wallet', async (): Promise<string | null> => {
      const [row] = await sql`select address from public.wallets where id = ${agent.walletId}`
      return row?.address
    })
    if ((await balance()) > 0n) return
    const { circleApiKey: apiKey, circleEntitySecret: entitySecret } = secrets
    const client = initiateDeveloperControlledWalletsClient({ apiKey, entitySecret, baseUrl: circle.url })
    for (let drip = 0; drip < drips; drip += 1)
      await client.requestTestnetTokens({ address, blockchain: 'BASE-SEPOLIA', usdc: true })
    await waitFor('the test USDC to be seen', async () => (await balance()) > 0n, 60_000)
  } finally {
    await sql.end()
  }
}
