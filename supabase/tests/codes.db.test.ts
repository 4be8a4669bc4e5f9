import { randomBytes, randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import type { PersonActor } from '#lib/auth/actor.ts'
import { Problem } from '#lib/http/problem.ts'
import { alice, introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { buyPass, issueCode, movePassOrder, newGuest } from '#supabase/tests/support/passes.ts'
import { connectionsWaitForALock, hold } from '#supabase/tests/support/waits.ts'

// Codes by which friends get in: as many as it says, each person once, and nobody by one that is over.

const { adminSql, url, as } = await testDatabase()
await introduceCast(adminSql)

let owner: PersonActor
let order: string
let hash: Buffer
beforeEach(async () => {
  owner = await newGuest(adminSql)
  order = await buyPass(adminSql, owner)
  hash = await issueCode(owner)
})

const redeem = (person: PersonActor, code = hash) => as(person)((sql) => sql`select app.redeem_code(${code}) as pass`)
const outcome = (work: Promise<unknown>) =>
  work.then(
    () => 'in',
    (error: unknown) => (error instanceof Problem ? error.code : error),
  )
const codesOf = async (person: PersonActor) =>
  (await as(person)((sql) => sql`select app.read_own_codes() as it`))[0]?.it
const used = async () => (await adminSql`select uses from public.invite_codes where hash = ${hash}`)[0]?.uses
const passesOf = async ({ userId }: PersonActor) =>
  (await adminSql`select count(*)::int from public.passes where owner_id = ${userId}`)[0]?.count
const end = (column: 'revoked_at' | 'expires_at') =>
  adminSql.begin(async (tx) => {
    // A guard keeps what a code is: the test ends its time behind it.
    await tx`alter table public.invite_codes disable trigger invite_codes_guard`
    await tx`update public.invite_codes set ${tx(column)} = now() - interval '1 second' where hash = ${hash}`
    await tx`alter table public.invite_codes enable trigger invite_codes_guard`
  })

describe('a code', () => {
  test('comes with a bought pass, once, however many ask for it at once', async () => {
    await Promise.all([1, 2, 3, 4].map(() => issueCode(owner)))
    const { codes, due } = await codesOf(owner)
    expect(codes).toMatchObject([{ status: 'open', uses: 0, maxUses: 4, redemptions: [] }])
    expect(due).toBeNull()
  })

  test('is made by one request after the other, of those that find it due at once', async () => {
    const other = await newGuest(adminSql)
    await buyPass(adminSql, other)
    const first = await hold(
      url,
      other,
      (sql) => sql`select app.issue_own_code(${randomBytes(32)}, ${Buffer.from('one')})`,
    )
    const second = issueCode(other)
    await connectionsWaitForALock(adminSql)
    await first.commit()
    await second
    expect((await codesOf(other)).codes).toHaveLength(1)
  })

  test('lets a friend in, and its owner sees who it was', async () => {
    const friend = await newGuest(adminSql)
    await as(friend)((sql) => sql`select app.set_profile('Grace')`)
    const [row] = await redeem(friend)
    expect(row?.pass).toMatchObject({ status: 'active', orderId: null })
    expect((await codesOf(owner)).codes).toMatchObject([{ uses: 1, redemptions: [{ name: 'Grace' }] }])
    const [holds] = await as(friend)((sql) => sql`select private.has_pass() as it`)
    expect(holds?.it).toBe(true)
  })

  test('of four uses lets four of twenty in who come at once', async () => {
    const friends = await Promise.all(Array.from({ length: 20 }, () => newGuest(adminSql)))
    const outcomes = await Promise.all(friends.map((friend) => outcome(redeem(friend))))
    expect(outcomes.toSorted()).toEqual([...Array(16).fill('code_exhausted'), ...Array(4).fill('in')])
    const counts = await Promise.all(friends.map(passesOf))
    expect(counts).toEqual(outcomes.map((it) => (it === 'in' ? 1 : 0)))
    expect(await used()).toBe(4)
  })

  test('lets a person who sends it twenty times at once in once', async () => {
    const friend = await newGuest(adminSql)
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcome(redeem(friend))))
    expect(outcomes.filter((it) => it === 'in')).toHaveLength(1)
    expect(new Set(outcomes)).toEqual(new Set(['in', 'code_used']))
    expect([await passesOf(friend), await used()]).toEqual([1, 1])
  })

  test('of a server that dies meanwhile is not used up, and lets the same friend in after', async () => {
    const friend = await newGuest(adminSql)
    await hold(url, friend, (sql) => sql`select app.redeem_code(${hash})`)
    const killed = await adminSql`
      select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`
    expect(killed).toHaveLength(1)
    expect([await passesOf(friend), await used()]).toEqual([0, 0])
    expect(await outcome(redeem(friend))).toBe('in')
    expect([await passesOf(friend), await used()]).toEqual([1, 1])
  })

  test('and another one, redeemed at once by the same person, give one pass', async () => {
    const other = await newGuest(adminSql)
    await buyPass(adminSql, other)
    const hashes = [hash, await issueCode(other)]
    const friend = await newGuest(adminSql)
    const outcomes = await Promise.all(hashes.map((code) => outcome(redeem(friend, code))))
    expect(outcomes.toSorted()).toEqual(['in', 'wrong_state'])
    expect(await passesOf(friend)).toBe(1)
  })
})

