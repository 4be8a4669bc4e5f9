import { randomUUID } from 'node:crypto'
import { expectAccessible } from '#e2e/support/accessible.ts'
import { type OwnAgent, ownAgent } from '#e2e/support/agents.ts'
import { expect, test } from '#e2e/support/test.ts'
import type { World } from '#e2e/support/world.ts'

const merchant = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'

/** Proposes a payment as the agent's software does, and gives what became of it. */
async function propose(
  world: World,
  { walletId, apiKey }: OwnAgent,
  amount: string,
): Promise<{ status: string; reason: string }> {
  const answer = await fetch(`${world.app}/api/v1/intents`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${apiKey}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({ walletId, recipient: merchant, amount, asset: 'USDC', purpose: 'A look at guards' }),
  })
  return await answer.json()
}

test('a person writes rules in their own words, tries them, sees what they would have meant, and saves them', async ({
  page,
  world,
}) => {
  const agent = await ownAgent(page, world, [{ type: 'budget', period: 'day', limit: '100.00' }])
  expect(await propose(world, agent, '20.00')).toMatchObject({ status: 'approved' })
  expect(await propose(world, agent, '4.00')).toMatchObject({ status: 'approved' })

  await page.goto(`/agents/${agent.id}/guards`)
  await expect(page.getByText('Of the last 2: 2 through ($24.00), 0 asked, 0 refused.')).toBeVisible()
  await expectAccessible(page)

  await page.getByLabel('What may it pay?').fill('At most $10 per payment. Ask me above $5, and be kind.')
  await page.getByRole('button', { name: 'Read it' }).click()
  await expect(page.getByText('“be kind”')).toBeVisible()
  await page.getByRole('button', { name: 'Add 2 rules' }).click()
  const changes = page.getByRole('list', { name: 'Changes' })
  await expect(changes).toContainText('At most $10.00 a payment.')
  await expect(changes).toContainText('Asks you from $5.00 on.')
  await expect(page.getByText('1 payment of $20.00 that goes through now would be refused.')).toBeVisible()

  await page.getByLabel('To', { exact: true }).fill(merchant)
  await page.getByLabel('Amount', { exact: true }).fill('7')
  await page.getByRole('button', { name: 'Would it pass?' }).click()
  await expect(page.getByText('by these rules; the saved ones differ:')).toBeVisible()
  await expect(page.getByText('From $5.00 on a person approves.')).toBeVisible()
  await expectAccessible(page)

  // Nothing of it holds until it is saved.
  expect(await propose(world, agent, '11.00')).toMatchObject({ status: 'approved' })
  await page.getByRole('button', { name: 'Save these rules' }).click()
  await expect(changes).toHaveCount(0)
  await expect(page.getByText('Version 2')).toBeVisible()
  await expect(page.getByText('that goes through now would be refused')).toHaveCount(0)
  expect(await propose(world, agent, '11.00')).toMatchObject({
    status: 'denied',
    reason: 'More than the $10.00 that one payment may be.',
  })
  expect(await propose(world, agent, '5.00')).toMatchObject({ status: 'needs_approval' })

  // An old version is a place to begin from again.
  await page.getByText('Version 1', { exact: true }).click()
  await page.getByRole('button', { name: 'Edit from this version' }).click()
  await expect(changes.locator('del')).toHaveCount(2)
  await page.getByRole('button', { name: 'Discard' }).click()
  await expect(changes).toHaveCount(0)
})

test.describe('where the refusal is expected', () => {
  test.use({ expectedConsole: /404|409/ })

  test('a rule that is not whole is not saved, and neither is one over what another page saved', async ({
    page,
    world,
  }) => {
    const agent = await ownAgent(page, world, [{ type: 'budget', period: 'day', limit: '100.00' }])
    await page.goto(`/agents/${agent.id}/guards`)
    await page.getByLabel('Limit, in dollars').fill('1e3')
    await expect(page.getByText('Write an amount such as 25.00')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Save these rules' })).toBeDisabled()
    await page.getByLabel('Limit, in dollars').fill('50.00')

    const other = await page.context().newPage()
    await other.goto(`/agents/${agent.id}/guards`)
    await other.getByRole('button', { name: 'Rate', exact: true }).click()
    await other.getByRole('button', { name: 'Save these rules' }).click()
    await expect(other.getByText('Version 2')).toBeVisible()
    await other.close()

    await page.getByRole('button', { name: 'Save these rules' }).click()
    await expect(page.getByText('These guards were saved elsewhere meanwhile, as version 2.')).toBeVisible()
    await page.reload()
    await expect(page.getByLabel('Limit, in dollars')).toHaveValue('100.00')
    await expect(page.getByLabel('Payments', { exact: true })).toHaveValue('10')
  })

  test('rules for all wallets stand beside an agent’s own, and another person’s agent is not there', async ({
    page,
    world,
  }) => {
    const agent = await ownAgent(page, world, [{ type: 'single_payment', max: '50.00' }])
    await page.goto('/guards')
    await page.getByRole('button', { name: /^Hackathon/ }).click()
    await page.getByRole('button', { name: 'Save these rules' }).click()
    await expect(page.getByText('Version 1')).toBeVisible()
    await expectAccessible(page)
    await page.goto(`/agents/${agent.id}/guards`)
    await expect(page.getByText('For all your wallets: At most $100.00 a day.')).toBeVisible()
    expect(await propose(world, agent, '30.00')).toMatchObject({ status: 'denied' })
    await page.goto(`/agents/${world.agent.id}/guards`)
    await expect(page.getByRole('heading', { level: 1 })).not.toContainText('may pay')
  })
})
