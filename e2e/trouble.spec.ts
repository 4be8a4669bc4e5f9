import type { Address } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { createSession, readSession, stripeSessionId, waitForStatus } from '#e2e/support/api.ts'
import { chooseAmount, openCheckout, pasteAddress, payByCard } from '#e2e/support/buy.ts'
import { emptyTreasury, moveMusd, tokenBalance } from '#e2e/support/chain.ts'
import { clearFaults, payByMachine, setFaults } from '#e2e/support/stripe.ts'
import { expect, test } from '#e2e/support/test.ts'
import { passTime } from '#e2e/support/time.ts'

const newAddress = (): Address => privateKeyToAccount(generatePrivateKey()).address

test.afterEach(({ world }) => clearFaults(world))

test('a declined card charges nothing, and another card pays', async ({ page, world }) => {
  const address = newAddress()
  await chooseAmount(page, { asset: 'MUSD', amount: '10' })
  await pasteAddress(page, address)
  const session = await openCheckout(page)
  await payByCard(page, '4000 0000 0000 0002')
  await expect(page.getByRole('alert')).toContainText('Your card was declined. Nothing was charged.')
  expect((await readSession(world, session)).status).toBe('awaiting_payment')

  await payByCard(page)
  await waitForStatus(world, session, 'delivered')
  expect(await tokenBalance(world, 'MUSD', address)).toBeGreaterThan(0n)
})

test('a purchase that Stripe rejects says that nothing was bought', async ({ page, world }) => {
  const address = newAddress()
  await chooseAmount(page, { asset: 'MUSD', amount: '10' })
  await pasteAddress(page, address)
  const session = await openCheckout(page)
  await payByCard(page, '4100 0000 0000 0019')
  await expect(page.getByText(/identity check refused/i).first()).toBeVisible()
  await page.goto(`/pay/${session.id}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Nothing was bought')
  await expect(page.getByRole('link', { name: 'Start again' })).toBeVisible()
  const { transfers } = await readSession(world, session)
  expect(transfers).toEqual([])
})

test('webhooks that come twice and out of order deliver once', async ({ world, db }) => {
  const address = newAddress()
  await setFaults(world, { duplicate: 2, reorder: true })
  const session = await createSession(world, { walletAddress: address })
  await payByMachine(world, await stripeSessionId(db, session.id))
  const { events, transfers, quote, deliveredAmount } = await waitForStatus(world, session, 'delivered')

  expect(events.map(({ to }) => to).slice(-2)).toEqual(['delivering', 'delivered'])
  expect(new Set(events.map(({ to }) => to)).size).toBe(events.length)
  expect(transfers.map(({ kind }) => kind).sort()).toEqual(['stripe_payout', 'treasury_delivery'])
  expect(deliveredAmount).toBe(quote.destinationAmount)
  const units = BigInt(quote.destinationAmount.replace('.', '').padEnd(quote.destinationAmount.indexOf('.') + 18, '0'))
  expect(await tokenBalance(world, 'MUSD', address)).toBe(units)

  const stored = await db`select deliveries from public.webhook_events
    where convert_from(body, 'utf8') like ${`%${await stripeSessionId(db, session.id)}%`}`
  expect(stored.length).toBeGreaterThan(0)
  await expect
    .poll(async () => {
      const [row] = await db`select min(deliveries)::int as least from public.webhook_events
        where convert_from(body, 'utf8') like ${`%${await stripeSessionId(db, session.id)}%`}`
      return row?.least
    })
    .toBeGreaterThan(1)
})

test('a purchase whose webhooks are all lost is found by asking Stripe', async ({ world, db }) => {
  await setFaults(world, { drop: true })
  const session = await createSession(world, { walletAddress: newAddress(), asset: 'USDC' })
  const stripeId = await stripeSessionId(db, session.id)
  await payByMachine(world, stripeId)
  await expect
    .poll(
      async () => {
        await passTime(world, db, session.id, 'reconcile')
        return (await readSession(world, session)).status
      },
      { timeout: 60_000 },
    )
    .toBe('delivered')
})

test('a treasury that holds too little keeps the buyer informed and delivers after a top-up', async ({
  page,
  world,
  db,
}) => {
  const address = newAddress()
  const vault = newAddress()
  const held = await emptyTreasury(world, vault)
  try {
    const session = await createSession(world, { walletAddress: address })
    await page.goto(`/pay/${session.id}#${session.secret}`)
    await payByMachine(world, await stripeSessionId(db, session.id))
    await expect(page.getByRole('heading', { level: 1 })).toContainText(
      'Your payment is safe. Our treasury holds too little MUSD',
    )
    expect(await readSession(world, session)).toMatchObject({
      status: 'needs_attention',
      attention: { code: 'treasury_short' },
    })

    await moveMusd(world, vault, world.treasury.address, held)
    await passTime(world, db, session.id)
    await expect(page.getByRole('heading', { level: 1 })).toContainText('MUSD are in your wallet')
    expect(await tokenBalance(world, 'MUSD', address)).toBeGreaterThan(0n)
  } finally {
    const left = await tokenBalance(world, 'MUSD', vault)
    if (left > 0n) await moveMusd(world, vault, world.treasury.address, left)
  }
})
