import { createHash, randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#lib/auth/actor.ts'
import { adoptOnrampSession } from '#lib/onramp/adopt.ts'
import { alice, bob, guest, introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { begin, read, type Session } from '#supabase/tests/support/purchase.ts'
import { connectionsWaitForALock, hold } from '#supabase/tests/support/waits.ts'

const { adminSql, as, url } = await testDatabase()

beforeAll(() => introduceCast(adminSql))

const adopt = (actor: Actor, { id, secret }: Pick<Session, 'id' | 'secret'>) =>
  adoptOnrampSession({ actor, id, secret })
const owner = async (session: Session): Promise<string | null> => (await read(session)).owner_id

describe('a guest’s session', () => {
  test('becomes the account’s by its secret, and its link keeps working', async () => {
    const session = await begin()
    await adopt(alice, session)
    expect(await owner(session)).toBe(alice.userId)
    const seen = await Promise.all(
      [alice, guest(session.secret)].map((actor) => as(actor)((sql) => sql`select id from public.onramp_sessions`)),
    )
    expect(seen).toEqual([[{ id: session.id }], [{ id: session.id }]])
  })

  test('can be adopted again by the same account, which changes nothing', async () => {
    const session = await begin()
    await adopt(alice, session)
    const before = await read(session)
    await adopt(alice, session)
    expect(await read(session)).toEqual(before)
  })

  test('adopted by two at once belongs to the first, and the other is told that it does not exist', async () => {
    const session = await begin()
    const hash = createHash('sha256').update(session.secret).digest()
    const first = await hold(url, alice, (sql) => sql`select app.adopt_onramp_session(${session.id}, ${hash})`)
    const second = adopt(bob, session).catch((error: unknown) => error)
    await connectionsWaitForALock(adminSql)
    await first.commit()
    expect(await second).toMatchObject({ status: 404 })
    expect(await owner(session)).toBe(alice.userId)
  })
})

describe('nobody adopts', () => {
  test('with a wrong secret', async () => {
    const session = await begin()
    await expect(adopt(alice, { id: session.id, secret: `${session.secret}x` })).rejects.toMatchObject({ status: 404 })
    expect(await owner(session)).toBeNull()
  })

  test('with another session’s secret', async () => {
    const [session, other] = [await begin(), await begin()]
    await expect(adopt(alice, { id: session.id, secret: other.secret })).rejects.toMatchObject({ status: 404 })
    expect(await owner(session)).toBeNull()
  })

  test('what another account bought, also with its secret, also as an operator', async () => {
    const session = await begin({ actor: bob })
    for (const actor of [alice, olga]) await expect(adopt(actor, session)).rejects.toMatchObject({ status: 404 })
    expect(await owner(session)).toBe(bob.userId)
  })

  test('what does not exist, or has no id at all', async () => {
    for (const id of [randomUUID(), 'none', `${randomUUID()}'`]) {
      await expect(adopt(alice, { id, secret: 'x' })).rejects.toMatchObject({ status: 404, code: 'not_found' })
    }
  })

  test('without signing in', async () => {
    const session = await begin()
    await expect(adopt(guest(session.secret), session)).rejects.toMatchObject({ status: 401 })
    expect(await owner(session)).toBeNull()
  })
})
