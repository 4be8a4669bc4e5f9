import { expect, test } from 'vitest'
import type { PersonActor } from '#lib/auth/actor.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { accept, codeOf, invite, newMembers, room, withdraw } from '#supabase/tests/support/rooms.ts'
import { connectionsWaitForALock, hold } from '#supabase/tests/support/waits.ts'

// What two or more people do at the same moment ends in one order or the other, and never in both.

const { adminSql, url } = await testDatabase()

const two = () => newMembers(adminSql, 'Ada', 'Bo') as Promise<[PersonActor, PersonActor]>
const statusOf = async (id: string) =>
  (await adminSql`select status from public.invitations where id = ${id}`)[0]?.status
const callsOf = (person: PersonActor) =>
  adminSql`select call_id from public.call_members where account_id = ${person.userId}`

test('two people invite each other: one call, with both wishes', async () => {
  for (let round = 0; round < 5; round++) {
    const [ada, bo] = await two()
    const answers = await Promise.all([invite(ada, bo, 100), invite(bo, ada, 201)])
    const calls = answers.flatMap(({ call }) => (call ? [call] : []))
    expect(calls).toMatchObject([{ seconds: 150 }])
    expect(
      await adminSql`select from public.invitations where inviter_id in (${ada.userId}, ${bo.userId})`,
    ).toHaveLength(1)
    expect((await room(ada)).call.id).toBe((await room(bo)).call.id)
  }
})

test('ten people invite one, who accepts them all: one call', async () => {
  const [bo] = (await newMembers(adminSql, 'Bo')) as [PersonActor]
  const people = await newMembers(adminSql, ...Array.from({ length: 10 }, (_, place) => `Person ${place}`))
  const invitations = await Promise.all(people.map((person) => invite(person, bo)))
  const outcomes = await Promise.all(invitations.map(({ invitation }) => codeOf(accept(bo, invitation.id))))
  expect(outcomes.sort()).toEqual(['done', ...Array.from({ length: 9 }, () => 'invitation_over')])
  expect(await callsOf(bo)).toHaveLength(1)
})

test('a circle in which each asks the next, and each accepts: nobody is in two calls', async () => {
  const people = await newMembers(adminSql, 'Ada', 'Bo', 'Cy', 'Dee', 'Eli')
  const invitations = await Promise.all(
    people.map((person, place) => invite(person, people[(place + 1) % 5] ?? person)),
  )
  await Promise.all(
    invitations.map(({ invitation }, place) =>
      codeOf(accept(people[(place + 1) % 5] ?? (people[0] as PersonActor), invitation.id)),
    ),
  )
  const counts = await Promise.all(people.map(async (person) => (await callsOf(person)).length))
  expect(Math.max(...counts)).toBe(1)
  expect(counts.filter((count) => count === 1)).toHaveLength(4)
})

test('it is taken back while it is being accepted: the call is, and taking it back comes too late', async () => {
  const [ada, bo] = await two()
  const { invitation } = await invite(ada, bo)
  const accepting = await hold(url, bo, (sql) => sql`select app.accept_invitation(${invitation.id}, 300)`)
  const withdrawing = codeOf(withdraw(ada, invitation.id))
  await connectionsWaitForALock(adminSql)
  await accepting.commit()
  expect(await withdrawing).toBe('invitation_over')
  expect(await statusOf(invitation.id)).toBe('accepted')
  expect(await adminSql`select from private.cooldowns where ${ada.userId} in (low_id, high_id)`).toEqual([])
})

test('it is accepted while it is being taken back: no call', async () => {
  const [ada, bo] = await two()
  const { invitation } = await invite(ada, bo)
  const withdrawing = await hold(url, ada, (sql) => sql`select app.withdraw_invitation(${invitation.id})`)
  const accepting = codeOf(accept(bo, invitation.id))
  await connectionsWaitForALock(adminSql)
  await withdrawing.commit()
  expect(await accepting).toBe('invitation_over')
  expect(await callsOf(bo)).toEqual([])
})

test('somebody is invited while they block: the two do not meet', async () => {
  const [ada, bo] = await two()
  const blocking = await hold(url, bo, (sql) => sql`select app.block_person(${ada.userId})`)
  const inviting = codeOf(invite(ada, bo))
  await connectionsWaitForALock(adminSql)
  await blocking.commit()
  expect(await inviting).toBe('person_gone')
})
