import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { PersonActor } from '#lib/auth/actor.ts'
import { introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import {
  block,
  callBetween,
  codeOf,
  enter,
  invite,
  leave,
  newMember,
  newMembers,
  report,
} from '#supabase/tests/support/rooms.ts'

// Blocks, reports and suspensions: what people and operators do where somebody behaves badly.

const { adminSql, as } = await testDatabase()
await introduceCast(adminSql)

const two = () => newMembers(adminSql, 'Ada', 'Bo') as Promise<[PersonActor, PersonActor]>
const call = async (id: string) => (await adminSql`select * from public.calls where id = ${id}`)[0]
const openSuspensions = ({ userId }: PersonActor) =>
  adminSql`select because, suspended_by from public.suspensions where account_id = ${userId} and lifted_at is null`
const decide = ({ userId }: PersonActor, decision: string) =>
  as(olga)((sql) => sql`select app.decide_reports(${userId}, ${decision}, 'Looked at') as count`)
const suspend = ({ userId }: PersonActor) => as(olga)((sql) => sql`select app.suspend_person(${userId}, 'Rude')`)
const lift = ({ userId }: PersonActor) => as(olga)((sql) => sql`select app.lift_suspension(${userId}, 'Apologised')`)

/** So many others meet somebody and report them. */
async function reportedBy(person: PersonActor, count: number): Promise<void> {
  for (let place = 0; place < count; place++) {
    const [other] = (await newMembers(adminSql, `Reporter ${place}`)) as [PersonActor]
    await report(other, await callBetween(other, person))
  }
}

describe('a block', () => {
  test('ends what is between the two, and neither can be asked by the other', async () => {
    const [ada, bo] = await two()
    const id = await callBetween(ada, bo)
    await block(bo, ada)
    expect((await call(id))?.status).toBe('ended')
    await adminSql`delete from private.cooldowns`
    expect(await Promise.all([codeOf(invite(ada, bo)), codeOf(invite(bo, ada))])).toEqual([
      'person_gone',
      'person_gone',
    ])
  })

  test('voids what they ask each other, and nothing else', async () => {
    const [ada, bo] = await two()
    const [cy] = (await newMembers(adminSql, 'Cy')) as [PersonActor]
    const between = await invite(ada, bo)
    const other = await invite(cy, bo)
    await block(bo, ada)
    expect(
      await adminSql`select status from public.invitations where id in (${between.invitation.id}, ${other.invitation.id}) order by created_at`,
    ).toEqual([{ status: 'void' }, { status: 'pending' }])
  })

  test('is seen by its maker alone, made once, and taken back', async () => {
    const [ada, bo] = await two()
    await Promise.all([block(ada, bo), block(ada, bo)])
    const list = (person: PersonActor) => as(person)((sql) => sql`select block from app.list_blocks()`)
    expect(await list(ada)).toMatchObject([{ block: { id: bo.userId, name: 'Bo' } }])
    expect(await list(bo)).toEqual([])
    expect(await as(bo)((sql) => sql`select from public.blocks`)).toEqual([])
    await as(bo)((sql) => sql`select app.unblock_person(${ada.userId})`)
    expect(await list(ada)).toHaveLength(1)
    await as(ada)((sql) => sql`select app.unblock_person(${bo.userId})`)
    expect(await codeOf(invite(ada, bo))).toBe('done')
  })

  test('of oneself or of nobody is refused', async () => {
    const [ada] = await two()
    expect(await codeOf(block(ada, ada))).toBe('invalid_field')
    expect(await codeOf(block(ada, { ...ada, userId: randomUUID() }))).toBe('not_found')
  })
})

describe('a report', () => {
  test('ends the call, keeps what was written in it, and blocks', async () => {
    const [ada, bo] = await two()
    const id = await callBetween(ada, bo)
    await adminSql`
      insert into public.call_messages (call_id, member_id, text)
      select call_id, id, case when account_id = ${ada.userId} then 'Hello' else 'Give me money' end from public.call_members
      where call_id = ${id} order by polite`
    await report(ada, id, 'scam', 'Asked for money')
    expect(await call(id)).toMatchObject({ status: 'ended', end_reason: 'reported' })
    const [row] = await as(olga)((sql) => sql`select report from app.list_reports(true, null, null, 10)`)
    expect(row?.report).toMatchObject({
      kind: 'scam',
      words: 'Asked for money',
      reporter: { id: ada.userId },
      reported: { id: bo.userId },
      openReporters: 1,
      suspended: false,
      context: {
        messages: [
          { by: 'reporter', text: 'Hello' },
          { by: 'reported', text: 'Give me money' },
        ],
      },
    })
    await adminSql`delete from private.cooldowns`
    expect(await codeOf(invite(bo, ada))).toBe('person_gone')
  })

  test('of a call that is over is taken, twice is once, and by nobody who was not in it', async () => {
    const [ada, bo] = await two()
    const [cy] = (await newMembers(adminSql, 'Cy')) as [PersonActor]
    const id = await callBetween(ada, bo)
    await leave(bo, id)
    await report(ada, id)
    await report(ada, id, 'hate', 'Again')
    expect(await codeOf(report(cy, id))).toBe('not_found')
    expect(await adminSql`select kind from public.reports where call_id = ${id}`).toEqual([{ kind: 'harassment' }])
    expect((await call(id))?.end_reason).toBe('left')
  })

  test('is read by operators alone', async () => {
    const [ada, bo] = await two()
    await report(ada, await callBetween(ada, bo))
    for (const person of [ada, bo]) {
      expect(await as(person)((sql) => sql`select from public.reports`)).toEqual([])
      expect(await codeOf(as(person)((sql) => sql`select * from app.list_reports(true, null, null, 10)`))).toBe(
        'forbidden',
      )
    }
  })
})

describe('a suspension', () => {
  test('comes by the fourth reporter and no earlier, and ends what is', async () => {
    const [bo] = (await newMembers(adminSql, 'Bo')) as [PersonActor]
    await reportedBy(bo, 3)
    expect(await openSuspensions(bo)).toEqual([])
    const [ada] = (await newMembers(adminSql, 'Ada')) as [PersonActor]
    const [cy] = (await newMembers(adminSql, 'Cy')) as [PersonActor]
    const asked = await invite(cy, bo)
    await report(ada, await callBetween(ada, bo))
    expect(await openSuspensions(bo)).toEqual([{ because: 'reports', suspended_by: null }])
    expect(await codeOf(enter(bo))).toBe('suspended')
    expect(await codeOf(invite(bo, cy))).toBe('suspended')
    expect(await codeOf(invite(cy, bo))).toBe('person_gone')
    expect((await adminSql`select status from public.invitations where id = ${asked.invitation.id}`)[0]?.status).toBe(
      'void',
    )
  })

  test('does not come by one who reports four times', async () => {
    const [ada, bo] = await two()
    for (let round = 0; round < 4; round++) {
      await report(ada, await callBetween(ada, bo))
      await adminSql`delete from private.cooldowns`
      await adminSql`delete from public.blocks`
    }
    expect(await adminSql`select from public.reports where reported_id = ${bo.userId}`).toHaveLength(4)
    expect(await openSuspensions(bo)).toEqual([])
  })

  test('comes once when four report at the same moment', async () => {
    const [bo] = (await newMembers(adminSql, 'Bo')) as [PersonActor]
    const people = await newMembers(adminSql, 'A', 'B', 'C', 'D')
    const ids: string[] = []
    for (const person of people) {
      const id = await callBetween(person, bo)
      await leave(person, id)
      ids.push(id)
    }
    await Promise.all(people.map((person, place) => report(person, ids[place] ?? '')))
    expect(await openSuspensions(bo)).toHaveLength(1)
  })

  test('that reports brought about ends when they are dismissed, and the next report counts anew', async () => {
    const [bo] = (await newMembers(adminSql, 'Bo')) as [PersonActor]
    await reportedBy(bo, 4)
    expect((await decide(bo, 'dismissed'))[0]?.count).toBe(4)
    expect(await codeOf(enter(bo))).toBe('done')
    await reportedBy(bo, 1)
    expect(await openSuspensions(bo)).toEqual([])
  })

  test('stays when they are upheld, as the operator’s, until it is lifted', async () => {
    const [bo] = (await newMembers(adminSql, 'Bo')) as [PersonActor]
    await reportedBy(bo, 4)
    await decide(bo, 'upheld')
    expect(await openSuspensions(bo)).toEqual([{ because: 'operator', suspended_by: olga.userId }])
    expect(await codeOf(decide(bo, 'dismissed'))).toBe('nothing_to_decide')
    await lift(bo)
    expect(await codeOf(enter(bo))).toBe('done')
    expect(await codeOf(lift(bo))).toBe('wrong_state')
  })

  test('by an operator ends a call, is lifted with what was reported, and both are in the audit', async () => {
    const [ada, bo] = await two()
    const id = await callBetween(ada, bo)
    await suspend(bo)
    expect((await call(id))?.end_reason).toBe('suspended')
    await lift(bo)
    expect(await adminSql`select action, actor from public.audit_log where subject = ${bo.userId} order by id`).toEqual(
      [
        { action: 'person.suspend', actor: `account:${olga.userId}` },
        { action: 'person.lift_suspension', actor: `account:${olga.userId}` },
      ],
    )
  })
})

describe('what operators do', () => {
  test('a guest does not', async () => {
    const ada = await newMember(adminSql)
    const attempts = [
      as(ada)((sql) => sql`select app.decide_reports(${ada.userId}, 'dismissed', '')`),
      as(ada)((sql) => sql`select app.suspend_person(${ada.userId}, '')`),
      as(ada)((sql) => sql`select app.lift_suspension(${ada.userId}, '')`),
      as(ada)((sql) => sql`select app.count_rooms()`),
    ]
    expect(await Promise.all(attempts.map(codeOf))).toEqual(attempts.map(() => 'forbidden'))
  })

  test('is about people who exist', async () => {
    const nobody = { ...olga, userId: randomUUID() }
    expect(
      await Promise.all([codeOf(suspend(nobody)), codeOf(decide(nobody, 'upheld')), codeOf(lift(nobody))]),
    ).toEqual(['not_found', 'not_found', 'wrong_state'])
  })

  test('shows how many are there now', async () => {
    await adminSql`delete from public.room_presence`
    const [ada, bo] = await two()
    await newMembers(adminSql, 'Cy')
    const before = (await as(olga)((sql) => sql`select app.count_rooms() as counts`))[0]?.counts
    await callBetween(ada, bo)
    const after = (await as(olga)((sql) => sql`select app.count_rooms() as counts`))[0]?.counts
    expect([before.present, after.calls - before.calls]).toEqual([3, 1])
  })
})

test('a person who deletes their account leaves calls, invitations and reports without a name', async () => {
  const [ada, bo] = await two()
  const id = await callBetween(ada, bo)
  await report(ada, id)
  await adminSql`delete from auth.users where id = ${ada.userId}`
  expect(await adminSql`select reporter_id from public.reports where call_id = ${id}`).toEqual([{ reporter_id: null }])
  const [row] = await as(bo)((sql) => sql`select call from app.list_calls(null, null, 10)`)
  expect(row?.call.partner).toMatchObject({ id: null, name: null })
})
