import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { as } from '#lib/db/as.ts'
import { executeIntent } from '#lib/intents/tasks/execute.ts'
import { log } from '#lib/log.ts'
import { waitFor } from '#sandbox/http/wait-for.ts'
import { decide, propose, setGuards, type TestAgent } from '#supabase/tests/support/agents.ts'
import { type CircleWorld, startCircleWorld } from '#supabase/tests/support/circle-world.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { expectSoundLedger } from '#supabase/tests/support/ledger.ts'

// Payments that Circle really makes, on a real node: what Circle says late, twice, unclearly or never.

const { adminSql, as: asActor } = await testDatabase()

let world: CircleWorld
let shop = 0

beforeAll(async () => {
  world = await startCircleWorld(adminSql)
})
afterAll(() => world.stop())
afterEach(async () => {
  vi.restoreAllMocks()
  await world.faults({ status: null, transactionState: null })
  await expectSoundLedger(adminSql)
})

/** A shop that nobody paid before. */
const newShop = () => `0x${(++shop).toString(16).padStart(40, 'a')}`

const quiet = () => vi.spyOn(log, 'warn').mockImplementation(() => {})

/** An approved payment of ten dollars to a new shop. */
async function approved(options: { agent?: TestAgent; amount?: number } = {}) {
  const agent = options.agent ?? (await world.fundedAgent())
  await setGuards(agent, [{ type: 'budget', period: 'day', limit: '50.00' }])
  const recipient = newShop()
  const intent = await propose(agent, { amount: options.amount ?? 10, recipient })
  expect(intent.status).toBe('approved')
  return { agent, intent, recipient }
}

const run = ({ id }: { id: string }) => executeIntent({ intentId: id })
const statusOf = async ({ id }: { id: string }) =>
  (await adminSql`select status, reason from public.intents where id = ${id}`)[0]
const transferOf = async ({ id }: { id: string }) =>
  (await adminSql`select * from public.circle_transfers where intent_id = ${id}`)[0]
const accountOf = async ({ walletId }: TestAgent) =>
  (
    await adminSql`select posted::text, held::text from public.ledger_accounts where wallet_id = ${walletId} and kind = 'wallet'`
  )[0]
const budgetOf = async ({ id }: TestAgent) =>
  (
    await adminSql`select used_micros::text as used, reserved_micros::text as reserved, payments from private.spend_buckets
      where scope_id = ${id} and step = 'total'`
  )[0]

const untouched = { posted: '100000000', held: '0' }
const held = { posted: '100000000', held: '10000000' }
const spent = { posted: '90000000', held: '0' }

describe('a payment', () => {
  test('is made by Circle, read on chain, and only then settled, with a receipt', async () => {
    const { agent, intent, recipient } = await approved()
    await run(intent)
    expect(await statusOf(intent)).toMatchObject({ status: 'executing' })
    expect(await accountOf(agent)).toEqual(held)
    await world.until(intent, 'settled')

    expect(await world.paid(recipient)).toEqual([10_000_000n])
    expect(await transferOf(intent)).toMatchObject({
      status: 'confirmed',
      circle_state: 'COMPLETE',
      from_address: agent.address,
      to_address: recipient,
      amount: '10000000',
      confirmations: 3,
      doubtful_asks: 0,
    })
    expect(await accountOf(agent)).toEqual(spent)
    expect(await budgetOf(agent)).toEqual({ used: '10000000', reserved: '0', payments: 1 })
    const receipts = await asActor(agent.owner)(
      (sql) => sql`select number from public.receipts where intent_id = ${intent.id}`,
    )
    expect(receipts).toEqual([{ number: expect.stringMatching(/^CW-\d{4}-\d{6}$/) }])
    await run(intent)
    await world.read(agent)
    expect(await accountOf(agent)).toEqual(spent)
  })

  test('is not settled by Circle’s word before the chain has buried it', async () => {
    const { intent } = await approved()
    world.chain.proxy.intercept(async (request, forward) =>
      request.method === 'eth_getTransactionReceipt' ? { result: null } : forward(),
    )
    await run(intent)
    await waitFor('Circle to be done', async () => {
      await world.chain.node.mine({ blocks: 1 })
      await run(intent)
      return (await transferOf(intent))?.circle_state === 'COMPLETE'
    })
    expect(await statusOf(intent)).toMatchObject({ status: 'executing' })
    world.chain.proxy.passThrough()
    await world.until(intent, 'settled')
  })

  test('of which another amount arrived on chain is unknown and keeps its hold, whatever Circle says', async () => {
    const { agent, intent, recipient } = await approved()
    world.chain.proxy.intercept(async (request, forward) => {
      const answer = await forward()
      if (request.method !== 'eth_getTransactionReceipt') return answer
      return JSON.parse(JSON.stringify(answer).replace(/0{57}989680/, `${'0'.repeat(57)}989681`))
    })
    await world.until(intent, 'unknown')
    expect(await accountOf(agent)).toEqual(held)
    expect((await transferOf(intent))?.attention).toBe(
      'Circle says that it is complete, and the transfer on chain is another.',
    )
    const findings = await as({ role: 'worker' })((sql) => sql`select * from app.note_findings()`)
    expect(findings).toContainEqual({ finding_kind: 'payment_unclear', finding_subject: intent.id, change: 'new' })
    world.chain.proxy.passThrough()
    await world.until(intent, 'settled')
    expect(await world.paid(recipient)).toEqual([10_000_000n])
  })

  test('that several workers execute at once is made once', async () => {
    const { agent, intent, recipient } = await approved()
    await Promise.all(Array.from({ length: 8 }, () => run(intent)))
    await world.until(intent, 'settled')
    expect(await world.paid(recipient)).toEqual([10_000_000n])
    expect(await accountOf(agent)).toEqual(spent)
  })
})

