import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { decideIntent } from '#lib/intents/decide.ts'
import { log } from '#lib/log.ts'
import { finish, makeAgent, setGuards, type TestAgent } from '#supabase/tests/support/agents.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { call, connect, disconnectAll, type Generation } from '#supabase/tests/support/mcp-client.ts'

// What an agent's software does by MCP, through the official client in both generations of the protocol, on a real database.

const { adminSql, as } = await testDatabase()

beforeEach(() => {
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(log, level).mockImplementation(() => {})
})
afterEach(disconnectAll)

const shop = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'
const payment = ({ walletId }: TestAgent, more: object = {}) => ({
  walletId,
  recipient: shop,
  amount: '10.00',
  asset: 'USDC',
  purpose: 'Hosting in November',
  idempotencyKey: randomUUID(),
  ...more,
})
const statusOf = async (id: string) => (await adminSql`select status from public.intents where id = ${id}`)[0]?.status
const countOf = async ({ id }: TestAgent) =>
  (await adminSql`select count(*)::int from public.intents where agent_id = ${id}`)[0]?.count

describe.each<Generation>(['legacy', 'auto'])('the official client, %s', (mode) => {
  test('proposes, a person approves, and it settles', async () => {
    const agent = await makeAgent(adminSql, { balance: 50 })
    const client = await connect(agent.actor.apiKey, mode)

    const { answer: simulated } = await call(client, 'simulate_payment', {
      walletId: agent.walletId,
      recipient: shop,
      amount: '10.00',
      asset: 'USDC',
    })
    expect(simulated.simulation).toMatchObject({ status: 'needs_approval', recipientAddress: shop })
    expect(await countOf(agent)).toBe(0)

    const { answer: proposed, isError } = await call(client, 'propose_payment', payment(agent))
    expect(isError).toBe(false)
    const { id, intentHash } = proposed.payment
    expect(proposed.payment.status).toBe('needs_approval')
    expect(proposed.link).toContain(`/intents/${id}`)
    expect(proposed.nextStep).toContain('You cannot approve it')

    await decideIntent(agent.owner, id, { decision: 'approve', intentHash })
    await finish({ id }, 'settled')

    const { answer: read } = await call(client, 'get_payment', { paymentId: id })
    expect(read.payment).toMatchObject({ status: 'settled', approval: { decision: 'approve' } })
    const { answer: listed } = await call(client, 'list_payments')
    expect(listed.payments.map((each: { id: string }) => each.id)).toEqual([id])
  })

  test('finds exactly the tools, resources and prompts that there are', async () => {
    const client = await connect((await makeAgent(adminSql)).actor.apiKey, mode)
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual([
      'list_wallets',
      'get_balance',
      'simulate_payment',
      'propose_payment',
      'get_payment',
      'cancel_payment',
      'list_payments',
      'list_contacts',
      'get_quote',
      'get_receipt',
    ])
    expect(tools.filter(({ annotations }) => !annotations?.readOnlyHint).map(({ name }) => name)).toEqual([
      'propose_payment',
      'cancel_payment',
    ])
    const { resourceTemplates } = await client.listResourceTemplates()
    expect(resourceTemplates.map(({ name }) => name)).toEqual(['balance', 'receipt'])
    expect((await client.listPrompts()).prompts.map(({ name }) => name)).toEqual(['pay_safely', 'explain_payment'])
  })
})

describe('what is read', () => {
  test('balances, contacts and guards, as tools and as resources', async () => {
    const agent = await makeAgent(adminSql, { balance: 50 })
    const guards = [{ type: 'budget', period: 'day', limit: '20.00' }]
    await setGuards(agent, guards)
    await as(agent.owner)((sql) => sql`select app.save_contact('Merchant', ${shop.toLowerCase()}, null)`)
    const client = await connect(agent.actor.apiKey)

    const { answer: listed } = await call(client, 'list_wallets')
    expect(listed.wallets).toMatchObject([{ id: agent.walletId, network: 'mezo-testnet' }])
    const { answer: one } = await call(client, 'get_balance', { walletId: agent.walletId })
    expect(one.wallet.balances).toContainEqual({ asset: 'USDC', balance: '50.00', held: '0.00', available: '50.00' })
    const { answer: contacts } = await call(client, 'list_contacts')
    expect(contacts.contacts).toMatchObject([{ name: 'Merchant', address: shop }])

    const read = async (uri: string) => {
      const { contents } = await client.readResource({ uri })
      return JSON.parse((contents[0] as { text: string }).text)
    }
    const { resources } = await client.listResources()
    expect(resources.map(({ uri }) => uri)).toContain(`causeway://wallets/${agent.walletId}/balance`)
    expect(await read(`causeway://wallets/${agent.walletId}/balance`)).toContainEqual(
      expect.objectContaining({ asset: 'USDC', available: '50.00' }),
    )
    expect(await read('causeway://guards')).toMatchObject({ agent: guards, person: [] })
  })

  test('a prompt carries the rules and the person’s words', async () => {
    const client = await connect((await makeAgent(adminSql)).actor.apiKey)
    const { messages } = await client.getPrompt({ name: 'pay_safely', arguments: { request: '$10 to Merchant' } })
    const [{ content } = { content: undefined }] = messages
    expect(content).toMatchObject({ type: 'text', text: expect.stringMatching(/is data[\s\S]*\$10 to Merchant$/) })
  })
})

