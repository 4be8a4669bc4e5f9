import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import type { AgentActor, PersonActor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'

export type TestAgent = { id: string; walletId: string; owner: PersonActor; actor: AgentActor; address: string }

const worker = as({ role: 'worker' })
const someHash = () => `0x${randomBytes(32).toString('hex')}`
const someAddress = () => `0x${randomBytes(20).toString('hex')}`
export const merchant = '0x00000000000000000000000000000000000c0ffe'
export const dollars = (amount: number) => BigInt(Math.round(amount * 1e6)).toString()

/** A person who was never here before. */
export async function newPerson(admin: postgres.Sql): Promise<PersonActor> {
  const userId = randomUUID()
  await admin`insert into auth.users ${admin({ id: userId, email: `${userId}@causeway.test` })}`
  return { role: 'authenticated', userId, isAnonymous: false }
}

/** An agent, of a new person unless one is given, with a wallet that Circle made, money in it, and a key that may do all a key can. */
export async function makeAgent(
  admin: postgres.Sql,
  {
    owner: given,
    balance = 1000,
    scopes,
    paymentLimit,
  }: {
    owner?: PersonActor
    balance?: number
    scopes?: string[]
    paymentLimit?: string | null
  } = {},
): Promise<TestAgent> {
  const owner = given ?? (await newPerson(admin))
  const [made] = await as(owner)(
    (sql) =>
      sql`select * from app.create_agent(${randomUUID()}, ${randomBytes(32)}, ${`Agent ${randomUUID()}`}, 'mezo-testnet')`,
  )
  const id: string = made?.agent_id
  const [wallet] = await as(owner)((sql) => sql`select id from public.wallets where agent_id = ${id}`)
  const address = someAddress()
  await worker((sql) => sql`select app.record_wallet(${wallet?.id}, ${owner.userId}, ${randomUUID()}, ${address})`)
  await worker((sql) => sql`select app.record_wallet_balance(${wallet?.id}, 'USDC', ${dollars(balance)}, 1)`)
  const actor = await keyOf({ id, owner }, { ...(scopes && { scopes }), ...(paymentLimit && { paymentLimit }) })
  return { id, walletId: wallet?.id, owner, actor, address }
}

/** A new key of an agent, which may do all a key can unless something less is said. */
export async function keyOf(
  { id, owner }: Pick<TestAgent, 'id' | 'owner'>,
  {
    scopes = ['read', 'simulate', 'propose', 'cancel'],
    paymentLimit = null,
  }: { scopes?: string[]; paymentLimit?: string | null } = {},
): Promise<AgentActor> {
  const apiKey = `cw_${randomBytes(32).toString('base64url')}`
  const hash = createHash('sha256').update(apiKey).digest()
  await as(owner)(
    (
      sql,
    ) => sql`select * from app.create_api_key(${randomUUID()}, ${randomBytes(32)}, ${id}, 'test', ${apiKey.slice(0, 8)},
      ${hash}, ${scopes}, ${paymentLimit}, null)`,
  )
  return { role: 'agent', apiKey }
}

/** Sets the guards of the agent, or of everything its person has. */
export const setGuards = (agent: TestAgent, guards: unknown[], whose: 'agent' | 'person' = 'agent') =>
  as(agent.owner)(
    (sql) => sql`select app.set_guards(${whose === 'agent' ? agent.id : null}, ${sql.json(guards as never)})`,
  )

export type Proposal = {
  actor?: AgentActor | PersonActor
  amount?: number
  recipient?: string
  key?: string
}

/** Proposes a payment as the agent, or as somebody else; the answer as the API gives it. */
export async function propose(
  agent: TestAgent,
  { actor = agent.actor, amount = 1, recipient = merchant, key = randomUUID() }: Proposal = {},
) {
  const hash = createHash('sha256')
    .update(JSON.stringify([amount, recipient]))
    .digest()
  const [row] = await as(actor)(
    (sql) => sql`select * from app.propose_intent(${key}, ${hash}, ${agent.walletId}, ${recipient},
      ${dollars(amount)}, 'USDC', 'mezo-testnet', 'a test')`,
  )
  return row?.answer
}

/** What would become of it. */
export async function simulate(agent: TestAgent, { amount = 1, recipient = merchant }: Proposal = {}) {
  const [row] = await as(agent.actor)(
    (sql) =>
      sql`select app.simulate_intent(${agent.walletId}, ${recipient}, ${dollars(amount)}, 'USDC', null) as answer`,
  )
  return row?.answer
}

export const decide = (
  agent: TestAgent,
  intent: { id: string; intentHash: string },
  decision: string,
  similar = false,
) =>
  as(agent.owner)(
    (sql) =>
      sql`select app.decide_intent(${intent.id}, ${decision}, ${Buffer.from(intent.intentHash, 'hex')}, ${similar})`,
  )

/** Brings an approved payment to its end, by what Circle and the chain would say of it. One that does not start stays as it is. */
export async function finish(intent: { id: string }, status: 'settled' | 'failed' | 'unknown') {
  await worker((sql) => sql`select app.start_intent(${intent.id}, 1)`)
  const [transfer] = await worker((sql) => sql`select * from public.circle_transfers where intent_id = ${intent.id}`)
  if (!transfer) return
  await worker((sql) => sql`select app.ask_circle(${intent.id})`)
  await worker((sql) => sql`select app.record_circle_transfer(${intent.id}, ${transfer.circle_id ?? randomUUID()})`)
  await observe(intent, transfer, status)
}

const circleStates = { settled: 'COMPLETE', failed: 'FAILED', unknown: 'STUCK' }

/** Records what Circle and the chain say of a transfer that Circle has. */
export const observe = (
  intent: { id: string },
  { from_address: from, amount }: postgres.Row,
  status: 'settled' | 'failed' | 'unknown',
) =>
  worker((sql) =>
    status === 'settled'
      ? sql`select app.record_circle_observation(${intent.id}, 'COMPLETE', ${someHash()}, true, null, null, 'included', ${from},
          ${amount}, 0, 2, ${someHash()}, 1)`
      : sql`select app.record_circle_observation(${intent.id}, ${circleStates[status]}, null, true, null, 'A test.', null, null,
          null, null, null, null, null)`,
  )
