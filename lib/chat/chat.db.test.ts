import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { AgentActor, PersonActor } from '#lib/auth/actor.ts'
import { answerMessage } from '#lib/chat/answer.ts'
import { beginConversation } from '#lib/chat/begin.ts'
import { deleteConversation } from '#lib/chat/delete.ts'
import { getConversation } from '#lib/chat/get.ts'
import { listConversations } from '#lib/chat/list.ts'
import type { AskInput, ChatPart } from '#lib/chat/schema.ts'
import { as } from '#lib/db/as.ts'
import { makeAgent, merchant, newPerson, setGuards, type TestAgent } from '#supabase/tests/support/agents.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

// Nothing here asks Circle what the network would take.
process.env.CIRCLE_API_KEY = ''
process.env.CIRCLE_ENTITY_SECRET = ''
const { adminSql } = await testDatabase()

/** An agent that pays Merchant up to $100 at once, and a conversation with it. */
async function setup() {
  const agent = await makeAgent(adminSql)
  await setGuards(agent, [{ type: 'single_payment', max: '100.00' }])
  await as(agent.owner)((sql) => sql`select app.save_contact('Merchant', ${merchant}, null)`)
  const { id } = await beginConversation(agent.owner, agent.id)
  const send = (input: Partial<AskInput>, actor: PersonActor = agent.owner) =>
    answered(actor, id, { id: randomUUID(), ...input })
  return { agent, id, send, say: (text: string) => send({ text }) }
}

async function answered(actor: PersonActor, conversationId: string, input: AskInput): Promise<ChatPart[]> {
  const stream = (await answerMessage({ actor, conversationId, input }, null)).getReader()
  let chunk = await stream.read()
  while (!chunk.done) {
    if (chunk.value.type === 'error') throw new Error(chunk.value.errorText)
    chunk = await stream.read()
  }
  const { messages } = await getConversation(actor, conversationId)
  const place = messages.findIndex(({ id }) => id === input.id)
  return messages[place + 1]?.parts ?? []
}

const typesOf = (parts: ChatPart[]) => parts.map(({ type }) => type)
const words = (parts: ChatPart[]) => parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join(' ')
const intentsOf = (agent: TestAgent) =>
  adminSql`select recipient_address, amount::text, status, purpose from public.intents where wallet_id = ${agent.walletId} order by created_at`

describe('an order', () => {
  test('is proposed as it was said, and shown with what each guard made of it', async () => {
    const { agent, say } = await setup()
    const parts = await say('Pay $10 to merchant for lunch')
    expect(typesOf(parts)).toEqual(['data-payment', 'text'])
    expect(parts[0]).toMatchObject({
      data: {
        intent: {
          recipient: 'Merchant',
          amount: '10.00',
          guardResults: [{ guard: 'single_payment', outcome: 'pass' }],
        },
        fee: null,
      },
    })
    expect(await intentsOf(agent)).toEqual([
      { recipient_address: merchant, amount: '10000000', status: 'approved', purpose: 'lunch' },
    ])
  })

  test('that guards refuse holds nothing, and why is answered', async () => {
    const { agent, say } = await setup()
    expect(words(await say('Pay $200 to Merchant'))).toContain('More than the $100.00 that one payment may be.')
    expect(words(await say('why was that refused?'))).toContain('More than the $100.00')
    const [account] =
      await adminSql`select held::text from public.ledger_accounts where wallet_id = ${agent.walletId} and kind = 'wallet'`
    expect(account).toEqual({ held: '0' })
  })

  test.each([
    ['Pay $10 to Nobody', 'unknown_recipient'],
    ['Pay $2000 to Merchant', 'insufficient_balance'],
    ['Pay $0 to Merchant', 'invalid_amount'],
  ])('%s is refused as %s, and nothing is proposed', async (text, code) => {
    const { agent, say } = await setup()
    expect((await say(text))[0]).toMatchObject({ type: 'data-refusal', data: { code } })
    expect(await intentsOf(agent)).toEqual([])
  })

  test('in two lines is one order', async () => {
    const { agent, say } = await setup()
    expect(words(await say('Pay Merchant'))).toBe('How much to Merchant?')
    await say('$7')
    expect(await intentsOf(agent)).toMatchObject([{ amount: '7000000' }])
  })

  test('of a frozen agent moves nothing', async () => {
    const { agent, say } = await setup()
    await as(agent.owner)((sql) => sql`select app.freeze_agent(${agent.id}, true)`)
    expect((await say('Pay $1 to Merchant'))[0]).toMatchObject({ type: 'data-refusal', data: { code: 'wrong_state' } })
    expect(await intentsOf(agent)).toEqual([])
  })
})

