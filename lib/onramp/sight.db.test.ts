import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { getOnrampSession } from '#lib/onramp/get.ts'
import { listOnrampSessions } from '#lib/onramp/list.ts'
import { alice, bob, guest, introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import {
  begin,
  bury,
  fund,
  musd,
  openCheckout,
  type Session,
  send,
  treasury,
  treasuryHolds,
} from '#supabase/tests/support/purchase.ts'

// What the app shows of a purchase, and to whom. A purchase that is not yours does not exist.

const { adminSql } = await testDatabase()

beforeAll(async () => {
  await introduceCast(adminSql)
  await treasuryHolds(10n ** 24n, 1)
})

describe('one session', () => {
  test('tells its course, its transfers and its receipt, with the secret only in the link of its holder', async () => {
    const session = await fund({ actor: alice })
    await bury(await send(session), { amount: musd, from: treasury })
    const [hers, byLink] = await Promise.all(
      [alice, guest(session.secret)].map((actor) => getOnrampSession({ actor, id: session.id })),
    )
    expect(hers).toMatchObject({
      status: 'delivered',
      deliveredAmount: '24.875',
      checkoutUrl: null,
      attention: null,
      transfers: [{ kind: 'stripe_payout' }, { kind: 'treasury_delivery' }],
      events: ['created', 'awaiting_payment', 'processing', 'funded', 'delivering', 'delivered'].map((to) => ({ to })),
    })
    expect(hers?.receiptUrl).toMatch(/\/receipts\/[0-9a-f-]{36}$/)
    expect(byLink?.receiptUrl).toBe(`${hers?.receiptUrl}#${session.secret}`)
  })

  test('has an address to pay at only while it waits for the payment', async () => {
    const session = await begin()
    const look = async () => (await getOnrampSession({ actor: guest(session.secret), id: session.id })).checkoutUrl
    expect(await look()).toBeNull()
    await openCheckout(session)
    expect(await look()).toBe('https://stripe.test/pay')
    await adminSql`update public.onramp_sessions set expires_at = now() where id = ${session.id}`
    await adminSql`select app.expire_onramp_session(${session.id})`
    expect(await look()).toBeNull()
  })

  test('links to no transaction before it was sent', async () => {
    const session = await fund()
    const id = await send(session)
    const links = async () =>
      (await getOnrampSession({ actor: guest(session.secret), id: session.id })).transfers.map(
        ({ explorerUrl }) => explorerUrl !== null,
      )
    expect(await links()).toEqual([true, true])
    const unsent = await fund()
    await adminSql`select app.start_onramp_delivery(${unsent.id}, ${treasury}, 0, 3)`
    const seen = await getOnrampSession({ actor: guest(unsent.secret), id: unsent.id })
    expect(seen.transfers.map(({ explorerUrl }) => explorerUrl !== null)).toEqual([true, false])
    await bury(id, { amount: musd, from: treasury })
  })

  test('of another does not exist', async () => {
    const [hers, his] = [await begin({ actor: alice }), await begin({ actor: bob })]
    for (const actor of [bob, guest(), guest(his.secret), guest('x')]) {
      await expect(getOnrampSession({ actor, id: hers.id })).rejects.toMatchObject({ status: 404, code: 'not_found' })
    }
    for (const id of [randomUUID(), '', `${hers.id}' or true --`]) {
      await expect(getOnrampSession({ actor: alice, id })).rejects.toMatchObject({ status: 404 })
    }
    expect((await getOnrampSession({ actor: olga, id: hers.id })).id).toBe(hers.id)
  })
})

describe('a list', () => {
  const ids = (items: { id: string }[]) => items.map(({ id }) => id)

  test('is one’s own, newest first, each once over all its pages, also for an operator', async () => {
    await adminSql`delete from auth.users where id = ${bob.userId}`
    await adminSql`insert into auth.users (id, email) values (${bob.userId}, 'again@causeway.test')`
    const made: Session[] = []
    for (let index = 0; index < 5; index += 1) made.push(await begin({ actor: bob }))
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listOnrampSessions({ actor: bob, limit: 2, ...(cursor === undefined ? {} : { cursor }) })
      seen.push(...ids(page.items))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(seen).toEqual(made.map(({ id }) => id).reverse())
    expect((await listOnrampSessions({ actor: olga })).items).toEqual([])
    await expect(listOnrampSessions({ actor: guest() })).rejects.toMatchObject({ status: 401 })
  })
})
