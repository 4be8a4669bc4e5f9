import { randomUUID } from 'node:crypto'
import { parseUnits } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { expectAccessible } from '#e2e/support/accessible.ts'
import { tokenBalance } from '#e2e/support/chain.ts'
import { newEmail, signInByCode } from '#e2e/support/people.ts'
import { expect, test } from '#e2e/support/test.ts'

const newAddress = () => privateKeyToAccount(generatePrivateKey()).address

test('a person creates an agent, funds it, gives software a key, freezes it and thaws it', async ({ page, world }) => {
  await signInByCode(page, world, newEmail(), '/agents')
  await expect(page.getByRole('heading', { name: 'No agents yet' })).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Create an agent' }).click()
  await page.getByRole('button', { name: 'Create agent' }).click()
  await expect(page.getByText('Give it a name.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Name' }).fill('Grace')
  await page.getByRole('button', { name: 'Create Grace' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /Grace/ })).toBeVisible()
  const main = page.getByRole('main')
  const address = (await main.locator('code', { hasText: /^0x[0-9a-fA-F]{40}$/ }).textContent()) as `0x${string}`
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible()
  await expect(page.getByText('asks you before every payment')).toBeVisible()

  await page.getByRole('button', { name: 'Get test USDC' }).click()
  await expect(main.locator('data[value="20.00 USDC"]')).toBeVisible()
  expect(await tokenBalance(world, 'USDC', address)).toBe(parseUnits('20', 6))

  await page.getByRole('button', { name: 'Create a key' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('A test')
  await page.getByLabel('At most per payment').fill('25.00')
  await page.getByRole('button', { name: 'Create the key' }).click()
  const key = (await page.locator('[data-api-key]').textContent()) ?? ''
  expect(key).toMatch(/^cw_[\w-]{43}$/)
  await expect(page.getByRole('region', { name: 'For Claude Code' }).first()).toContainText(key)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'I have it' }).click()
  await expect(page.getByText(key)).toHaveCount(0)
  await expect(page.getByText('Never used')).toBeVisible()

  const asSoftware = (method: string, path: string, body?: unknown) =>
    fetch(`${world.app}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const { wallets } = (await (await asSoftware('GET', '/wallets')).json()) as { wallets: { id: string }[] }
  const pay = () =>
    asSoftware('POST', '/intents', {
      walletId: wallets[0]?.id,
      recipient: newAddress(),
      amount: '1.50',
      asset: 'USDC',
      purpose: 'A look at freezing',
    })
  expect((await pay()).status).toBe(201)
  await page.reload()
  await expect(page.getByText('Needs you')).toBeVisible()
  await expect(main.locator('data[value="1.50 USDC"]').first()).toBeVisible()

  // One press, and what waited has ended with its money given back.
  await page.getByRole('button', { name: 'Freeze' }).click()
  await expect(page.getByText('Grace is frozen: nothing moves')).toBeVisible()
  await expect(page.getByText('Cancelled', { exact: true })).toBeVisible()
  await expect(main.locator('data[value="20.00 USDC"]')).toBeVisible()
  expect((await pay()).status).toBeGreaterThanOrEqual(400)
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Let it pay again' }).click()
  await page.getByRole('button', { name: 'Let Grace pay' }).click()
  await expect(page.getByText('May pay')).toBeVisible()
  expect((await pay()).status).toBe(201)

  await page.reload()
  await page.getByRole('button', { name: 'Revoke A test' }).click()
  await page.getByRole('button', { name: 'Revoke the key' }).click()
  await expect(page.getByText('Revoked', { exact: true })).toBeVisible()
  expect((await pay()).status).toBe(401)
})

test('another person’s agent is not there, and a guest is led to signing in', async ({ page, world }) => {
  await page.goto(`/agents/${world.agent.id}`)
  await page.waitForURL((url) => url.pathname === '/sign-in')
  await signInByCode(page, world, newEmail(), '/agents')
  await page.goto(`/agents/${world.agent.id}`)
  await expect(page.getByText('Ada')).toHaveCount(0)
  await expect(page.getByRole('heading', { level: 1 })).not.toContainText('Ada')
})

test('a contact is saved, a look-alike of it is compared first, and it is deleted', async ({ page, world }) => {
  await signInByCode(page, world, newEmail(), '/contacts')
  const address = newAddress()
  const twin = `${address.slice(0, 6)}${'a'.repeat(32)}${address.slice(-4)}`.toLowerCase()
  const fill = async (name: string, to: string) => {
    await page.getByRole('button', { name: 'Add a contact' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill(name)
    await page.getByRole('textbox', { name: 'Address' }).fill(to)
  }
  await fill('Merchant', address)
  await page.getByRole('textbox', { name: /Website/ }).fill('shop.example')
  await page.getByRole('button', { name: 'Save Merchant' }).click()
  await expect(page.getByText('shop.example')).toBeVisible()
  await expectAccessible(page)

  await fill('Merchent', twin)
  await expect(page.getByText('It looks like Merchant’s address, and is another')).toBeVisible()
  await page.getByRole('button', { name: 'Save Merchent' }).click()
  await expect(page.getByText('Not saved. Compare the two')).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('I compared them, and mean this one').check()
  await page.getByRole('button', { name: 'Save Merchent' }).click()
  await expect(page.getByRole('button', { name: 'Delete Merchent' })).toBeVisible()

  await page.getByRole('button', { name: 'Delete Merchent' }).click()
  await page.getByRole('button', { name: 'Delete the contact' }).click()
  await expect(page.getByRole('button', { name: 'Delete Merchent' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Delete Merchant' })).toBeVisible()
})

test('a wallet of one’s own is taken from the browser, and a handle leads to it', async ({ page, wallet, world }) => {
  await signInByCode(page, world, newEmail(), '/wallets')
  await page.getByRole('button', { name: 'Add a wallet of your own' }).click()
  await page.getByRole('button', { name: 'Take it from a wallet' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: wallet.name }).click()
  await dialog.getByRole('button', { name: /^Switch to/ }).click()
  await expect(page.getByRole('textbox', { name: 'Your address' })).toHaveValue(new RegExp(wallet.address, 'i'))
  await page.getByRole('button', { name: 'Add this wallet' }).click()
  await expect(
    page.getByRole('link', { name: new RegExp(`Wallet ${wallet.address} on the explorer`, 'i') }),
  ).toBeVisible()
  await expectAccessible(page)

  await page.goto('/settings')
  const handle = `e${randomUUID().slice(0, 8)}`
  await page.getByLabel('Handle', { exact: true }).fill('No spaces')
  await page.getByRole('button', { name: /^Take/ }).click()
  await expect(page.getByLabel('Handle', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('Handle', { exact: true }).fill(`@${handle}`)
  await page.getByRole('button', { name: `Take @${handle}` }).click()
  await expect(page.getByText(`Others can pay you as @${handle}.`)).toBeVisible()
  await expectAccessible(page)
})
