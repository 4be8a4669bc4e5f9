import { randomBytes, randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { cancelRateAlert } from '#lib/rates/alerts/cancel.ts'
import { getRateAlert } from '#lib/rates/alerts/get.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { arm, newReader } from '#supabase/tests/support/price-alerts.ts'
import { feedSays, forgetRates, tick } from '#supabase/tests/support/rates.ts'
import { connectionsWaitForALock, hold, holdAsOwner } from '#supabase/tests/support/waits.ts'

// A price that reaches a line triggers its alert: once, and whatever else happens at that moment.

const { adminSql, as, url, adminUrl } = await testDatabase()
process.env.SMTP_URL = 'smtp://127.0.0.1:1'
process.env.ALERT_EMAIL_TO = 'on-call@causeway.test'

const pair = { asset: 'BTC', currency: 'USD' } as const
const minutes = (count: number) => new Date(Date.now() + count * 60_000)
const reader = await newReader(adminSql)

/** Each test begins with a price of 90, which was read two minutes ago, and no alert that waits. */
beforeEach(async () => {
  await adminSql.begin((tx) => [
    tx`set local session_replication_role = replica`,
    tx`delete from public.rate_alert_events`,
    tx`delete from public.rate_alerts`,
    tx`delete from graphile_worker._private_jobs`,
  ])
  await forgetRates(adminSql)
  await tick(adminSql, { ...pair, price: '90', at: minutes(-12) })
})

const statusOf = async (id: string): Promise<string> => (await getRateAlert(reader, id)).status
const jobsOf = (id: string) => adminSql`select key from graphile_worker.jobs where key like ${`rate_alert:${id}:%`}`
const isTriggeredOnce = async (id: string): Promise<void> => {
  expect(
    await adminSql`select actor from public.rate_alert_events where alert_id = ${id} and to_status = 'triggered'`,
  ).toHaveLength(1)
  expect(await jobsOf(id)).toEqual([{ key: `rate_alert:${id}:1` }])
}

describe('a price', () => {
  test('that the feed reads triggers what it reaches, in the same transaction, and says with which price', async () => {
    const { id } = await arm(reader)
    const at = minutes(0)
    await feedSays({ ...pair, price: '100.5', at })
    expect(await getRateAlert(reader, id)).toMatchObject({
      status: 'triggered',
      reached: { price: '100.5', at: at.toISOString() },
      events: [
        { from: null, to: 'armed', actor: 'account' },
        { from: 'armed', to: 'triggered', actor: 'worker' },
      ],
    })
    await isTriggeredOnce(id)
  })

  test.each([
    ['rises_to', '100', '100', 'triggered'],
    ['rises_to', '100', '100.000000000000000000000001', 'triggered'],
    ['rises_to', '100', '99.999999999999999999999999', 'armed'],
    ['falls_to', '80', '80', 'triggered'],
    ['falls_to', '80', '79.999999999999999999999999', 'triggered'],
    ['falls_to', '80', '80.000000000000000000000001', 'armed'],
  ] as const)('an alert that %s %s, at %s, is %s', async (direction, line, price, status) => {
    const { id } = await arm(reader, { direction, price: line })
    await tick(adminSql, { ...pair, price })
    expect(await statusOf(id)).toBe(status)
  })

  test('of another pair triggers nothing', async () => {
    const { id } = await arm(reader)
    await tick(adminSql, { ...pair, currency: 'EUR', price: '200' })
    await tick(adminSql, { ...pair, asset: 'ETH', price: '200' })
    expect(await statusOf(id)).toBe('armed')
  })

  test('that is filled in afterwards, or was old when it came, triggers nothing', async () => {
    const { id } = await arm(reader)
    await tick(adminSql, { ...pair, price: '200', origin: 'history' })
    await tick(adminSql, { ...pair, price: '200', at: minutes(-31) })
    expect(await statusOf(id)).toBe('armed')
  })

  test('that held before the one an alert was compared with triggers nothing', async () => {
    await tick(adminSql, { ...pair, price: '91' })
    const { id } = await arm(reader)
    await adminSql.begin((tx) => [
      tx`set local session_replication_role = replica`,
      tx`delete from public.rate_ticks where price = 90`,
    ])
    await tick(adminSql, { ...pair, price: '200', at: minutes(-11) })
    expect(await statusOf(id)).toBe('armed')
  })

  test('that goes away and comes back triggers it no second time', async () => {
    const { id } = await arm(reader)
    for (const [step, price] of ['101', '95', '102', '103'].entries()) {
      await tick(adminSql, { ...pair, price, at: minutes(step * 10) })
    }
    expect((await getRateAlert(reader, id)).reached?.price).toBe('101')
    await isTriggeredOnce(id)
  })

  test('that is undone triggers nothing: what is told was written', async () => {
    const { id } = await arm(reader)
    await adminSql
      .begin(async (tx) => {
        await tick(tx as never, { ...pair, price: '101' })
        throw new Error('undone')
      })
      .catch(() => {})
    expect(await statusOf(id)).toBe('armed')
    expect(await jobsOf(id)).toEqual([])
  })
})

describe('at the same moment', () => {
  test('eight prices trigger an alert once', async () => {
    const { id } = await arm(reader)
    const ticks = Array.from({ length: 8 }, (_, step) =>
      tick(adminSql, { ...pair, price: `10${step}`, at: minutes(step * 10) }),
    )
    await Promise.all(ticks)
    await isTriggeredOnce(id)
  })

  test('prices of all pairs and many alerts never wait for each other in a circle', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, (_, step) => arm(reader, { price: String(100 + step) })))
    await Promise.all([1, 2, 3, 4].map((step) => tick(adminSql, { ...pair, price: '200', at: minutes(step * 10) })))
    for (const { id } of ids) await isTriggeredOnce(id)
  })

  test('an alert that is being made waits for a price that is being written, and is then refused', async () => {
    const writing = await holdAsOwner(adminUrl, (sql) => tick(sql, { ...pair, price: '101' }))
    const making = arm(reader).catch((error: unknown) => error)
    await connectionsWaitForALock(adminSql)
    await writing.commit()
    expect(await making).toMatchObject({
      status: 422,
      code: 'rate_reached',
      detail: expect.stringContaining('101 USD'),
    })
  })

  test('a price that is being written waits for an alert that is being made, and then triggers it', async () => {
    const making = await hold(
      url,
      reader,
      (sql) =>
        sql`select app.create_rate_alert(${randomUUID()}, ${randomBytes(32)}, 'BTC', 'USD', 'rises_to', '100', 'email', null, null)`,
    )
    const writing = tick(adminSql, { ...pair, price: '101' })
    await connectionsWaitForALock(adminSql)
    await making.commit()
    await writing
    const [alert] = await adminSql`select id, status from public.rate_alerts`
    expect(alert?.status).toBe('triggered')
    await isTriggeredOnce(alert?.id)
  })

  test('many are made and many prices written: each alert is refused or triggered, and none is overlooked', async () => {
    const lines = Array.from({ length: 12 }, (_, step) => String(91 + step))
    const made = lines.map((price) =>
      arm(reader, { price }).then(
        ({ id }) => id,
        () => null,
      ),
    )
    const written = [1, 2, 3].map((step) => tick(adminSql, { ...pair, price: '150', at: minutes(step * 10) }))
    const [ids] = await Promise.all([Promise.all(made), Promise.all(written)])
    for (const id of ids) if (id) await isTriggeredOnce(id)
  })

  test('an alert that its person ends is either ended or triggered, never both', async () => {
    for (let round = 1; round <= 10; round += 1) {
      const { id } = await arm(reader)
      const [ended] = await Promise.all([
        cancelRateAlert(reader, id).then(
          () => true,
          () => false,
        ),
        tick(adminSql, { ...pair, price: '101', at: minutes(round * 10) }),
      ])
      expect(await statusOf(id)).toBe(ended ? 'cancelled' : 'triggered')
      expect(await jobsOf(id)).toHaveLength(ended ? 0 : 1)
      await tick(adminSql, { ...pair, price: '90', at: minutes(100 + round * 10) })
    }
  })
})

test('a thousand alerts are triggered by one price within a second', async () => {
  const ids = Array.from({ length: 1000 }, () => randomUUID())
  const rows = ids.map((id) => ({
    id,
    account_id: reader.userId,
    asset: 'BTC',
    currency: 'USD',
    direction: 'rises_to',
    price: '100',
    compared_at: minutes(-5),
    channel: 'email',
  }))
  await adminSql`insert into public.rate_alerts ${adminSql(rows)}`
  const start = performance.now()
  await tick(adminSql, { ...pair, price: '101' })
  const took = performance.now() - start
  expect(await as(reader)((sql) => sql`select from public.rate_alerts where status = 'triggered'`)).toHaveLength(1000)
  expect(took).toBeLessThan(1000)
})
