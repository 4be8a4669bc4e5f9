import type { BrowserContext, Page } from '@playwright/test'
import { createSession, stripeSessionId, waitForStatus } from '#e2e/support/api.ts'
import { chooseAmount } from '#e2e/support/buy.ts'
import { signInByPassword } from '#e2e/support/people.ts'
import { payByMachine } from '#e2e/support/stripe.ts'
import { expect, test } from '#e2e/support/test.ts'

// The console's violations are errors, and a test of ours fails on any; here they are also listened for by their event.

type Guarded = Window & { stopped: string[] }

async function listen(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const stopped: string[] = []
    Object.assign(window, { stopped })
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      stopped.push(`${effectiveDirective} ${blockedURI}`),
    )
  })
}

/** Opens the page and expects its policy, that it became alive under it, and that it stopped nothing of ours. */
async function expectGuarded(page: Page, path: string, inline: 'nonce' | 'hashes'): Promise<void> {
  await test.step(`${new URL(path, 'http://x').pathname} by ${inline}`, async () => {
    const answer = await page.goto(path)
    const policy = answer?.headers()['content-security-policy'] ?? ''
    const scripts = policy.split('; ').find((directive) => directive.startsWith('script-src ')) ?? ''
    expect(scripts).toContain(inline === 'nonce' ? "'nonce-" : "'sha256-")
    if (inline === 'hashes') expect(scripts).not.toContain("'nonce-")
    expect(scripts).not.toMatch(
      /unsafe-inline|unsafe-eval|unsafe-hashes|strict-dynamic|\*(?!\.js\.stripe\.com)|https?: /,
    )
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain('report-uri /api/csp-reports')
    if (inline === 'nonce') expect(answer?.headers()['cache-control']).toContain('no-store')

    // React has taken the page over: its own scripts ran, the inline ones too.
    await page.waitForFunction(() =>
      [...document.querySelectorAll('body *')].some((element) =>
        Object.keys(element).some((name) => name.startsWith('__reactProps')),
      ),
    )
    await page.waitForLoadState('networkidle')
    expect(await page.evaluate(() => (window as unknown as Guarded).stopped)).toEqual([])
  })
}

test('every page lives under its policy, and its policy stops nothing of ours', async ({
  page,
  context,
  world,
  db,
}) => {
  await listen(context)
  await expectGuarded(page, '/', 'hashes')
  await expectGuarded(page, '/buy', 'hashes')
  await expectGuarded(page, '/docs/api', 'hashes')
  await expectGuarded(page, '/rates', 'hashes')
  await expectGuarded(page, '/rates/BDX/INR', 'hashes')
  await expectGuarded(page, '/sign-in', 'nonce')
  await expectGuarded(page, '/activity', 'nonce')

  const session = await createSession(world, { asset: 'USDC' })
  await payByMachine(world, await stripeSessionId(db, session.id))
  const { receiptUrl } = await waitForStatus(world, session, 'delivered')
  await expectGuarded(page, session.statusUrl, 'nonce')
  await expectGuarded(page, receiptUrl ?? '', 'nonce')

  await signInByPassword(page, world.operator, '/operate')
  for (const path of ['/operate', '/operate/webhooks', '/operate/transfers', '/operate/ledger']) {
    await expectGuarded(page, path, 'nonce')
  }
})

test('a wallet by WalletConnect is offered under the policy of the buy page', async ({ page, context }) => {
  await listen(context)
  await chooseAmount(page, { asset: 'USDC', amount: '12' })
  await page.getByRole('button', { name: 'Connect a wallet' }).click()
  const wallets = page.getByRole('dialog')
  await wallets.getByRole('button', { name: /WalletConnect/ }).click()
  await expect(page.locator('wcm-qrcode')).toBeVisible()
  expect(await page.evaluate(() => (window as unknown as Guarded).stopped)).toEqual([])
})

test.describe('what somebody smuggles into a page', () => {
  // A payment that nobody made is not found, and the console says so.
  test.use({ expectedConsole: /Content Security Policy|status of 404/ })

  for (const path of ['/', '/buy', '/sign-in', '/activity', `/pay/${crypto.randomUUID()}`]) {
    test(`does not run on ${path.replace(/[0-9a-f-]{36}/, '…')}`, async ({ page, context }) => {
      await listen(context)
      const ran: string[] = []
      await page.exposeFunction('report', (how: string) => ran.push(how))
      // As an injection would: the text is in the document when it arrives.
      await page.route(
        (url) => url.pathname === path,
        async (route) => {
          if (route.request().resourceType() !== 'document') return route.continue()
          const answer = await route.fetch()
          const smuggled = `<script>report('inline')</script><script nonce="guessed">report('nonce')</script>
            <script src="https://evil.example/a.js"></script><script src="data:text/javascript,report('data')"></script>
            <img src="/icon.svg" onload="report('attribute')">`
          await route.fulfill({
            response: answer,
            body: (await answer.text()).replace('</body>', `${smuggled}</body>`),
          })
        },
      )
      await page.goto(path)
      // With a tag of its own making a script of the page could load one; with a text it could evaluate one.
      await page.evaluate(() => {
        const script = document.createElement('script')
        script.textContent = "report('made')"
        document.body.append(script)
      })
      const stopped = () => page.evaluate(() => (window as unknown as Guarded).stopped)
      await expect
        .poll(stopped)
        .toEqual(
          expect.arrayContaining([
            'script-src-elem inline',
            'script-src-elem https://evil.example/a.js',
            'script-src-elem data',
            'script-src-attr inline',
          ]),
        )
      expect((await stopped()).filter((entry) => entry === 'script-src-elem inline')).toHaveLength(3)
      expect(ran).toEqual([])
    })
  }
})

test.describe('a page that does not exist', () => {
  test.use({ expectedConsole: /status of 404/ })

  test('lives under its policy too', async ({ page, context }) => {
    await listen(context)
    const answer = await page.goto('/nothing-is-here')
    expect(answer?.status()).toBe(404)
    expect(answer?.headers()['content-security-policy']).toContain("'nonce-")
    await page.waitForLoadState('networkidle')
    expect(await page.evaluate(() => (window as unknown as Guarded).stopped)).toEqual([])
  })
})

test('a nonce is used once', async ({ request, world }) => {
  const nonce = async () =>
    /'nonce-([^']+)'/.exec((await request.get(`${world.app}/sign-in`)).headers()['content-security-policy'] ?? '')?.[1]
  const [one, other] = [await nonce(), await nonce()]
  expect(one).toMatch(/^[\w+/]{22}==$/)
  expect(other).not.toBe(one)
})

test('a policy that a caller sends lends its nonce to nothing', async ({ request, world }) => {
  const headers = { 'content-security-policy': "script-src 'nonce-mine'", 'x-nonce': 'mine' }
  for (const path of ['/', '/buy', '/sign-in', '/activity']) {
    const answer = await request.get(`${world.app}${path}`, { headers })
    expect(answer.headers()['content-security-policy']).not.toContain('mine')
    expect(await answer.text()).not.toContain('nonce="mine"')
  }
})

test('reports are taken, bounded, and answered with nothing', async ({ request, world }) => {
  const send = (data: string) =>
    request.post(`${world.app}/api/csp-reports`, { headers: { 'content-type': 'application/csp-report' }, data })
  expect((await send(JSON.stringify({ 'csp-report': { 'document-uri': world.app } }))).status()).toBe(204)
  expect((await send('no report at all')).status()).toBe(204)
  expect((await send('x'.repeat(16_385))).status()).toBe(413)
})
