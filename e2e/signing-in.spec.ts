import { createSession, stripeSessionId, waitForStatus } from '#e2e/support/api.ts'
import { newEmail, readCode, signInByCode, signInByPassword } from '#e2e/support/people.ts'
import { payByMachine } from '#e2e/support/stripe.ts'
import { expect, test } from '#e2e/support/test.ts'

test('a person signs in with a code from their mail', async ({ page, world }) => {
  const email = newEmail()
  await signInByCode(page, world, email)
  await expect(page.getByText(email).first()).toBeVisible()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible()
})

test('a wrong code is refused, and the right one still works', async ({ page, world }) => {
  const email = newEmail()
  await page.goto('/sign-in')
  await page.getByLabel('Email', { exact: true }).fill(email)
  await page.getByRole('button', { name: 'Email me a code' }).click()
  const code = page.getByLabel('Code', { exact: true })
  for (const wrong of ['000000', '12', 'abcdef']) {
    await code.fill(wrong)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(code).toHaveAttribute('aria-invalid', 'true')
  }
  await code.fill(await readCode(page, world, email))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
})

test('a person signs in with a password', async ({ page, world }) => {
  await signInByPassword(page, world.customer)
  await expect(page.getByText(world.customer.email).first()).toBeVisible()
})

test('a wrong password says the same as an unknown account', async ({ page, world }) => {
  const said: (string | null)[] = []
  for (const email of [world.customer.email, newEmail()]) {
    await page.goto('/sign-in')
    await page.getByRole('radio', { name: 'Password' }).check()
    await page.getByLabel('Email', { exact: true }).fill(email)
    await page.locator('input[type=password]').fill('not-the-password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    const field = page.locator('input[type=password]')
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    said.push(await page.locator(`[id="${await field.getAttribute('aria-describedby')}"]`).textContent())
  }
  expect(said[0]).toBe(said[1])
})

test('a person signs in with their wallet, and comes back as the same person', async ({ page, wallet }) => {
  const short = `${wallet.address.slice(0, 6)}…${wallet.address.slice(-4)}`
  for (const _time of ['first', 'again']) {
    await page.goto('/sign-in?next=/activity')
    await page.getByRole('radio', { name: 'Wallet' }).check()
    await page.getByRole('button', { name: wallet.name }).click()
    await page.waitForURL((url) => url.pathname === '/activity')
    await expect(page.getByRole('banner').getByText(new RegExp(short, 'i'))).toBeVisible()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible()
  }
  expect(wallet.asked.filter((method) => method === 'personal_sign')).toHaveLength(2)
})

test('declining to sign leaves the person where they were', async ({ page, wallet }) => {
  await page.goto('/sign-in')
  await page.getByRole('radio', { name: 'Wallet' }).check()
  wallet.declineNext('personal_sign')
  await page.getByRole('button', { name: wallet.name }).click()
  await expect(page.getByRole('button', { name: wallet.name })).toBeEnabled()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  expect(new URL(page.url()).pathname).toBe('/sign-in')
})

test('what a guest bought comes along when they sign in, and can be exported', async ({ page, world, db }) => {
  const session = await createSession(world, { asset: 'USDC' })
  await page.goto(`/pay/${session.id}#${session.secret}`)
  await payByMachine(world, await stripeSessionId(db, session.id))
  const { deliveredAmount } = await waitForStatus(world, session, 'delivered')
  await page.goto('/activity')
  await expect(page.getByText('Only this browser knows of these purchases')).toBeVisible()

  await signInByCode(page, world, newEmail())
  await expect(page.getByText('Only this browser knows of these purchases')).toHaveCount(0)
  await expect(page.getByRole('listitem').filter({ hasText: 'USDC' })).toHaveCount(1)
  await page.getByRole('listitem').filter({ hasText: 'USDC' }).getByRole('link').first().click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('USDC are in your wallet')

  await page.goto('/activity')
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export CSV' }).click()
  const stream = await (await download).createReadStream()
  const csv = (await stream.toArray()).join('')
  const [head, ...rows] = csv.trim().split(/\r?\n/)
  expect(head).toContain('id')
  expect(rows).toHaveLength(1)
  expect(rows[0]).toContain(session.id)
  expect(rows[0]).toContain(deliveredAmount ?? '-')
})

test('a session that is somebody’s cannot be adopted by another', async ({ page, browser, world }) => {
  const session = await createSession(world)
  await page.goto(`/pay/${session.id}#${session.secret}`)
  await expect(page.getByRole('link', { name: /Continue to payment/ })).toBeVisible()
  await signInByCode(page, world, newEmail())
  await expect(page.getByRole('listitem').filter({ hasText: 'MUSD' })).toHaveCount(1)

  const other = await browser.newContext({ baseURL: world.app })
  const thief = await other.newPage()
  await signInByCode(thief, world, newEmail())
  const status = await thief.evaluate(
    async ({ id, secret }) => {
      const answer = await fetch(`/api/v1/onramp/sessions/${id}/adoption`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ secret }),
      })
      return answer.status
    },
    { id: session.id, secret: session.secret },
  )
  expect([404, 409]).toContain(status)
  await thief.goto('/activity')
  await expect(thief.getByText('Nothing bought yet')).toBeVisible()
  await other.close()
})