describe('Circle', () => {
  test('that took it and never answered is asked again under the same key: one transfer', async () => {
    quiet()
    const { agent, intent, recipient } = await approved()
    await world.faults({ status: 0, path: 'POST /v1/w3s/developer/transactions/transfer' })
    await run(intent)
    expect(await statusOf(intent)).toMatchObject({ status: 'unknown' })
    expect(await transferOf(intent)).toMatchObject({ status: 'unclear', doubtful_asks: 1, circle_id: null })
    expect(await accountOf(agent)).toEqual(held)
    await world.until(intent, 'settled')
    expect(await world.paid(recipient)).toEqual([10_000_000n])
    expect(await accountOf(agent)).toEqual(spent)
  })

  test('that may have taken it and then refuses ends nothing', async () => {
    quiet()
    const { agent, intent, recipient } = await approved()
    await world.faults({ status: 500, path: 'POST /v1/w3s/developer/transactions/transfer' })
    await run(intent)
    await world.faults({ status: 400, path: 'POST /v1/w3s/developer/transactions/transfer' })
    await run(intent)
    expect(await statusOf(intent)).toMatchObject({ status: 'unknown' })
    expect(await accountOf(agent)).toEqual(held)
    await world.until(intent, 'settled')
    expect(await world.paid(recipient)).toEqual([10_000_000n])
  })

  test.each([429, 401])(
    'that is not to be had (%i) is asked later, and it is certain that it has nothing',
    async (status) => {
      quiet()
      const { agent, intent } = await approved()
      await world.faults({ status, path: 'POST /v1/w3s/developer/transactions/transfer' })
      await run(intent)
      expect(await statusOf(intent)).toMatchObject({ status: 'executing' })
      expect(await transferOf(intent)).toMatchObject({ status: 'prepared', asks: 1, doubtful_asks: 0 })
      expect(await accountOf(agent)).toEqual(held)
      await world.until(intent, 'settled')
    },
  )

  test('that refuses ends it, and the hold is given back', async () => {
    quiet()
    const { agent, intent } = await approved()
    await world.faults({ status: 400, path: 'POST /v1/w3s/developer/transactions/transfer' })
    await run(intent)
    expect(await statusOf(intent)).toMatchObject({ status: 'failed' })
    expect(await accountOf(agent)).toEqual(untouched)
    expect(await budgetOf(agent)).toEqual({ used: '0', reserved: '0', payments: 0 })
  })

  test.each(['DENIED', 'FAILED'])('that ends it as %s gives the hold back', async (transactionState) => {
    const { agent, intent, recipient } = await approved()
    await world.faults({ transactionState })
    await world.until(intent, 'failed')
    expect(await accountOf(agent)).toEqual(untouched)
    expect(await budgetOf(agent)).toEqual({ used: '0', reserved: '0', payments: 0 })
    expect(await world.paid(recipient)).toEqual([])
  })

  test('that is stuck keeps the hold until it goes on', async () => {
    const { agent, intent, recipient } = await approved()
    await world.faults({ transactionState: 'STUCK' })
    await world.until(intent, 'unknown')
    expect(await transferOf(intent)).toMatchObject({ status: 'stuck' })
    expect(await accountOf(agent)).toEqual(held)
    expect(await budgetOf(agent)).toEqual({ used: '0', reserved: '10000000', payments: 1 })
    await accelerate((await transferOf(intent))?.circle_id)
    await world.until(intent, 'settled')
    expect(await world.paid(recipient)).toEqual([10_000_000n])
    expect(await accountOf(agent)).toEqual(spent)
  })
})

async function accelerate(id: string): Promise<void> {
  const { circle } = await import('#lib/rails/circle/client.ts')
  await circle().accelerateTransaction({ id, idempotencyKey: crypto.randomUUID() })
}

describe('freezing', () => {
  test('between approval and execution stops it', async () => {
    const agent = await world.fundedAgent()
    const recipient = newShop()
    const intent = await propose(agent, { amount: 10, recipient })
    await decide(agent, intent, 'approve')
    await asActor(agent.owner)((sql) => sql`select app.freeze_agent(${agent.id}, true)`)
    await run(intent)
    expect(await statusOf(intent)).toMatchObject({ status: 'cancelled' })
    expect(await transferOf(intent)).toBeUndefined()
    expect(await world.paid(recipient)).toEqual([])
    expect(await accountOf(agent)).toEqual(untouched)
  })

  test('stops also what was begun, as long as Circle certainly has nothing of it', async () => {
    quiet()
    const { agent, intent, recipient } = await approved()
    await world.faults({ status: 429, path: 'POST /v1/w3s/developer/transactions/transfer' })
    await run(intent)
    await asActor(agent.owner)((sql) => sql`select app.freeze_agent(${agent.id}, true)`)
    await run(intent)
    expect(await statusOf(intent)).toEqual({ status: 'failed', reason: 'Its agent was frozen before anything moved.' })
    expect(await world.paid(recipient)).toEqual([])
    expect(await accountOf(agent)).toEqual(untouched)
  })

  test('does not forget what Circle may have', async () => {
    quiet()
    const { agent, intent, recipient } = await approved()
    await world.faults({ status: 0, path: 'POST /v1/w3s/developer/transactions/transfer' })
    await run(intent)
    await asActor(agent.owner)((sql) => sql`select app.freeze_agent(${agent.id}, true)`)
    await world.until(intent, 'settled')
    expect(await world.paid(recipient)).toEqual([10_000_000n])
    expect(await accountOf(agent)).toEqual(spent)
  })
})
