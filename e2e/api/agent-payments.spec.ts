import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { ownAgent } from '#e2e/support/agents.ts'
import { tokenBalance } from '#e2e/support/chain.ts'
import { documented } from '#e2e/support/documented.ts'
import { expect, test } from '#e2e/support/test.ts'
import type { World } from '#e2e/support/world.ts'

// The API of agents over HTTP: what it promises of each operation is what comes back, and the money is where it says.

const run = promisify(execFile)
const someone = () => privateKeyToAddress(generatePrivateKey())

/** Sends as whoever holds that credential: a person's access token or an agent's key. */
const sender =
  ({ app }: World, credential: string) =>
  (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(`${app}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${credential}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })

async function customerToken({ supabase, customer }: World): Promise<string> {
  const answer = await fetch(`${supabase.url}/auth/v1/token?grant_type=password`, {
    method: 'POST',
    headers: { apikey: supabase.publishableKey, 'content-type': 'application/json' },
    body: JSON.stringify(customer),
  })
  return ((await answer.json()) as { access_token: string }).access_token
}

test('the example pays as an agent, follows it until it is settled, and names the receipt', async ({ page, world }) => {
  const payee = someone()
  const { apiKey } = await ownAgent(page, world, [{ type: 'single_payment', max: '5.00' }])
  const { stdout } = await run(process.execPath, ['examples/typescript/pay-as-agent.ts', payee, '1.50', 'An example'], {
    env: { ...process.env, CAUSEWAY_URL: world.app, CAUSEWAY_API_KEY: apiKey },
  })
  expect(stdout).toContain(`Would be   approved, to ${payee}\n`)
  expect(stdout).toMatch(
    /Ended {6}settled\nTransfer {3}\S+\/tx\/0x[0-9a-f]{64}\nReceipt {4}\S+\/receipts\/[0-9a-f-]{36}\n/,
  )
  expect(await tokenBalance(world, 'USDC', payee)).toBe(1_500_000n)
})

test('a payment is proposed by a key, approved by its person and settled, each answer as documented', async ({
  page,
  world,
}) => {
  const expectDocumented = await documented(world)
  const payee = someone()
  const agent = await ownAgent(page, world, [{ type: 'approval', threshold: '2.00' }])
  const send = sender(world, agent.apiKey)
  const payment = { walletId: agent.walletId, recipient: payee, amount: '2.00', asset: 'USDC' }
  const proposal = { ...payment, purpose: 'A documented payment' }
  await expectDocumented('simulateIntent', await send('POST', '/intents/simulate', payment))
  const key = { 'idempotency-key': randomUUID() }
  const made = await send('POST', '/intents', proposal, key)
  expect(made.status).toBe(201)
  const intent = (await expectDocumented('proposeIntent', made)) as { id: string; intentHash: string }
  const again = await send('POST', '/intents', proposal, key)
  expect(again.headers.get('idempotent-replayed')).toBe('true')
  expect(await again.json()).toEqual(intent)
  const path = `/intents/${intent.id}`
  expect((await send('POST', `${path}/approval`, { decision: 'approve', intentHash: intent.intentHash })).status).toBe(
    403,
  )

  const look = await send('GET', path)
  const etag = look.headers.get('etag') ?? ''
  await expectDocumented('getIntent', look)
  await expectDocumented('getIntent', await send('GET', path, undefined, { 'if-none-match': etag }))
  const decided = await page.evaluate(
    async ([address, body]) => {
      const headers = { 'content-type': 'application/json' }
      return (await fetch(address ?? '', { method: 'POST', headers, body: body ?? '' })).json()
    },
    [`/api/v1${path}/approval`, JSON.stringify({ decision: 'approve', intentHash: intent.intentHash })],
  )
  expect(decided).toMatchObject({ id: intent.id, approval: { decision: 'approve' } })
  const status = async () => ((await (await send('GET', path)).json()) as { status: string }).status
  await expect.poll(status, { timeout: 60_000 }).toBe('settled')
  expect(await expectDocumented('getIntent', await send('GET', path))).toMatchObject({
    transfers: [{ kind: 'circle_transfer', to: payee, amount: '2.00', status: 'confirmed' }],
    receiptId: expect.any(String),
  })
  expect(await tokenBalance(world, 'USDC', payee)).toBe(2_000_000n)

  const other = { ...proposal, amount: '3.00' }
  const { id } = (await (await send('POST', '/intents', other)).json()) as { id: string }
  await expectDocumented('cancelIntent', await send('POST', `/intents/${id}/cancellation`))
  const batch = await send('POST', '/intents/batch', { intents: [other, { ...other, recipient: 'Nobody at all' }] })
  expect(await expectDocumented('proposeIntents', batch)).toMatchObject({
    results: [{ problem: null }, { problem: { code: 'unknown_recipient' } }],
  })
  await expectDocumented('listIntents', await send('GET', '/intents?status=settled'))
  expect(await expectDocumented('listIntents', await send('GET', '/intents?format=csv'))).toContain(intent.id)
})

test('agents, keys, wallets, contacts and handles are a person’s, each answer as documented', async ({ world }) => {
  const expectDocumented = await documented(world)
  const send = sender(world, await customerToken(world))
  const name = `Documented ${randomUUID().slice(0, 8)}`
  const agent = (await expectDocumented(
    'createAgent',
    await send('POST', '/agents', { name, network: 'mezo-testnet' }),
  )) as { id: string }
  const path = `/agents/${agent.id}`
  await expectDocumented('getAgent', await send('GET', path))
  await expectDocumented('listAgents', await send('GET', '/agents?limit=1'))
  await expectDocumented('renameAgent', await send('PATCH', path, { name: `${name} too` }))
  expect(await expectDocumented('freezeAgent', await send('POST', `${path}/freeze`))).toMatchObject({
    frozenAt: expect.any(String),
  })
  expect(await expectDocumented('thawAgent', await send('DELETE', `${path}/freeze`))).toMatchObject({ frozenAt: null })
  const made = await send('POST', `${path}/api-keys`, { name: 'Documented', scopes: ['read'], paymentLimit: '5.00' })
  const key = (await expectDocumented('createApiKey', made)) as { id: string; key: string }
  await expectDocumented('listApiKeys', await send('GET', `${path}/api-keys`))
  const asAgent = sender(world, key.key)
  await expectDocumented('listWallets', await asAgent('GET', '/wallets'))
  expect(await expectDocumented('proposeIntent', await asAgent('POST', '/intents', {}))).toMatchObject({
    code: 'forbidden',
  })
  expect(await expectDocumented('createAgent', await asAgent('POST', '/agents', {}))).toMatchObject({
    code: 'person_required',
  })
  await expectDocumented('revokeApiKey', await send('DELETE', `/api-keys/${key.id}`))
  expect(await expectDocumented('listWallets', await asAgent('GET', '/wallets'))).toMatchObject({
    code: 'invalid_api_key',
  })

  const added = await send('POST', '/wallets', { network: 'mezo-testnet', address: someone() })
  const wallet = (await expectDocumented('addExternalWallet', added)) as { id: string }
  await expectDocumented('getWallet', await send('GET', `/wallets/${wallet.id}`))
  const contact = (await expectDocumented(
    'saveContact',
    await send('POST', '/contacts', { name, address: someone(), domain: null }),
  )) as { id: string }
  await expectDocumented('listContacts', await send('GET', '/contacts'))
  await expectDocumented('deleteContact', await send('DELETE', `/contacts/${contact.id}`))
  expect(await expectDocumented('deleteContact', await send('DELETE', `/contacts/${contact.id}`))).toMatchObject({
    code: 'not_found',
  })
  const handle = `d_${randomUUID().slice(0, 8)}`
  await expectDocumented('claimHandle', await send('PUT', '/handles', { handle, walletId: wallet.id }))
  expect(await expectDocumented('getHandle', await send('GET', '/handles'))).toMatchObject({ handle: { handle } })
})