describe('nobody comes in, and nothing is used up', () => {
  const refused = async (code: string, person?: PersonActor, by = hash) => {
    const friend = person ?? (await newGuest(adminSql))
    const before = [await passesOf(friend), await used()]
    expect(await outcome(redeem(friend, by))).toBe(code)
    expect([await passesOf(friend), await used()]).toEqual(before)
  }

  test('by a code that is none', () => refused('not_found', undefined, randomBytes(32)))
  test('by their own', () => refused('code_own', owner))

  test('by one they used before, though their pass is over', async () => {
    const friend = await newGuest(adminSql)
    await redeem(friend)
    await adminSql`update public.passes set status = 'revoked' where owner_id = ${friend.userId}`
    await refused('code_used', friend)
  })

  test('who has a pass already', async () => {
    const rich = await newGuest(adminSql)
    await buyPass(adminSql, rich)
    await refused('wrong_state', rich)
  })

  test('by one whose time is over', async () => {
    await end('expires_at')
    await refused('code_expired')
  })

  test('by one that its owner revoked', async () => {
    const { codes } = await codesOf(owner)
    await as(owner)((sql) => sql`select app.revoke_code(${codes[0].id})`)
    await refused('code_revoked')
    expect((await codesOf(owner)).codes[0].status).toBe('revoked')
  })

  test('by one whose pass was paid back, until a dispute about it is won', async () => {
    const early = await newGuest(adminSql)
    await redeem(early)
    await movePassOrder(adminSql, order, 'disputed')
    await refused('code_revoked')
    expect(await passesOf(early)).toBe(1)
    await movePassOrder(adminSql, order, 'paid')
    expect(await outcome(redeem(await newGuest(adminSql)))).toBe('in')
  })

  test('who is suspended', async () => {
    const friend = await newGuest(adminSql)
    await adminSql`insert into public.suspensions (account_id, because) values (${friend.userId}, 'operator')`
    await refused('suspended', friend)
  })

  test('who is nobody, or an agent', async () => {
    for (const actor of [{ role: 'anon' } as const, { role: 'agent', apiKey: 'cw_none' } as const]) {
      await expect(as(actor)((sql) => sql`select app.redeem_code(${hash})`)).rejects.toThrow('permission denied')
    }
  })
})

describe('whoever came by a code', () => {
  let friend: PersonActor
  beforeEach(async () => {
    friend = await newGuest(adminSql)
    await redeem(friend)
  })

  const call = async (seconds: number) => {
    const [row] = await adminSql`
      with i as (
        insert into public.invitations (inviter_id, invitee_id, seconds, deadline, status, answered_seconds, ended_at)
        values (${friend.userId}, ${owner.userId}, 60, now(), 'pending', null, null) returning id
      ), c as (
        insert into public.calls (invitation_id, seconds, connect_by) select id, 60, now() from i returning id
      ), m as (
        insert into public.call_members (call_id, account_id, polite, live)
        select c.id, p.id, p.polite, false from c, (values (${friend.userId}::uuid, true), (${owner.userId}, false)) p (id, polite)
      )
      select (select id from c) as call, (select id from i) as invitation`
    const [start, at] = [new Date(Date.now() - seconds * 1000), new Date()]
    await adminSql`update public.invitations set status = 'withdrawn', ended_at = now() where id = ${row?.invitation}`
    await adminSql`update public.calls set status = 'live', started_at = ${start}, ends_at = ${start}::timestamptz + interval '60 seconds' where id = ${row?.call}`
    await adminSql`update public.calls set status = 'ended', ended_at = ${at}, end_reason = 'left' where id = ${row?.call}`
    await adminSql`select private.call_counted(${row?.call}), private.call_counted(${row?.call})`
  }

  test('gets one of their own after four calls of half a minute, and not before', async () => {
    for (const seconds of [30, 45, 29, 59]) await call(seconds)
    await issueCode(friend)
    expect(await codesOf(friend)).toMatchObject({ codes: [], due: null, callsCounted: 3, callsNeeded: 4 })
    await call(31)
    expect((await codesOf(friend)).due).not.toBeNull()
    await issueCode(friend)
    await issueCode(friend)
    expect(await codesOf(friend)).toMatchObject({ codes: [{ status: 'open', maxUses: 4 }], due: null, callsCounted: 4 })
  })
})

