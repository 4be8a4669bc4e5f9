import type postgres from 'postgres'
import { signInByPassword } from '#e2e/support/people.ts'
import { expect, test } from '#e2e/support/test.ts'
import type { World } from '#e2e/support/world.ts'

/** What the audit log has of a pair, newest last. */
const audit = (db: postgres.Sql, pair: string) =>
  db`select action, actor, detail from public.audit_log where subject = ${pair} order by id`
const byAnOperator = expect.stringMatching(/^account:/)

const quoteOf = async (world: World, pair: string) => {
  const answer = await fetch(`${world.app}/api/v1/rates/quote?${pair}&amount=10`)
  return (await answer.json()) as { raw: string; price: string; markup: { absolute: string; basisPoints: number } }
}

test('an operator changes a markup, sees before what it comes to, and quotes follow', async ({ page, world, db }) => {
  const [policy] = await db`select * from public.rate_policies where asset = 'ETH' and currency = 'INR'`
  try {
    await signInByPassword(page, world.operator, '/operate/rates')
    const row = page
      .getByRole('region', { name: 'Prices', exact: true })
      .getByRole('row')
      .filter({ hasText: 'ETH in INR' })
    await expect(row).toContainText('Given')
    await row.getByRole('button', { name: 'Change ETH in INR' }).click()
    const dialog = page.getByRole('dialog')
    const save = dialog.getByRole('button', { name: 'Quote so from now on' })
    await expect(save).toBeDisabled()
    await dialog.getByLabel('On each ETH, in INR').fill('99999999')
    await save.click()
    await expect(dialog).toContainText('more than a tenth of what one ETH costs')
    await dialog.getByLabel('On each ETH, in INR').fill('25.5')
    await dialog.getByLabel('And basis points of the price').fill('40')
    const [was, then] = await dialog
      .locator('dl data')
      .evaluateAll((all) => all.slice(1).map((each) => Number(each.getAttribute('value')?.split(' ')[0])))
    expect(then).toBeGreaterThan(was ?? 0)
    await save.press('Enter')
    await expect(page.getByText('The markup is changed').first()).toBeVisible()
    await expect(row).toContainText('25.5 INR and 0.40%')
    expect((await audit(db, 'ETH/INR')).at(-1)).toMatchObject({
      action: 'rates.set_policy',
      actor: byAnOperator,
      detail: { to: { markupAbsolute: '25.5', markupBasisPoints: 40 } },
    })
    // The edge may keep an answer for a while; what it makes next has the new markup.
    await expect
      .poll(async () => (await quoteOf(world, 'base=ETH&quote=INR')).markup, { timeout: 60_000 })
      .toMatchObject({ absolute: '25.5', basisPoints: 40 })
  } finally {
    await db`update public.rate_policies set markup_absolute = ${policy?.markup_absolute},
      markup_basis_points = ${policy?.markup_basis_points} where asset = 'ETH' and currency = 'INR'`
  }
})

/** As if nothing had been read of BDX in euros since: so that the feed reads it now. */
async function forgetNewest(db: postgres.Sql): Promise<void> {
  await db.begin((sql) => [
    // Only their owner can do this: it turns the triggers off that keep prices as they were written.
    sql`set local session_replication_role = replica`,
    sql`delete from public.rate_ticks where asset = 'BDX' and currency = 'EUR' and at > now() - interval '20 minutes'`,
    sql`delete from public.rate_readings where asset = 'BDX' and currency = 'EUR' and at > now() - interval '20 minutes'`,
    sql`delete from public.rate_hours where asset = 'BDX' and currency = 'EUR' and at > now() - interval '2 hours'`,
    sql`delete from public.rate_days where asset = 'BDX' and currency = 'EUR' and at > now() - interval '2 days'`,
    sql`select private.roll_up_rates('BDX', 'EUR', now() - interval '2 days', now())`,
    sql`select private.add_job('read_rates', '{}', 'read_rates')`,
  ])
}

test('a price that jumps is held, and is the price once an operator says how they know', async ({
  page,
  world,
  db,
}) => {
  await signInByPassword(page, world.operator, '/operate/rates')
  const prices = page
    .getByRole('region', { name: 'Prices', exact: true })
    .getByRole('row')
    .filter({ hasText: 'BDX in EUR' })
  await expect(prices).toContainText('Given')
  try {
    const spike = { source: 'coingecko', spike: { coin: 'beldex', factor: 2 }, times: 1 }
    await fetch(`${world.prices.url}/sandbox/prices`, { method: 'POST', body: JSON.stringify(spike) })
    await forgetNewest(db)
    const held = page.getByRole('region', { name: 'Held prices' }).getByRole('row').filter({ hasText: 'BDX in EUR' })
    await expect(held).toContainText('far from the price before', { timeout: 30_000 })
    await expect(prices).toContainText('None: too old')
    await expect(page.getByText('BDX in EUR: there is no price from the last 15 minutes')).toBeVisible()

    await held.getByRole('button', { name: 'Accept' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('How do you know?').fill('Two exchanges trade it at that.')
    await dialog.getByRole('button', { name: 'Accept it as the price' }).press('Enter')
    await expect(page.getByText('It is the price').first()).toBeVisible()
    await expect(prices).toContainText('Given')
    await expect(held.getByRole('button', { name: 'Accept' })).toHaveCount(0)
    expect((await audit(db, 'BDX/EUR')).at(-1)).toMatchObject({
      action: 'rates.accept',
      actor: byAnOperator,
      detail: { source: 'coingecko', heldBecause: 'jump', note: 'Two exchanges trade it at that.' },
    })
  } finally {
    await fetch(`${world.prices.url}/sandbox/prices`, { method: 'DELETE' })
    await forgetNewest(db)
  }
})
