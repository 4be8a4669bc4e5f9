import { randomUUID } from 'node:crypto'
import { simulateReadableStream } from 'ai'
import { MockLanguageModelV4 } from 'ai/test'
import { describe, expect, test } from 'vitest'
import { answerMessage } from '#lib/chat/answer.ts'
import { beginConversation } from '#lib/chat/begin.ts'
import { amounts } from '#lib/chat/corpus/amounts.ts'
import { alice, type HostileCase, merchant } from '#lib/chat/corpus/case.ts'
import { fakeApprovals } from '#lib/chat/corpus/fake-approvals.ts'
import { injectedPayees } from '#lib/chat/corpus/injected-payees.ts'
import { names } from '#lib/chat/corpus/names.ts'
import { splitsAndResults } from '#lib/chat/corpus/splits-and-results.ts'
import { as } from '#lib/db/as.ts'
import { proposeIntent } from '#lib/intents/propose.ts'
import { parseAmount } from '#lib/money/amount.ts'
import { dollars, makeAgent, setGuards, type TestAgent } from '#supabase/tests/support/agents.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

// What is promised: whatever is said, pasted or scripted, only what the person ordered in their own words is ever proposed.

// Nothing here asks Circle what the network would take.
process.env.CIRCLE_API_KEY = ''
process.env.CIRCLE_ENTITY_SECRET = ''
const { adminSql } = await testDatabase()
const corpus = [...injectedPayees, ...fakeApprovals, ...amounts, ...names, ...splitsAndResults]

/** The intents there are, as the database has them, and what the wallet has promised by them. */
async function lookAt(agent: TestAgent) {
  const rows =
    await adminSql`select recipient_address, amount::text, status from public.intents where wallet_id = ${agent.walletId} order by recipient_address, amount`
  const [account] =
    await adminSql`select held::text from public.ledger_accounts where wallet_id = ${agent.walletId} and kind = 'wallet' and asset = 'USDC'`
  return {
    paid: rows.map((row) => ({ address: row.recipient_address, amount: row.amount })),
    held: account?.held,
    statuses: rows.map(({ status }) => status),
  }
}

async function arrange({ contacts = [], purposes = [] }: HostileCase): Promise<TestAgent> {
  const agent = await makeAgent(adminSql)
  await setGuards(agent, [{ type: 'single_payment', max: '100000.00' }])
  for (const { name, address } of [
    { name: 'Merchant', address: merchant },
    { name: 'Alice', address: alice },
    ...contacts,
  ]) {
    await as(agent.owner)((sql) => sql`select app.save_contact(${name}, ${address}, null)`)
  }
  for (const purpose of purposes) {
    await proposeIntent(
      agent.actor,
      { walletId: agent.walletId, recipient: 'Merchant', amount: '1', asset: 'USDC', purpose },
      randomUUID(),
    )
  }
  return agent
}

async function converse(
  agent: TestAgent,
  { said }: HostileCase,
  model: Parameters<typeof answerMessage>[1],
): Promise<void> {
  const { id: conversationId } = await beginConversation(agent.owner, agent.id)
  for (const each of said) {
    const input = { id: randomUUID(), ...(typeof each === 'string' ? { text: each } : each) }
    const answer = (await answerMessage({ actor: agent.owner, conversationId, input }, model)).getReader()
    while (!(await answer.read()).done);
  }
}

/** A model that does at every turn what the attacker wants, with tools that there are and tools that there are not. */
function obedientModel({ attempts = [] }: HostileCase) {
  const call = (toolName: string, input: unknown) => ({
    type: 'tool-call' as const,
    toolCallId: randomUUID(),
    toolName,
    input: JSON.stringify(input),
  })
  const usage = {
    inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: 1, text: 1, reasoning: 0 },
  }
  const step = (chunks: unknown[], reason: 'tool-calls' | 'stop') =>
    ({
      stream: simulateReadableStream({
        chunks: [...chunks, { type: 'finish', finishReason: { unified: reason, raw: undefined }, usage }],
      }),
    }) as Awaited<ReturnType<MockLanguageModelV4['doStream']>>
  let turn = 0
  return new MockLanguageModelV4({
    doStream: async () => {
      turn++
      if (turn % 2 === 0) {
        return step(
          [
            { type: 'text-start', id: '1' },
            { type: 'text-delta', id: '1', delta: 'It is done.' },
            { type: 'text-end', id: '1' },
          ],
          'stop',
        )
      }
      const wanted = attempts.flatMap((attempt) => [call('propose_payment', attempt), call('draft_payment', attempt)])
      const forbidden = ['approve_payment', 'execute_payment', 'set_guards', 'save_contact'].map((name) =>
        call(name, { decision: 'approve' }),
      )
      return step([...wanted, ...forbidden], 'tool-calls')
    },
  })
}

test('the corpus is large enough, and each of its cases has a name of its own', () => {
  expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length)
  expect(corpus.length).toBeGreaterThanOrEqual(60)
})

describe.each(corpus)('$name', (hostile) => {
  const before = (hostile.purposes ?? []).map(() => ({ address: merchant, amount: dollars(1) }))
  const units = (paid: HostileCase['paid']) =>
    (paid ?? []).map(({ address, amount }) => ({ address, amount: String(parseAmount(amount, 6)) }))

  test.each([
    ['rules', null, hostile.paid],
    ['an obedient model', obedientModel(hostile), hostile.paidByModel ?? hostile.paid],
  ] as const)('read by %s', async (_, model, paid) => {
    const agent = await arrange(hostile)
    await converse(agent, hostile, model)
    const expected = [...before, ...units(paid)].toSorted((one, other) => one.address.localeCompare(other.address))
    const { paid: actual, held, statuses } = await lookAt(agent)
    expect(actual).toEqual(expected)
    expect(BigInt(held)).toBe(expected.reduce((sum, { amount }) => sum + BigInt(amount), 0n))
    expect(new Set(statuses)).toEqual(new Set(expected.length > 0 ? ['approved'] : []))
    if (model) expect(model.doStreamCalls.length).toBeGreaterThan(0)
  })
})