describe('an operator', () => {
  const make = (actor: PersonActor, key = randomUUID(), uses = 100, days = 30, body = randomBytes(32)) =>
    as(actor)(
      (sql) => sql`select * from app.create_code(${key}, ${body}, ${randomBytes(32)}, ${Buffer.from('sealed')}, ${uses},
        ${new Date(Date.now() + days * 86_400_000)}, 'Opening night')`,
    )

  test('makes codes, each request one, written down in the audit', async () => {
    const [key, body] = [randomUUID(), randomBytes(32)]
    const [first] = await make(olga, key, 100, 30, body)
    expect((await make(olga, key, 100, 30, body))[0]).toEqual({ ...first, replayed: true })
    expect(first?.answer).toMatchObject({ status: 'open', maxUses: 100, note: 'Opening night', passId: null })
    const audit =
      await adminSql`select actor, detail from public.audit_log where action = 'code.create' and subject = ${first?.answer.id}`
    expect(audit).toMatchObject([{ actor: `account:${olga.userId}`, detail: { uses: 100 } }])
    const listed = await as(olga)((sql) => sql`select code from app.list_codes(null, null, 50)`)
    expect(listed.map(({ code }) => code.id)).toEqual([first?.answer.id])
  })

  test('makes twenty a day at most', async () => {
    const [row] = await adminSql`select count(*)::int from public.invite_codes where issued_by = ${olga.userId}`
    for (let at = row?.count; at < 20; at++) await make(olga)
    expect(await outcome(make(olga))).toBe('too_many_codes')
  })

  test.each([
    [0, 30, 'invalid_uses'],
    [101, 30, 'invalid_uses'],
    [1, -1, 'invalid_expiry'],
    [1, 400, 'invalid_expiry'],
  ])('makes none of %i uses for %i days', async (uses, days, code) => {
    expect(await outcome(make(olga, randomUUID(), uses, days))).toBe(code)
  })

  test('is nobody else', async () => {
    expect(await outcome(make(alice))).toBe('forbidden')
    expect(await outcome(as(alice)((sql) => sql`select * from app.list_codes(null, null, 50)`))).toBe('forbidden')
    const { codes } = await codesOf(owner)
    expect(await outcome(as(alice)((sql) => sql`select app.revoke_code(${codes[0].id})`))).toBe('not_found')
    expect(await outcome(as(olga)((sql) => sql`select app.revoke_code(${codes[0].id})`))).toBe('in')
  })
})

test('the hash and what is sealed are nobody’s to read', async () => {
  for (const column of ['hash', 'sealed']) {
    await expect(as(owner)((sql) => sql`select ${sql(column)} from public.invite_codes`)).rejects.toThrow(
      'permission denied',
    )
  }
  expect(await as(owner)((sql) => sql`select id from public.invite_codes`)).toHaveLength(1)
})

test('what a code is, a use of it and who came in are never edited', async () => {
  await redeem(await newGuest(adminSql))
  const edits = [
    adminSql`update public.invite_codes set max_uses = 9 where hash = ${hash}`,
    adminSql`update public.invite_codes set uses = 0 where hash = ${hash}`,
    adminSql`update public.code_redemptions set account_id = ${owner.userId}`,
    adminSql`delete from public.code_redemptions`,
  ]
  for (const edit of edits) await expect(edit).rejects.toThrow()
})