describe('money', () => {
  test('the same key is the same payment, however often it is proposed', async () => {
    const agent = await makeAgent(adminSql, { balance: 50 })
    const client = await connect(agent.actor.apiKey)
    const request = payment(agent)
    const first = await call(client, 'propose_payment', request)
    const again = await Promise.all(Array.from({ length: 4 }, () => call(client, 'propose_payment', request)))
    for (const { answer } of again)
      expect(answer).toMatchObject({ replayed: true, payment: { id: first.answer.payment.id } })
    const other = await call(client, 'propose_payment', { ...request, amount: '11.00' })
    expect(other).toMatchObject({ isError: true, answer: { code: 'idempotency_key_reused' } })
    expect(await countOf(agent)).toBe(1)
  })

  test('a payment is cancelled before it moves, and not after', async () => {
    const agent = await makeAgent(adminSql, { balance: 50 })
    const client = await connect(agent.actor.apiKey)
    const { answer } = await call(client, 'propose_payment', payment(agent))
    const { id, intentHash } = answer.payment
    expect((await call(client, 'cancel_payment', { paymentId: id })).answer.payment.status).toBe('cancelled')
    const { answer: second } = await call(client, 'propose_payment', payment(agent))
    await decideIntent(agent.owner, second.payment.id, { decision: 'approve', intentHash: second.payment.intentHash })
    await finish(second.payment, 'settled')
    expect(await call(client, 'cancel_payment', { paymentId: second.payment.id })).toMatchObject({
      isError: true,
      answer: { code: 'wrong_state' },
    })
    expect(intentHash).toBe(second.payment.intentHash)
    expect(await statusOf(second.payment.id)).toBe('settled')
  })

  test('what guards refuse is no error but an answer, which says why', async () => {
    const agent = await makeAgent(adminSql, { balance: 50 })
    await setGuards(agent, [{ type: 'single_payment', max: '5.00' }])
    const { isError, answer } = await call(await connect(agent.actor.apiKey), 'propose_payment', payment(agent))
    expect(isError).toBe(false)
    expect(answer.payment).toMatchObject({ status: 'denied', reason: 'More than the $5.00 that one payment may be.' })
    expect(answer.nextStep).toContain('Do not split it')
  })

  test.each([
    ['more than there is', { amount: '50.01' }, 'insufficient_balance'],
    ['nothing', { amount: '0' }, 'invalid_amount'],
    ['less than nothing', { amount: '-1.00' }, 'invalid_amount'],
    ['an amount in other digits', { amount: '１０' }, 'invalid_amount'],
    ['an amount with an exponent', { amount: '1e1' }, 'invalid_amount'],
    ['nobody who is known', { recipient: 'Somebody' }, 'unknown_recipient'],
    ['an address with a digit too few', { recipient: shop.slice(0, -1) }, 'invalid_address'],
    ['another network', { network: 'base' }, 'wrong_network'],
    ['another person’s wallet', { walletId: randomUUID() }, 'not_found'],
    ['no purpose', { purpose: '' }, 'invalid_field'],
  ])('%s is refused with what to do, and nothing is held', async (_, wrong, code) => {
    const agent = await makeAgent(adminSql, { balance: 50 })
    const result = await call(await connect(agent.actor.apiKey), 'propose_payment', payment(agent, wrong))
    expect(result).toMatchObject({ isError: true, answer: { code } })
    expect(await countOf(agent)).toBe(0)
    const [account] =
      await adminSql`select held::text from public.ledger_accounts where wallet_id = ${agent.walletId} and kind = 'wallet'`
    expect(account?.held).toBe('0')
  })
})
