import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { PersonActor } from '#lib/auth/actor.ts'
import { closeConnection, connection } from '#lib/db/connection.ts'
import type { CreatedSession } from '#lib/onramp/schema.ts'
import type { Outgoing } from '#sandbox/http/deliveries.ts'
import { separateCaches } from '#sim/caches.ts'
import { type Chain, network, startChain } from '#sim/chain.ts'
import { type Clock, createClock, installDatabaseClock } from '#sim/clock.ts'
import { createMachine, type Machine } from '#sim/machine.ts'
import { createNetwork, type Network, nodeUrls } from '#sim/network.ts'
import { createQueue, type Queue } from '#sim/queue.ts'
import { createRandom, type Random } from '#sim/random.ts'
import { type Stripe, startStripe, stripeUrl, webhookSecrets } from '#sim/stripe.ts'
import { takeOver } from '#sim/surroundings.ts'

/** One thing that somebody wants to buy, and what they know of it. */
export type Purchase = {
  number: number
  wallet: `0x${string}`
  /** Who asked, if they were signed in, and whose it is by now. */
  asker: PersonActor | undefined
  owner: PersonActor | undefined
  request: { asset: 'MUSD' | 'USDC'; sourceAmount: string; sourceCurrency: 'USD' | 'EUR'; quoteId?: string }
  idempotencyKey: string
  /** When Stripe took the card. */
  paidAt?: number
  /** Every answer that reached the buyer. */
  answers: CreatedSession[]
  /** The statuses in the order in which the buyer saw them. */
  seen: string[]
}

export type World = {
  seed: string
  random: Random
  /** What prices do, apart from all else. */
  dice: Random
  clock: Clock
  machine: Machine
  chain: Chain
  network: Network
  stripe: Stripe
  queue: Queue
  /** As the owner of everything, to look, and for what no role of the app may do. */
  sql: postgres.Sql
  people: { alice: PersonActor; bob: PersonActor; olga: PersonActor }
  purchases: Purchase[]
  /** Webhooks on their way. */
  mail: Outgoing[]
  /** Every webhook that Stripe sent, and the ids of the events whose deliveries we answered with success. */
  sent: Outgoing[]
  acknowledged: Set<string>
  /** What must not have happened. */
  wrong: string[]
  /** Bytes of transactions that somebody else holds: of the treasury's key by hand. */
  byHand: Map<`0x${string}`, `0x${string}`>
  pools: Map<object, string>
  /** Whether anything is made to go wrong. */
  trouble: boolean
  tell: (line: string) => void
  /** What happened so far, a line each; the newest are kept. */
  story: string[]
  close: () => Promise<void>
}

export type WorldOptions = {
  seed: string
  /** The admin's connection string, with DATABASE where the database's name belongs. */
  clusterUrl: string
  template: string
  password: string
  /** Called before anything happens, with the new database. */
  prepare?: (sql: postgres.Sql) => Promise<void>
}

const database = `sim_${process.pid}`
const storyLines = 3000

