import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { type Address, getAddress } from 'viem'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { expectAccessible } from '#e2e/support/accessible.ts'
import { type OwnAgent, ownAgent } from '#e2e/support/agents.ts'
import { tokenBalance } from '#e2e/support/chain.ts'
import { expect, test } from '#e2e/support/test.ts'
import type { World } from '#e2e/support/world.ts'

// A person decides what their agent may pay, and sees where the money is: on the dashboard, in the list, on the payment's page.

test.describe.configure({ timeout: 120_000 })

const someone = () => privateKeyToAddress(generatePrivateKey())
const asking = [
  { type: 'approval', threshold: '25.00' },
  { type: 'budget', period: 'day', limit: '60.00' },
]

async function propose(world: World, agent: OwnAgent, recipient: Address, amount: string, purpose = 'Stationery') {
  const response = await fetch(`${world.app}/api/v1/intents`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${agent.apiKey}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({ walletId: agent.walletId, recipient, amount, asset: 'USDC', purpose }),
  })
  expect(response.status).toBe(201)
  return (await response.json()) as { id: string; status: string }
}

const approveButton = (page: Page) => page.getByRole('button', { name: /^Approve 26\.00/ })

test('what an agent asks for is approved on the dashboard, followed until it arrived, and proved by its receipt', async ({
  page,
  world,
}) => {
  const payee = someone()
  const agent = await ownAgent(page, world, asking)
  const { id, status } = await propose(world, agent, payee, '26')
  expect(status).toBe('needs_approval')

  await page.goto('/dashboard')
  const waiting = page.getByRole('region', { name: 'Needs you first' })
  await expect(waiting).toContainText('Stationery')
  await expect(waiting).toContainText('Mezo testnet (eip155:31611)')
  // Whom it goes to stands there whole.
  expect((await waiting.textContent())?.replaceAll(/\s/g, '')).toContain(getAddress(payee))
  await expectAccessible(page)
  expect(await tokenBalance(world, 'USDC', payee)).toBe(0n)

  await approveButton(page).click()
  await page.getByRole('link', { name: 'Follow it' }).click()
  await page.waitForURL(`/intents/${id}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('26.00 USDC arrived on Mezo testnet', {
    timeout: 60_000,
  })
  expect(await tokenBalance(world, 'USDC', payee)).toBe(26_000_000n)
  await expectAccessible(page)

  await page.getByRole('link', { name: 'View receipt' }).click()
  await expect(page.getByText(/^Verified/)).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText(getAddress(payee))).toBeVisible()
  await expectAccessible(page)

  await page.goto('/dashboard')
  await expect(page.getByText('$34.00 left')).toBeVisible()
  await expect(page.getByText('1 of the last 1 that were sent.')).toBeVisible()
})

test('what the like of was approved goes through within its bounds, until that is taken back', async ({
  page,
  world,
}) => {
  const payee = someone()
  const agent = await ownAgent(page, world, [{ type: 'approval', threshold: '0' }])
  await propose(world, agent, payee, '26')
  await page.goto('/dashboard')
  await page.getByRole('button', { name: 'Similar for 24 h' }).click()
  await expect(page.getByRole('dialog')).toContainText('26.00 USDC at most')
  await expect(page.getByRole('dialog')).toContainText('260.00 USDC at most')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Approve this and the like' }).click()

  const standing = page.getByRole('region', { name: 'You approved beforehand' })
  await expect(standing).toContainText('10 times more')
  expect((await propose(world, agent, payee, '26.000001')).status).toBe('needs_approval')
  expect((await propose(world, agent, payee, '1')).status).toBe('approved')
  await standing.getByRole('button', { name: 'Take it back' }).click()
  await expect(standing).toBeHidden()
  expect((await propose(world, agent, payee, '1')).status).toBe('needs_approval')
})

test('what was denied moved nothing, and what a guard refused says why', async ({ page, world, db }) => {
  const payee = someone()
  const agent = await ownAgent(page, world, asking)
  const { id } = await propose(world, agent, payee, '26')
  await page.goto(`/intents/${id}`)
  await page.getByRole('button', { name: 'Deny' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('You denied this payment. Nothing moved.')

  const refused = await propose(world, agent, payee, '61', 'Far too much')
  expect(refused.status).toBe('denied')
  await page.goto(`/intents/${refused.id}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Refused: over the budget of the day by $1.00.')
  await expect(page.getByRole('link', { name: 'Look at the guards' })).toHaveAttribute(
    'href',
    `/agents/${agent.id}/guards`,
  )
  await expectAccessible(page)

  await page.goto('/intents?status=denied&q=far')
  await expect(page.getByRole('listitem').filter({ hasText: 'Far too much' })).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'Stationery' })).toBeHidden()
  await expectAccessible(page)
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export these as CSV' }).click()
  expect((await download).suggestedFilename()).toBe('causeway-payments.csv')

  expect(await tokenBalance(world, 'USDC', payee)).toBe(0n)
  const held =
    await db`select from public.spend_reservations where state = 'held' and intent_id in (${id}, ${refused.id})`
  expect(held).toHaveLength(0)
})

test.describe('when it was decided elsewhere meanwhile', () => {
  test.use({ expectedConsole: /409|ERR_FAILED/ })

  test('a second decision is refused in words, and changes nothing', async ({ page, world, db }) => {
    const agent = await ownAgent(page, world, asking)
    const { id } = await propose(world, agent, someone(), '26')
    await page.goto(`/intents/${id}`)
    await expect(approveButton(page)).toBeVisible()
    // The page no longer hears of it: what it shows is from before.
    await page.route(`**/api/v1/intents/${id}`, (route) => route.abort())
    const cancelled = await fetch(`${world.app}/api/v1/intents/${id}/cancellation`, {
      method: 'POST',
      headers: { authorization: `Bearer ${agent.apiKey}` },
    })
    expect(cancelled.status).toBe(200)
    await approveButton(page).click()
    await expect(page.getByText('This payment does not wait for an approval: it is cancelled.')).toBeVisible()
    const [row] = await db`select status from public.intents where id = ${id}`
    expect(row?.status).toBe('cancelled')
  })
})

test('another person’s payment does not exist', async ({ page, world, browser }) => {
  const agent = await ownAgent(page, world, asking)
  const { id } = await propose(world, agent, someone(), '26')
  const strangers = await browser.newContext({ baseURL: world.app })
  const stranger = await strangers.newPage()
  await ownAgent(stranger, world, [])
  await stranger.goto(`/intents/${id}`)
  await expect(stranger.getByRole('heading', { level: 1 })).not.toContainText('26.00')
  await expect(approveButton(stranger)).toHaveCount(0)
  await strangers.close()
})
