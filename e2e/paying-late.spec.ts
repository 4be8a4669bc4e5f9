import { createSession, readSession, stripeSessionId, waitForStatus } from '#e2e/support/api.ts'
import { payByMachine } from '#e2e/support/stripe.ts'
import { expect, test } from '#e2e/support/test.ts'
import { passTime } from '#e2e/support/time.ts'

test('a payment that comes after its time is told to the buyer, whose page has stayed open', async ({
  page,
  world,
  db,
}) => {
  const session = await createSession(world)
  await page.goto(`/pay/${session.id}#${session.secret}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Stripe is waiting for your payment')

  await db`update public.onramp_sessions set expires_at = now() - interval '2 minutes' where id = ${session.id}`
  await passTime(world, db, session.id)
  await waitForStatus(world, session, 'expired')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('no payment has reached us')
  await expect(page.getByRole('link', { name: 'Start again' })).toBeVisible()

  await payByMachine(world, await stripeSessionId(db, session.id))
  await expect(page.getByRole('heading', { level: 1 })).toContainText('after this payment’s time had run out', {
    timeout: 40_000,
  })
  await expect(page.getByText('You need not pay again')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Start again' })).toHaveCount(0)
  expect(await readSession(world, session)).toMatchObject({ status: 'expired', paidAfterExpiry: true })
})
