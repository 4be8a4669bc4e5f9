import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { PersonActor } from '#lib/auth/actor.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import {
  accept,
  ageInvitation,
  block,
  callBetween,
  codeOf,
  decline,
  gone,
  invite,
  leave,
  newMembers,
  room,
  withdraw,
} from '#supabase/tests/support/rooms.ts'

// Who may ask whom, and what comes of it.

const { adminSql, as } = await testDatabase()

const two = () => newMembers(adminSql, 'Ada', 'Bo') as Promise<[PersonActor, PersonActor]>
const three = () => newMembers(adminSql, 'Ada', 'Bo', 'Cy') as Promise<[PersonActor, PersonActor, PersonActor]>
const statusOf = async (id: string) =>
  (await adminSql`select status from public.invitations where id = ${id}`)[0]?.status
const callsOf = (person: PersonActor) =>
  adminSql`select call_id from public.call_members where account_id = ${person.userId}`
const cooldownOf = async (one: PersonActor, other: PersonActor) => {
  const [low, high] = [one.userId, other.userId].sort()
  const [row] = await adminSql`
    select because, round(extract(epoch from until - now()) / 3600)::int as hours from private.cooldowns
    where low_id = ${low ?? ''} and high_id = ${high ?? ''}`
  return row && `${row.because} ${row.hours}`
}
const passOver = (person: PersonActor) =>
  adminSql.begin((tx) => [
    tx`set local session_replication_role = replica`,
    tx`update public.passes set granted_at = now() - interval '1 year', expires_at = now() where owner_id = ${person.userId}`,
  ])

describe('an invitation', () => {
  test('waits twenty seconds by the database’s clock, and both see it', async () => {
    const [ada, bo] = await two()
    const { invitation, call } = await invite(ada, bo, 120)
    expect(call).toBeNull()
    expect(invitation).toMatchObject({
      status: 'pending',
      seconds: 120,
      inviter: { name: 'Ada' },
      invitee: { name: 'Bo' },
    })
    const [row] = await adminSql`
      select round(extract(epoch from deadline - created_at))::int as seconds from public.invitations where id = ${invitation.id}`
    expect(row?.seconds).toBe(20)
    expect((await room(ada)).sent.id).toBe(invitation.id)
    expect((await room(bo)).received).toMatchObject([{ id: invitation.id }])
    expect(
      await adminSql`select from graphile_worker.jobs where key = ${`expire_invitation:${invitation.id}`}`,
    ).toHaveLength(1)
  })

  test.each([
    [60, 1800, 930],
    [60, 61, 60],
    [1800, 1800, 1800],
    [301, 300, 300],
  ])('to talk %i s, accepted with %i s, is a call of %i s', async (asked, answered, agreed) => {
    const [ada, bo] = await two()
    const { invitation } = await invite(ada, bo, asked)
    const { call } = await accept(bo, invitation.id, answered)
    expect(call).toMatchObject({
      status: 'connecting',
      seconds: agreed,
      polite: true,
      partner: { id: ada.userId, name: 'Ada' },
    })
    expect((await room(ada)).call).toMatchObject({ id: call?.id, polite: false })
  })

  test.each([59, 1801, -1])('of %i s is refused', async (seconds) => {
    const [ada, bo] = await two()
    expect(await codeOf(invite(ada, bo, seconds))).toBe('invalid_field')
    const { invitation } = await invite(ada, bo)
    expect(await codeOf(accept(bo, invitation.id, seconds))).toBe('invalid_field')
    expect(await statusOf(invitation.id)).toBe('pending')
  })

  test('that is sent or accepted again is the same one', async () => {
    const [ada, bo] = await two()
    const first = await invite(ada, bo)
    expect((await invite(ada, bo)).invitation.id).toBe(first.invitation.id)
    const accepted = await accept(bo, first.invitation.id)
    expect(await accept(bo, first.invitation.id)).toEqual(accepted)
    expect(await callsOf(bo)).toHaveLength(1)
  })

  test('is answered by the invited alone, and taken back by the inviting alone', async () => {
    const [ada, bo, cy] = await three()
    const { invitation } = await invite(ada, bo)
    const attempts = [
      accept(ada, invitation.id),
      accept(cy, invitation.id),
      decline(ada, invitation.id),
      decline(cy, invitation.id),
      withdraw(bo, invitation.id),
      withdraw(cy, invitation.id),
    ]
    expect(await Promise.all(attempts.map(codeOf))).toEqual(attempts.map(() => 'not_found'))
    expect(await statusOf(invitation.id)).toBe('pending')
  })

  test('whose time is over is answered by nobody, though no job has said so', async () => {
    const [ada, bo] = await two()
    const { invitation } = await invite(ada, bo)
    await ageInvitation(adminSql, invitation.id, '20 seconds')
    const attempts = [accept(bo, invitation.id), decline(bo, invitation.id), withdraw(ada, invitation.id)]
    expect(await Promise.all(attempts.map(codeOf))).toEqual(attempts.map(() => 'invitation_over'))
    expect(await room(bo)).toMatchObject({ received: [], call: null })
    expect(await cooldownOf(ada, bo)).toBeUndefined()
    const again = await invite(ada, bo)
    expect(again.invitation.id).not.toBe(invitation.id)
    expect(await statusOf(invitation.id)).toBe('missed')
  })

  test('is missed by its job when its time is over, and not before', async () => {
    const [ada, bo] = await two()
    const { invitation } = await invite(ada, bo)
    const expire = () => as({ role: 'worker' })((sql) => sql`select app.expire_invitation(${invitation.id})`)
    await expire()
    expect(await statusOf(invitation.id)).toBe('pending')
    await ageInvitation(adminSql, invitation.id, '20 seconds')
    await expire()
    await expire()
    expect(await statusOf(invitation.id)).toBe('missed')
  })

  test('ends what others ask of the two once it is accepted', async () => {
    const [ada, bo, cy] = await three()
    const [dee] = (await newMembers(adminSql, 'Dee')) as [PersonActor]
    const first = await invite(ada, bo)
    const others = [await invite(bo, cy), await invite(cy, ada), await invite(dee, bo)]
    await accept(bo, first.invitation.id)
    expect(await Promise.all(others.map(({ invitation }) => statusOf(invitation.id)))).toEqual(['void', 'void', 'void'])
    expect(await codeOf(accept(ada, others[1]?.invitation.id ?? ''))).toBe('invitation_over')
  })
})

