import { documented } from '#e2e/support/documented.ts'
import { signInByPassword } from '#e2e/support/people.ts'
import { expect, test } from '#e2e/support/test.ts'

test('an operator has forecasts made, once a minute, and anybody reads them with their record', async ({
  page,
  world,
  db,
}) => {
  await db`update private.forecast_orders set at = at - interval '1 hour'`
  const [before] = await db`select coalesce(max(id), 0) as id from public.audit_log`
  await signInByPassword(page, world.operator, '/operate/rates')
  const ask = page.getByRole('button', { name: 'Forecast now' })
  await ask.click()
  const dialog = page.getByRole('dialog', { name: 'Make the forecasts now?' })
  await expect(dialog).toContainText('No quote stands on a forecast')
  await dialog.getByRole('button', { name: 'Make them' }).press('Enter')
  await expect(page.getByText('Forecasts are being made').first()).toBeVisible()

  await ask.click()
  await dialog.getByRole('button', { name: 'Make them' }).press('Enter')
  await expect(dialog).toContainText('less than a minute ago')
  await page.keyboard.press('Escape')
  expect(await db`select action, actor from public.audit_log where id > ${before?.id} and subject = 'all'`).toEqual([
    { action: 'rates.forecast', actor: expect.stringMatching(/^account:/) },
  ])

  const row = page.getByRole('region', { name: 'Forecasts' }).getByRole('row').filter({ hasText: 'USDC in USD' })
  await expect(row).toContainText(/the model|the last price|neither/, { timeout: 90_000 })
  const expectDocumented = await documented(world)
  await expectDocumented(
    'getRateForecast',
    await fetch(`${world.app}/api/v1/rates/forecast?base=USDC&quote=USD`, {
      headers: { origin: 'https://elsewhere.example' },
    }),
  )
})
