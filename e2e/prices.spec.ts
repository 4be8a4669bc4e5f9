import type postgres from 'postgres'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { expectProblem, postSession, purchase, readSession, waitForStatus } from '#e2e/support/api.ts'
import { chooseAmount, openCheckout, pasteAddress, payByCard } from '#e2e/support/buy.ts'
import { expect, test } from '#e2e/support/test.ts'

const newAddress = () => privateKeyToAccount(generatePrivateKey()).address

test('a purchase shows the price it stands on, from the quote to the receipt', async ({ page, world }) => {
  await chooseAmount(page, { asset: 'MUSD', amount: '25' })
  await page.goBack()
  const quoted = page.getByRole('form', { name: 'Buy stablecoins' })
  await expect(quoted.getByText('Market price')).toBeVisible()
  await expect(quoted.getByText(/^\$(0\.9|1\.0)\d+, (less than a minute|\d+ minutes?) ago$/)).toBeVisible()
  await page.goForward()
  await pasteAddress(page, newAddress())
  const made = await openCheckout(page)
  await payByCard(page)
  const { receiptUrl, quote } = await waitForStatus(world, made, 'delivered')
  const { raw, at, settlement } = quote.rate

  await page.goto(receiptUrl ?? '')
  await expect(page.getByText(/^Verified/)).toBeVisible()
  const paper = page.getByRole('article')
  await page.emulateMedia({ media: 'print' })
  for (const text of [`$${raw}`, `$${settlement?.raw} each`, `${settlement?.amount} USDC taken at`, 'CoinGecko']) {
    await expect(paper.getByText(text).first()).toBeVisible()
  }
  await expect(paper.locator(`time[datetime="${at}"]`)).toBeVisible()
})

test.describe('while the feed stands still', () => {
  test.use({ expectedConsole: /status of 503/ })

  /** As if nothing had been read of MUSD in euros for so long. Resolves to what brings it back. */
  async function standStill(db: postgres.Sql, minutes: number): Promise<() => Promise<void>> {
    const [newest] = await db`
      select * from public.rate_ticks where asset = 'MUSD' and currency = 'EUR' and origin = 'feed' order by at desc limit 1`
    if (!newest) throw new Error('No price of MUSD in EUR was ever read.')
    const write = (observedAt: postgres.Fragment) =>
      db.begin((sql) => [
        // Only their owner can do this: it turns the triggers off that keep ticks as they were written.
        sql`set local session_replication_role = replica`,
        sql`delete from public.rate_ticks where asset = 'MUSD' and currency = 'EUR' and at > now() - interval '1 hour'`,
        sql`insert into public.rate_ticks (asset, currency, at, price, spread_basis_points, sources, observed_at, origin)
          values ('MUSD', 'EUR', date_bin('10 minutes', ${observedAt}, timestamptz 'epoch'), ${newest.price}, 0, ${newest.sources}, ${observedAt}, 'feed')`,
      ])
    await write(db`now() - make_interval(mins => ${minutes})`)
    return async () => {
      await write(db`now()`)
    }
  }

  test('nothing is sold: the checkout says why, and goes on by itself', async ({ page, world, db }) => {
    const goOn = await standStill(db, 23)
    try {
      await page.goto('/buy')
      await page.getByRole('radio', { name: 'MUSD' }).check()
      await page.getByRole('radio', { name: 'EUR' }).check()
      const why = page.getByText('The last price of MUSD in EUR is 23 minutes old.')
      await expect(why).toBeVisible()
      const refusal = await postSession(world, purchase({ sourceCurrency: 'EUR' }))
      expect(refusal.headers.get('retry-after')).toBe('60')
      await expectProblem(refusal, { status: 503, code: 'rate_stale' })

      await goOn()
      await expect(page.getByText(/every fee included/)).toBeVisible({ timeout: 30_000 })
      await expect(why).toBeHidden()
    } finally {
      await goOn()
    }
  })

  test('what was agreed before goes on', async ({ page, world, db }) => {
    await page.goto('/buy')
    await page.getByRole('radio', { name: 'MUSD' }).check()
    await page.getByRole('radio', { name: 'EUR' }).check()
    await page.getByRole('button', { name: 'Choose a wallet' }).click()
    await pasteAddress(page, newAddress())
    const made = await openCheckout(page)
    const goOn = await standStill(db, 30)
    try {
      await payByCard(page)
      await waitForStatus(world, made, 'delivered')
      expect((await readSession(world, made)).deliveredAmount).not.toBeNull()
    } finally {
      await goOn()
    }
  })
})