describe('the same message again', () => {
  test('gets the same answer and pays once', async () => {
    const { agent, send } = await setup()
    const message = { id: randomUUID(), text: 'Pay $10 to Merchant' }
    const first = await send(message)
    expect(await send(message)).toEqual(first)
    expect(await intentsOf(agent)).toHaveLength(1)
  })

  test('at the same time, six times over, pays once', async () => {
    const { agent, send } = await setup()
    const message = { id: randomUUID(), text: 'Pay $10 to Merchant' }
    await Promise.all(Array.from({ length: 6 }, () => send(message)))
    expect(await intentsOf(agent)).toHaveLength(1)
  })

  test('after its answer got lost is answered, and what it paid is not paid again', async () => {
    const { agent, send, id } = await setup()
    const message = { id: randomUUID(), text: 'Pay $10 to Merchant' }
    const first = await send(message)
    await adminSql`delete from public.chat_messages where answers = ${message.id}`
    await as(agent.owner)(
      (sql) =>
        sql`select app.ask_in_chat(${id}, ${randomUUID()}, 'later', '[{"type":"text","text":"Pay $3 to Merchant"}]')`,
    )
    expect((await send(message))[0]).toMatchObject({ type: 'text' })
    const { messages } = await getConversation(agent.owner, id)
    expect(messages.at(-1)?.parts[0]).toMatchObject({
      data: { intent: { id: (first[0] as { data: { intent: { id: string } } }).data.intent.id } },
    })
    expect(await intentsOf(agent)).toHaveLength(1)
  })

  test('with characters that no database keeps is kept without them', async () => {
    const { agent, send, id } = await setup()
    await send({ documents: ['Total: $5\u0000\ud800'], text: 'what is this\u0000' })
    const { messages } = await getConversation(agent.owner, id)
    expect(messages[0]?.parts).toMatchObject([{ text: 'what is this' }, { data: { text: 'Total: $5\ufffd' } }])
  })

  test('with other words under its id is refused', async () => {
    const { agent, send } = await setup()
    const id = randomUUID()
    await send({ id, text: 'What is my balance?' })
    await expect(send({ id, text: 'Pay $10 to Merchant' })).rejects.toMatchObject({ code: 'idempotency_key_reused' })
    expect(await intentsOf(agent)).toEqual([])
  })
})

describe('an invoice', () => {
  const document = `INVOICE 2026-17\nTotal due: $12.50\nPay to ${merchant}`
  const draftIn = (parts: ChatPart[]) => {
    const draft = parts.find((part) => part.type === 'data-draft')
    if (!draft) throw new Error('There is no draft.')
    return draft.data
  }

  test('becomes a draft, and a payment once its person confirms it, one time', async () => {
    const { agent, send } = await setup()
    const draft = draftIn(await send({ documents: [document] }))
    expect(draft).toMatchObject({ recipient: 'Merchant', amount: '12.50', purpose: 'Invoice 2026-17', warnings: [] })
    expect(await intentsOf(agent)).toEqual([])
    await send({ confirm: draft.id })
    await send({ confirm: draft.id })
    expect(await intentsOf(agent)).toEqual([
      { recipient_address: merchant, amount: '12500000', status: 'approved', purpose: 'Invoice 2026-17' },
    ])
  })

  test('is confirmed by a plain yes to it, and by no other', async () => {
    const { agent, send, say } = await setup()
    await send({ documents: [document] })
    await say('what is my balance?')
    await say('yes')
    expect(await intentsOf(agent)).toEqual([])
    await send({ documents: [document] })
    await say('Yes, please')
    expect(await intentsOf(agent)).toHaveLength(1)
  })

  test('pays the address that was shown, whatever its contact became', async () => {
    const { agent, send } = await setup()
    const draft = draftIn(await send({ documents: ['Invoice 3 of Merchant\nTotal: $5'] }))
    await as(agent.owner)(
      (sql) => sql`select app.delete_contact((select id from public.contacts where name = 'Merchant'))`,
    )
    await as(agent.owner)(
      (sql) => sql`select app.save_contact('Merchant', '0x2222222222222222222222222222222222222222', null)`,
    )
    await send({ confirm: draft.id })
    expect(await intentsOf(agent)).toMatchObject([{ recipient_address: merchant }])
  })

  test('of an impostor says so', async () => {
    const { send } = await setup()
    const impostor = 'Invoice of Merchant\nTotal due: $5\nTo 0x3333333333333333333333333333333333333333'
    expect(draftIn(await send({ documents: [impostor] })).warnings).toHaveLength(2)
  })

  test('of another conversation cannot be confirmed here', async () => {
    const one = await setup()
    const draft = draftIn(await one.send({ documents: [document] }))
    const other = await setup()
    await expect(other.send({ confirm: draft.id })).rejects.toMatchObject({ code: 'not_found' })
    expect([...(await intentsOf(one.agent)), ...(await intentsOf(other.agent))]).toEqual([])
  })
})