type Arrange = (ada: PersonActor, bo: PersonActor, cy: PersonActor) => PromiseLike<unknown>

describe('nobody is asked', () => {
  const refusals: [why: string, code: string, arrange: Arrange][] = [
    [
      'without a pass',
      'pass_required',
      (ada) => adminSql`update public.passes set status = 'revoked' where owner_id = ${ada.userId}`,
    ],
    ['with a pass whose year is over', 'pass_required', (ada) => passOver(ada)],
    [
      'while suspended',
      'suspended',
      (ada) => adminSql`insert into public.suspensions (account_id, because) values (${ada.userId}, 'operator')`,
    ],
    ['from outside the rooms', 'not_in_rooms', (ada) => gone(adminSql, ada)],
    ['who is gone', 'person_gone', (_, bo) => gone(adminSql, bo)],
    ['who has left', 'person_gone', (_, bo) => as(bo)((sql) => sql`select app.leave_rooms()`)],
    ['whom one blocks, as if they were gone', 'person_gone', (ada, bo) => block(ada, bo)],
    ['who blocks one, as if they were gone', 'person_gone', (ada, bo) => block(bo, ada)],
    ['who is in a call', 'person_busy', (_, bo, cy) => callBetween(bo, cy)],
    ['by somebody in a call', 'in_a_call', (ada, _, cy) => callBetween(ada, cy)],
    ['by somebody who waits for another', 'invitation_out', (ada, _, cy) => invite(ada, cy)],
    ['within a day of a no', 'in_cooldown', async (ada, bo) => decline(bo, (await invite(ada, bo)).invitation.id)],
    [
      'within a day of a no of one’s own',
      'in_cooldown',
      async (ada, bo) => decline(ada, (await invite(bo, ada)).invitation.id),
    ],
    [
      'within an hour of taking it back',
      'in_cooldown',
      async (ada, bo) => withdraw(ada, (await invite(ada, bo)).invitation.id),
    ],
    ['within a day of a call', 'in_cooldown', async (ada, bo) => leave(ada, await callBetween(bo, ada))],
  ]

  test.each(refusals)('%s: %s', async (_, code, arrange) => {
    const [ada, bo, cy] = await three()
    await arrange(ada, bo, cy)
    const before = await adminSql`select id from public.invitations`
    expect(await codeOf(invite(ada, bo))).toBe(code)
    expect(await adminSql`select id from public.invitations`).toHaveLength(before.length)
  })

  test('who does not exist, and not oneself', async () => {
    const [ada] = await two()
    expect(await codeOf(invite(ada, { ...ada, userId: randomUUID() }))).toBe('person_gone')
    expect(await codeOf(invite(ada, ada))).toBe('invalid_field')
  })

  test('by nobody, an account that is gone, or an agent', async () => {
    const [ada, bo] = await two()
    expect(await codeOf(as({ role: 'anon' })((sql) => sql`select app.invite_person(${bo.userId}, 60)`))).toBe('42501')
    expect(
      await codeOf(as({ role: 'agent', apiKey: 'x' })((sql) => sql`select app.invite_person(${bo.userId}, 60)`)),
    ).toBe('42501')
    expect(await codeOf(invite({ ...ada, userId: randomUUID() }, bo))).toBe('forbidden')
  })
})

describe('the two leave each other alone', () => {
  test('for a day after a call and after a no, and for an hour after a question was taken back', async () => {
    const [ada, bo, cy] = await three()
    await leave(ada, await callBetween(ada, bo))
    await decline(cy, (await invite(ada, cy)).invitation.id)
    await withdraw(bo, (await invite(bo, cy)).invitation.id)
    expect([await cooldownOf(ada, bo), await cooldownOf(cy, ada), await cooldownOf(bo, cy)]).toEqual([
      'call 24',
      'decline 24',
      'withdrawal 1',
    ])
  })

  test('no shorter than what runs already', async () => {
    const [ada, bo] = await two()
    const { invitation } = await invite(ada, bo)
    const [low, high] = [ada.userId, bo.userId].sort()
    await adminSql`insert into private.cooldowns values (${low ?? ''}, ${high ?? ''}, now() + interval '24 hours', 'call')`
    await withdraw(ada, invitation.id)
    expect(await cooldownOf(ada, bo)).toBe('call 24')
  })

  test('an hour when the one who asked goes away', async () => {
    const [ada, bo] = await two()
    const { invitation } = await invite(ada, bo)
    await as(ada)((sql) => sql`select app.leave_rooms()`)
    expect([await statusOf(invitation.id), await cooldownOf(ada, bo)]).toEqual(['withdrawn', 'withdrawal 1'])
  })

  test('no longer than that', async () => {
    const [ada, bo] = await two()
    await decline(bo, (await invite(ada, bo)).invitation.id)
    await adminSql`update private.cooldowns set until = now() - interval '1 second'`
    expect(await codeOf(invite(bo, ada))).toBe('done')
  })
})
