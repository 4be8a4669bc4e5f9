import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type postgres from 'postgres'
import { type Address, parseAbiItem } from 'viem'
import { generatePrivateKey } from 'viem/accounts'
import { as } from '#lib/db/as.ts'
import { executeIntent } from '#lib/intents/tasks/execute.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { createAgentWallet } from '#lib/wallets/tasks/create.ts'
import { readWallet } from '#lib/wallets/tasks/read.ts'
import { mintToken } from '#sandbox/chain/mint.ts'
import { startTestChain, type TestChain } from '#sandbox/chain/test-chain.ts'
import { startCircle } from '#sandbox/circle/start.ts'
import { waitFor } from '#sandbox/http/wait-for.ts'
import { keyOf, newPerson, type TestAgent } from '#supabase/tests/support/agents.ts'

// Circle's stand-in on a chain of its own, and agents whose wallets are really there.

const network = 'mezo-testnet'
const usdc = requireToken('USDC', network).address
const transferEvent = parseAbiItem('event Transfer(address indexed from, address indexed to, uint256 value)')

export type CircleWorld = {
  chain: TestChain
  /** Where the app reaches Circle, which a test may put something of its own in front of. */
  circleUrl: string
  /** Faults of Circle's, as sandbox/http/faults.ts has them. */
  faults: (input: object) => Promise<void>
  /** An agent with a wallet that Circle made, and so many dollars in it on chain and in the ledger. */
  fundedAgent: (balance?: number) => Promise<TestAgent>
  /** Pays dollars out of nowhere. */
  give: (to: string, dollars: number) => Promise<void>
  /** Every amount of USDC that an address was ever paid, in base units. */
  paid: (to: string) => Promise<bigint[]>
  /** Moves a payment on, as its job does. */
  execute: (intent: { id: string }) => Promise<void>
  /** Reads a wallet on chain, as its job does. */
  read: (agent: Pick<TestAgent, 'walletId'>) => Promise<void>
  /** Lets blocks and jobs go on until the payment has the status. */
  until: (intent: { id: string }, status: string) => Promise<void>
  stop: () => Promise<void>
}

/** Starts it and points this process at it. Call it before anything reads the environment. */
export async function startCircleWorld(admin: postgres.Sql): Promise<CircleWorld> {
  const chain = await startTestChain()
  await chain.node.setAutomine(true)
  const rpcUrl = chain.node.transport.url ?? ''
  const dir = mkdtempSync(join(tmpdir(), 'causeway-circle-world-'))
  const apiKey = 'TEST_API_KEY:world:secret'
  const entitySecret = randomBytes(32).toString('hex')
  const circle = await startCircle({
    dir,
    port: 0,
    rpcUrl,
    tokens: { USDC: usdc },
    fundingKey: generatePrivateKey(),
    apiKey,
    entitySecret,
    webhookUrl: null,
  })
  Object.assign(process.env, {
    CIRCLE_API_KEY: apiKey,
    CIRCLE_ENTITY_SECRET: entitySecret,
    CIRCLE_API_URL: circle.url,
    CIRCLE_NETWORKS: 'mezo-testnet=BASE-SEPOLIA',
  })
  const give = async (to: string, dollars: number): Promise<void> => {
    await mintToken({ rpcUrl, asset: 'USDC', to: to as Address, amount: BigInt(Math.round(dollars * 1e6)) })
  }

  return {
    chain,
    circleUrl: circle.url,
    faults: async (input) => {
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(`${circle.url}/sandbox/faults`, {
        method: 'POST',
        headers,
        body: JSON.stringify(input),
      })
      if (!answer.ok) throw new Error(await answer.text())
    },
    fundedAgent: async (balance = 100) => {
      const owner = await newPerson(admin)
      const [made] = await as(owner)(
        (sql) => sql`select * from app.create_agent(${randomUUID()}, ${randomBytes(32)}, 'Ada', ${network})`,
      )
      const [wallet] = await as(owner)((sql) => sql`select id from public.wallets where agent_id = ${made?.agent_id}`)
      await createAgentWallet({ walletId: wallet?.id })
      const [row] = await as(owner)((sql) => sql`select address from public.wallets where id = ${wallet?.id}`)
      const agent = { id: made?.agent_id, walletId: wallet?.id, owner, address: row?.address }
      if (balance > 0) await give(agent.address, balance)
      await readWallet({ walletId: agent.walletId })
      return { ...agent, actor: await keyOf(agent) }
    },
    give,
    paid: async (to) => {
      const args = { to: to as Address }
      const logs = await chain.node.getLogs({ address: usdc, event: transferEvent, args, fromBlock: 0n })
      return logs.map(({ args: { value } }) => value ?? 0n)
    },
    execute: ({ id }) => executeIntent({ intentId: id }),
    read: ({ walletId }) => readWallet({ walletId }),
    until: async ({ id }, status) => {
      await waitFor(`the payment to be ${status}`, async () => {
        await chain.node.mine({ blocks: 1 })
        await executeIntent({ intentId: id })
        const [row] = await admin`select status from public.intents where id = ${id}`
        return row?.status === status
      })
    },
    stop: async () => {
      await circle.stop()
      await chain.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