describe('what was said', () => {
  test('is its person’s alone', async () => {
    const { agent, id, say } = await setup()
    await say('What is my balance?')
    const stranger = await newPerson(adminSql)
    const attempts = [
      () => getConversation(stranger, id),
      () => deleteConversation(stranger, id),
      () => answered(stranger, id, { id: randomUUID(), text: 'hello' }),
      () => beginConversation(stranger, agent.id),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ status: 404 })
    expect((await listConversations(stranger)).conversations).toEqual([])
    for (const table of ['chat_conversations', 'chat_messages']) {
      const rows = await as(stranger)((sql) => sql`select id from public.${sql(table)}`)
      expect(rows).toEqual([])
    }
    const { messages } = await getConversation(agent.owner, id)
    expect(messages).toHaveLength(2)
  })

  test('is nothing that an agent’s key sees or writes', async () => {
    const { agent, id } = await setup()
    const key: AgentActor = agent.actor
    await expect(getConversation(key, id)).rejects.toMatchObject({ code: 'person_required' })
    await expect(as(key)((sql) => sql`select id from public.chat_messages`)).rejects.toThrow('permission denied')
    await expect(
      as(key)(
        (sql) =>
          sql`select app.ask_in_chat(${id}, ${randomUUID()}, 'x', '[{"type":"text","text":"Pay $5 to Merchant"}]')`,
      ),
    ).rejects.toThrow('permission denied')
    const [row] =
      await adminSql`select count(*)::int as messages from public.chat_messages where conversation_id = ${id}`
    expect(row).toEqual({ messages: 0 })
  })

  test('is begun once, listed by how it began, and forgotten when its person says so; payments stay', async () => {
    const { agent, id, say } = await setup()
    expect((await beginConversation(agent.owner, agent.id)).id).toBe(id)
    expect((await listConversations(agent.owner, { agentId: agent.id })).conversations).toEqual([])
    await say('Pay $4 to Merchant')
    expect((await listConversations(agent.owner, { agentId: agent.id })).conversations).toMatchObject([
      { id, title: 'Pay $4 to Merchant' },
    ])
    await deleteConversation(agent.owner, id)
    await expect(getConversation(agent.owner, id)).rejects.toMatchObject({ status: 404 })
    const [left] =
      await adminSql`select count(*)::int as messages from public.chat_messages where conversation_id = ${id}`
    expect(left).toEqual({ messages: 0 })
    expect(await intentsOf(agent)).toHaveLength(1)
  })
})

describe('a question', () => {
  test.each([
    ['What is my balance?', ['data-wallet', 'text'], 'can spend 1000.00 USDC'],
    ['Who can I pay?', ['data-contacts', 'text'], 'contacts'],
    [
      'Would $200 to Merchant pass now, and why?',
      ['data-simulation', 'text'],
      'would be refused. More than the $100.00',
    ],
    ['Can I pay $5 to Merchant?', ['data-simulation', 'text'], 'would be paid at once'],
    ['Show my payments', ['text'], 'no such payments'],
    ['Make a payment link for $25', ['data-link', 'text'], 'make it yourself'],
    ['approve it', ['text'], 'buttons'],
    ['raise my limit to $10000', ['text'], 'only you can change it'],
    ['help', ['text'], 'Pay $10 to Merchant'],
    ['gibberish of the third kind', ['text'], 'did nothing'],
  ])('%s', async (text, types, said) => {
    const { agent, say } = await setup()
    const parts = await say(text)
    expect(typesOf(parts)).toEqual(types)
    expect(words(parts)).toContain(said)
    expect(await intentsOf(agent)).toEqual([])
  })

  test('about payments finds them', async () => {
    const { say } = await setup()
    await say('Pay $1 to Merchant for hosting')
    await say('Pay $200 to Merchant')
    expect(await say('Show my payments')).toMatchObject([
      { data: { intents: [{ status: 'denied' }, { status: 'approved' }] } },
      {},
    ])
    expect(await say('Which payments were refused?')).toMatchObject([{ data: { intents: [{ status: 'denied' }] } }, {}])
    expect(await say('payments for hosting')).toMatchObject([{ data: { intents: [{ purpose: 'hosting' }] } }, {}])
  })
})
