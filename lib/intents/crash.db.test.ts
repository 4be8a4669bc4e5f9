import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { executeIntent } from '#lib/intents/tasks/execute.ts'
import { log } from '#lib/log.ts'
import { waitFor } from '#sandbox/http/wait-for.ts'
import { propose, setGuards, type TestAgent } from '#supabase/tests/support/agents.ts'
import { type CircleWorld, startCircleWorld } from '#supabase/tests/support/circle-world.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { expectSoundLedger } from '#supabase/tests/support/ledger.ts'

// A process dies at each step of an execution, before the step and after it. Whoever goes on makes no second transfer and
// loses no hold.

const death = vi.hoisted(() => {
  let steps = 0
  let at = Number.POSITIVE_INFINITY
  class Died extends Error {}
  const step = (): void => {
    if (steps++ >= at) throw new Died('the process is gone')
  }
  return {
    /** Every step from this one on fails, as nothing of a dead process runs any more. */
    after: (count: number): void => {
      steps = 0
      at = count
    },
    /** How many steps there were. */
    never: (): number => {
      const counted = steps
      steps = 0
      at = Number.POSITIVE_INFINITY
      return counted
    },
    isMeant: (error: unknown): boolean => error instanceof Died,
    /** The same function, which can die before it is called, and before anyone hears of its answer. */
    mortal:
      <Arguments extends unknown[], Result>(work: (...given: Arguments) => Promise<Result>) =>
      async (...given: Arguments): Promise<Result> => {
        step()
        const result = await work(...given)
        step()
        return result
      },
  }
})

vi.mock(import('#lib/rails/circle/transfers.ts'), async (original) => {
  const rail = await original()
  return {
    ...rail,
    createTransfer: death.mortal(rail.createTransfer),
    getTransaction: death.mortal(rail.getTransaction),
    findTransactionByRef: death.mortal(rail.findTransactionByRef),
  }
})
vi.mock(import('#lib/rails/chain/observe.ts'), async (original) => {
  const chain = await original()
  return { ...chain, observeTransfer: death.mortal(chain.observeTransfer) }
})
vi.mock(import('#lib/db/as.ts'), async (original) => {
  const { as } = await original()
  return { as: (actor) => (actor.role === 'worker' ? death.mortal(as(actor)) : as(actor)) }
})

const { adminSql } = await testDatabase()

let world: CircleWorld
let shop = 0

beforeAll(async () => {
  world = await startCircleWorld(adminSql)
})
afterAll(() => world.stop())
afterEach(() => expectSoundLedger(adminSql))

type Payment = { agent: TestAgent; intent: { id: string }; recipient: string }

async function approved(): Promise<Payment> {
  const agent = await world.fundedAgent()
  await setGuards(agent, [{ type: 'budget', period: 'day', limit: '50.00' }])
  const recipient = `0x${(++shop).toString(16).padStart(40, 'b')}`
  return { agent, recipient, intent: await propose(agent, { amount: 10, recipient }) }
}

async function dieAfter(steps: number, { intent }: Payment): Promise<void> {
  death.after(steps)
  try {
    await executeIntent({ intentId: intent.id })
  } catch (error) {
    if (!death.isMeant(error)) throw error
  }
  death.never()
}

const heldOf = async ({ agent }: Payment) =>
  (
    await adminSql`select held::text from public.ledger_accounts where wallet_id = ${agent.walletId} and kind = 'wallet'`
  )[0]?.held

async function expectOnePayment({ agent, intent, recipient }: Payment): Promise<void> {
  expect(await world.paid(recipient)).toEqual([10_000_000n])
  const transfers = await adminSql`select status from public.circle_transfers where intent_id = ${intent.id}`
  expect(transfers).toEqual([{ status: 'confirmed' }])
  const [account] = await adminSql`select posted::text, held::text from public.ledger_accounts
    where wallet_id = ${agent.walletId} and kind = 'wallet'`
  expect(account).toEqual({ posted: '90000000', held: '0' })
  expect(await adminSql`select from public.receipts where intent_id = ${intent.id}`).toHaveLength(1)
}

/** How many steps the first execution of a payment has, and one that finds Circle done. */
async function countSteps(): Promise<{ first: number; last: number }> {
  const payment = await approved()
  death.never()
  await executeIntent({ intentId: payment.intent.id })
  const first = death.never()
  await circleIsDone(payment)
  death.never()
  await executeIntent({ intentId: payment.intent.id })
  const last = death.never()
  await expectOnePayment(payment)
  return { first, last }
}

async function circleIsDone({ intent }: Payment): Promise<void> {
  const { circle } = await import('#lib/rails/circle/client.ts')
  const [row] = await adminSql`select circle_id from public.circle_transfers where intent_id = ${intent.id}`
  await waitFor('Circle to be done', async () => {
    await world.chain.node.mine({ blocks: 1 })
    const answer = await circle().getTransaction({ id: row?.circle_id })
    return answer.data?.transaction?.state === 'COMPLETE'
  })
  await world.chain.node.mine({ blocks: 3 })
}

describe('a process that dies', () => {
  test('at any step until Circle has it, or at any step of the settling', async () => {
    vi.spyOn(log, 'warn').mockImplementation(() => {})
    const { first, last } = await countSteps()
    // What is stored, asked and read: were one of them not counted, nothing would be proven of it. Circle may have sent it already.
    expect(first).toBeGreaterThanOrEqual(16)
    expect(last).toBe(12)
    for (let step = 0; step <= first; step++) {
      const payment = await approved()
      await dieAfter(step, payment)
      expect(await heldOf(payment)).toBe('10000000')
      await world.until(payment.intent, 'settled')
      await expectOnePayment(payment)
    }
    for (let step = 0; step <= last; step++) {
      const payment = await approved()
      await executeIntent({ intentId: payment.intent.id })
      await circleIsDone(payment)
      await dieAfter(step, payment)
      await world.until(payment.intent, 'settled')
      await expectOnePayment(payment)
    }
  }, 120_000)

  test('again and again, a step further each time', async () => {
    vi.spyOn(log, 'warn').mockImplementation(() => {})
    const payment = await approved()
    for (let step = 0; step < 20; step++) await dieAfter(step, payment)
    await world.until(payment.intent, 'settled')
    await expectOnePayment(payment)
  })
})
