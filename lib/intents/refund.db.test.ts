import type { Address } from 'viem'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { refundIntent } from '#lib/intents/refund.ts'
import { transferData } from '#lib/rails/chain/read-signed.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { sendAs } from '#sandbox/chain/node.ts'
import { newPerson, propose, setGuards, type TestAgent } from '#supabase/tests/support/agents.ts'
import { introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { type CircleWorld, startCircleWorld } from '#supabase/tests/support/circle-world.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { expectSoundLedger } from '#supabase/tests/support/ledger.ts'

// Money that comes back: only a transfer on chain of the whole amount counts, once, and gives the budget back.

const { adminSql } = await testDatabase()

let world: CircleWorld
let shop = 0

beforeAll(async () => {
  await introduceCast(adminSql)
  world = await startCircleWorld(adminSql)
})
afterAll(() => world.stop())
afterEach(() => expectSoundLedger(adminSql))

type Paid = { agent: TestAgent; intent: { id: string }; recipient: Address }

async function settled(): Promise<Paid> {
  const agent = await world.fundedAgent()
  await setGuards(agent, [{ type: 'budget', period: 'day', limit: '10.00' }])
  const recipient: Address = `0x${(++shop).toString(16).padStart(40, 'c')}`
  const intent = await propose(agent, { amount: 10, recipient })
  await world.until(intent, 'settled')
  return { agent, intent, recipient }
}

/** Sends dollars from one address to another, and buries the transfer. */
async function send(from: string, to: string, dollars: number): Promise<`0x${string}`> {
  const { node } = world.chain
  await node.setBalance({ address: from as Address, value: 10n ** 18n })
  const data = transferData(to as Address, BigInt(dollars * 1e6))
  const hash = await sendAs(node, { from: from as Address, to: requireToken('USDC', 'mezo-testnet').address, data })
  await node.mine({ blocks: 3 })
  return hash
}

const statusOf = async ({ intent }: Paid) =>
  (await adminSql`select status from public.intents where id = ${intent.id}`)[0]?.status
const postedOf = async ({ agent }: Paid) =>
  (
    await adminSql`select posted::text from public.ledger_accounts where wallet_id = ${agent.walletId} and kind = 'wallet'`
  )[0]?.posted

describe('a refund', () => {
  test.each(['before', 'after'])(
    'that is linked %s the balance was read is booked once, and the budget is free again',
    async (when) => {
      const paid = await settled()
      const { agent, intent, recipient } = paid
      expect((await propose(agent, { amount: 10, recipient })).status).toBe('denied')
      const hash = await send(recipient, agent.address, 10)
      if (when === 'after') await world.read(agent)
      for (let time = 0; time < 2; time++) await refundIntent(agent.owner, intent.id, { hash })
      expect(await statusOf(paid)).toBe('refunded')
      await world.read(agent)
      expect(await postedOf(paid)).toBe('100000000')
      expect((await propose(agent, { amount: 10, recipient })).status).toBe('approved')
    },
  )

  test('is nothing less, nothing else and of nobody else', async () => {
    const paid = await settled()
    const { agent, intent, recipient } = paid
    await world.give('0x000000000000000000000000000000000000dead', 10)
    const less = await send(recipient, agent.address, 9)
    const elsewhere = await send(recipient, '0x000000000000000000000000000000000000beef', 1)
    const stranger = await send('0x000000000000000000000000000000000000dead', agent.address, 10)
    const [own] = await adminSql`select hash from public.circle_transfers where intent_id = ${intent.id}`
    for (const hash of [less, elsewhere, stranger, own?.hash]) {
      await expect(refundIntent(agent.owner, intent.id, { hash })).rejects.toMatchObject({ code: 'refund_differs' })
    }
    const never = `0x${'ab'.repeat(32)}`
    await expect(refundIntent(agent.owner, intent.id, { hash: never })).rejects.toMatchObject({
      code: 'refund_not_final',
    })
    await expect(refundIntent(agent.owner, intent.id, { hash: 'x' })).rejects.toMatchObject({ code: 'invalid_field' })
    expect(await statusOf(paid)).toBe('settled')

    // A shop that pays back from another address of its own is believed by an operator.
    await refundIntent(olga, intent.id, { hash: stranger })
    expect(await statusOf(paid)).toBe('refunded')
  })

  test('counts for one payment, is linked by its person alone, and not before it is final', async () => {
    const one = await settled()
    const { agent, intent, recipient } = one
    await setGuards(agent, [{ type: 'budget', period: 'day', limit: '50.00' }])
    const again = await propose(agent, { amount: 10, recipient })
    await world.until(again, 'settled')
    const hash = await send(recipient, agent.address, 10)
    const stranger = await newPerson(adminSql)
    await expect(refundIntent(stranger, intent.id, { hash })).rejects.toMatchObject({ status: 404 })
    await expect(refundIntent(agent.actor, intent.id, { hash })).rejects.toMatchObject({ status: 403 })
    await refundIntent(agent.owner, intent.id, { hash })
    await expect(refundIntent(agent.owner, again.id, { hash })).rejects.toMatchObject({ code: 'refund_differs' })

    const { node } = world.chain
    const data = transferData(agent.address as Address, 10_000_000n)
    const early = await sendAs(node, { from: recipient, to: requireToken('USDC', 'mezo-testnet').address, data })
    await expect(refundIntent(agent.owner, again.id, { hash: early })).rejects.toMatchObject({
      code: 'refund_not_final',
    })
    await node.mine({ blocks: 3 })
    await refundIntent(agent.owner, again.id, { hash: early })
  })
})
