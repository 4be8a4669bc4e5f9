import { expect, test, vi } from 'vitest'
import { getIntent } from '#lib/intents/get.ts'
import { getReceipt } from '#lib/receipts/get.ts'
import { decide, finish, makeAgent, merchant, newPerson, propose, setGuards } from '#supabase/tests/support/agents.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

// The receipt of a payment is its person's and its agent's, and states what the chain was read to say.

process.env.RPC_URL_MEZO_TESTNET = 'http://127.0.0.1:1'
const { adminSql } = await testDatabase()

/** The chain cannot be asked in these tests, which the app logs. */
const readWithoutChain: typeof getReceipt = async (query) => {
  const spoken = vi.spyOn(console, 'error').mockImplementation(() => {})
  const receipt = await getReceipt(query)
  expect(spoken).toHaveBeenCalled()
  return receipt
}

async function paid(guards: unknown[] = [{ type: 'single_payment', max: '100.00' }]) {
  const agent = await makeAgent(adminSql)
  await setGuards(agent, guards)
  const intent = await propose(agent, { amount: 12.5 })
  if (intent.status === 'needs_approval') await decide(agent, intent, 'approve')
  await finish(intent, 'settled')
  const { receiptId: id } = await getIntent(agent.owner, intent.id)
  if (!id) throw new Error('No receipt was issued')
  return { agent, intent, id }
}

test('it states what was paid, from where to where and what for, and that the chain could not be asked just now', async () => {
  const { agent, intent, id } = await paid()
  const receipt = await readWithoutChain({ actor: agent.owner, id })
  expect(receipt).toMatchObject({
    kind: 'payment',
    id,
    intentId: intent.id,
    amount: '12.50',
    asset: 'USDC',
    network: 'mezo-testnet',
    purpose: 'a test',
    approved: false,
    refunded: false,
    transfers: [{ kind: 'circle_transfer', status: 'confirmed', amount: '12.50' }],
    verification: { verified: false, confirmations: 0 },
  })
  if (receipt.kind !== 'payment') throw new Error('It is the receipt of a payment')
  expect(receipt.from.toLowerCase()).toBe(agent.address)
  expect(receipt.recipientAddress.toLowerCase()).toBe(merchant)
})

test('it says that a person approved it', async () => {
  const { agent, id } = await paid([{ type: 'approval', threshold: '0' }])
  expect(await readWithoutChain({ actor: agent.owner, id })).toMatchObject({ approved: true })
})

test('it is seen by its person and its agent, and exists for nobody else', async () => {
  const { agent, id } = await paid()
  for (const actor of [agent.owner, agent.actor]) {
    expect((await readWithoutChain({ actor, id })).id).toBe(id)
  }
  const sibling = await makeAgent(adminSql, { owner: agent.owner })
  const others = [await newPerson(adminSql), sibling.actor, (await makeAgent(adminSql)).actor]
  for (const actor of [...others, { role: 'anon' } as const, { role: 'anon', sessionKey: 'wrong' } as const]) {
    await expect(getReceipt({ actor, id })).rejects.toMatchObject({ status: 404, code: 'not_found' })
  }
})