/** Builds a whole new world, and takes this process over for it. One at a time. */
export async function createWorld(options: WorldOptions): Promise<World> {
  const { seed, clusterUrl, template, password } = options
  const real = { fetch: globalThis.fetch }
  const owner = postgres(clusterUrl.replace('DATABASE', 'postgres'), { max: 1, onnotice: () => {} })
  await owner`drop database if exists ${owner(database)} with (force)`
  await owner`create database ${owner(database)} template ${owner(template)}`
  const adminUrl = clusterUrl.replace('DATABASE', database)
  const sql = postgres(adminUrl, { max: 2, onnotice: () => {} })
  const lifeline = postgres(adminUrl, { max: 1, onnotice: () => {} })
  await installDatabaseClock(sql, seed)
  await separateCaches()

  const story: string[] = []
  const clock = createClock(sql)
  const tell = (line: string): void => {
    story.push(line)
    if (story.length > storyLines) story.shift()
  }
  const random = createRandom(seed)
  const machine = createMachine({ random: random.fork('order'), tell })
  const chain = await startChain(clock)
  await configure({ adminUrl, password, treasuryKey: chain.treasury.privateKey })
  const net = createNetwork(machine, chain.rpcUrl, real.fetch)
  const putBack = takeOver({
    now: clock.now,
    random: random.fork('bytes'),
    fetch: net.fetch,
    hear: (line) => tell(`    ${line.slice(0, 500)}`),
  })
  const pool = connection()
  const { begin, unsafe } = pool
  // Casts: each has several forms, which are passed on as they came. What goes by `unsafe` is gathered from several requests.
  pool.begin = ((...args: Parameters<typeof begin>) =>
    machine.call('transaction', () => begin(...args), brokenConnection)) as typeof pool.begin
  pool.unsafe = ((...args: Parameters<typeof unsafe>) =>
    args[0].startsWith('set local role')
      ? machine.call('transaction', async () => await unsafe(...args), brokenConnection, true)
      : unsafe(...args)) as typeof pool.unsafe

  const mail: Outgoing[] = []
  const sent: Outgoing[] = []
  const dir = mkdtempSync(join(tmpdir(), 'causeway-sim-'))
  const send = (event: Outgoing): void => {
    mail.push(event)
    sent.push(event)
  }
  const stripe = await startStripe({ dir, chain, machine, send })
  const people = { alice: person(1), bob: person(2), olga: person(3) }
  const accounts = Object.values(people).map(({ userId }) => ({ id: userId, email: `${userId}@causeway.test` }))
  await sql`insert into auth.users ${sql(accounts)}`
  await sql`insert into public.account_roles (account_id, role) values (${people.olga.userId}, 'operator')`
  await options.prepare?.(sql)

  return {
    seed,
    random: random.fork('steps'),
    dice: random.fork('rates'),
    clock,
    machine,
    chain,
    network: net,
    stripe,
    queue: createQueue({ sql, lifeline, machine }),
    sql,
    people,
    purchases: [],
    mail,
    sent,
    acknowledged: new Set(),
    wrong: [],
    byHand: new Map(),
    pools: new Map(),
    trouble: true,
    tell,
    story,
    close: async () => {
      putBack()
      await stripe.stop()
      await closeConnection()
      await lifeline.end({ timeout: 5 })
      await sql.end({ timeout: 5 })
      await chain.stop()
      await owner`drop database if exists ${owner(database)} with (force)`
      await owner.end()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

const person = (number: number): PersonActor => ({
  role: 'authenticated',
  userId: `00000000-0000-4000-8000-00000000000${number}`,
  isAnonymous: false,
})

function brokenConnection(): Error {
  return Object.assign(new Error('write CONNECTION_CLOSED'), { code: 'CONNECTION_CLOSED' })
}

async function configure(options: { adminUrl: string; password: string; treasuryKey: string }): Promise<void> {
  const url = new URL(options.adminUrl)
  url.username = 'causeway'
  url.password = options.password
  Object.assign(process.env, {
    APP_URL: 'http://causeway.test',
    APP_SECRET: 'a-secret-of-the-simulation-only-0123456789',
    DATABASE_URL: url.href,
    SUPABASE_URL: 'http://127.0.0.1:1',
    SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_simulated',
    STRIPE_SECRET_KEY: 'sk_test_simulated',
    STRIPE_API_URL: await stripeUrl(),
    STRIPE_WEBHOOK_SECRETS: webhookSecrets.join(','),
    STRIPE_NETWORKS: `${network}=base`,
    RPC_URL_MEZO_TESTNET: nodeUrls.join(','),
    TREASURY_NETWORK: network,
    TREASURY_PRIVATE_KEY: options.treasuryKey,
    TREASURY_FEE_BPS: '50',
  })
}
