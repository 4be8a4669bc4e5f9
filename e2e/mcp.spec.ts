import { randomUUID } from 'node:crypto'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { ownAgent } from '#e2e/support/agents.ts'
import { tokenBalance } from '#e2e/support/chain.ts'
import { expect, test } from '#e2e/support/test.ts'
import type { World } from '#e2e/support/world.ts'

// Other software pays by MCP: it proposes, a person approves in their browser, Circle executes, the chain settles.

const clients: Client[] = []
test.afterEach(async () => {
  for (const client of clients.splice(0)) await client.close()
})

async function connect(world: World, apiKey: string): Promise<Client> {
  const client = new Client({ name: 'e2e', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } })
  const requestInit = { headers: { authorization: `Bearer ${apiKey}` } }
  await client.connect(new StreamableHTTPClientTransport(new URL('/api/mcp', world.app), { requestInit }))
  clients.push(client)
  return client
}

async function call(client: Client, name: string, given: Record<string, unknown> = {}) {
  const result = await client.callTool({ name, arguments: given })
  const [content] = result.content as { type: string; text: string }[]
  return { isError: result.isError === true, answer: JSON.parse(content?.text ?? 'null') }
}

test('software proposes by MCP, its person approves, and it settles on chain; a stranger’s key sees nothing of it', async ({
  page,
  browser,
  world,
}) => {
  const payee = privateKeyToAddress(generatePrivateKey())
  const agent = await ownAgent(page, world, [{ type: 'approval', threshold: '25.00' }])
  const client = await connect(world, agent.apiKey)
  const { answer: proposed } = await call(client, 'propose_payment', {
    walletId: agent.walletId,
    recipient: payee,
    amount: '26.00',
    asset: 'USDC',
    purpose: 'A month of hosting',
    idempotencyKey: randomUUID(),
  })
  expect(proposed.payment).toMatchObject({ status: 'needs_approval', recipientAddress: payee })
  const paymentId: string = proposed.payment.id

  await page.goto(new URL(proposed.link).pathname)
  await expect(page.getByLabel('What is paid').getByText('A month of hosting')).toBeVisible()
  expect(await tokenBalance(world, 'USDC', payee)).toBe(0n)
  await page.getByRole('button', { name: /^Approve \$?26\.00/ }).click()

  await expect
    .poll(async () => (await call(client, 'get_payment', { paymentId })).answer.payment.status, { timeout: 60_000 })
    .toBe('settled')
  expect(await tokenBalance(world, 'USDC', payee)).toBe(26_000_000n)
  const { answer } = await call(client, 'get_receipt', { paymentId })
  expect(answer.receipt.verification.verified).toBe(true)

  const strangers = await browser.newContext({ baseURL: world.app })
  const stranger = await connect(world, (await ownAgent(await strangers.newPage(), world, [])).apiKey)
  await strangers.close()
  for (const tool of ['get_payment', 'get_receipt', 'cancel_payment'])
    expect(await call(stranger, tool, { paymentId })).toMatchObject({ isError: true, answer: { code: 'not_found' } })
  expect((await call(stranger, 'list_payments')).answer.payments).toEqual([])
})

test('what the guards refuse is told to the software with the reason, and nothing is held', async ({
  page,
  world,
  db,
}) => {
  const agent = await ownAgent(page, world, [{ type: 'single_payment', max: '40.00' }])
  const client = await connect(world, agent.apiKey)
  const { answer } = await call(client, 'propose_payment', {
    walletId: agent.walletId,
    recipient: privateKeyToAddress(generatePrivateKey()),
    amount: '40.01',
    asset: 'USDC',
    purpose: 'Too much at once',
    idempotencyKey: randomUUID(),
  })
  expect(answer.payment).toMatchObject({ status: 'denied', reason: 'More than the $40.00 that one payment may be.' })
  const held = await db`select from public.spend_reservations where intent_id = ${answer.payment.id}`
  expect(held).toHaveLength(0)
})
