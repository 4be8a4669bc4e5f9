import { describe, expect, test } from 'vitest'
import type { PersonActor } from '#lib/auth/actor.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import {
  ageCall,
  beat,
  callBetween,
  codeOf,
  enter,
  invite,
  leave,
  newMember,
  newMembers,
  room,
} from '#supabase/tests/support/rooms.ts'
import { connectionsWaitForALock, hold } from '#supabase/tests/support/waits.ts'

// A call from yes to its end: begun and ended by the database's clock, whoever is killed meanwhile.

const { adminSql, as, url } = await testDatabase()

const two = () => newMembers(adminSql, 'Ada', 'Bo') as Promise<[PersonActor, PersonActor]>
const three = () => newMembers(adminSql, 'Ada', 'Bo', 'Cy') as Promise<[PersonActor, PersonActor, PersonActor]>
const callOf = async (id: string) => (await adminSql`select * from public.calls where id = ${id}`)[0]
const endOf = async (id: string) => (await callOf(id))?.end_reason
const endCall = (id: string) => as({ role: 'worker' })((sql) => sql`select app.end_call(${id})`)
const sweep = () => as({ role: 'worker' })((sql) => sql`select app.sweep_rooms()`)
const countedOf = (id: string) => adminSql`select account_id from private.counted_calls where call_id = ${id}`
const isRested = async (one: PersonActor, other: PersonActor) => (await codeOf(invite(one, other))) !== 'in_cooldown'
const silent = (id: string, person: PersonActor, interval: string) =>
  adminSql`update public.call_members set seen_at = now() - ${interval}::interval where call_id = ${id} and account_id = ${person.userId}`

describe('the clock', () => {
  test('runs from the moment both are connected, for as long as agreed', async () => {
    const [ada, bo] = await two()
    const id = await callBetween(ada, bo, { seconds: 120, connected: false })
    expect(await beat(ada, id, false)).toMatchObject({ status: 'connecting', connected: false })
    expect(await beat(ada, id, true)).toMatchObject({ status: 'connecting', connected: true, startedAt: null })
    expect(await beat(bo, id, false)).toMatchObject({ status: 'connecting', partner: { connected: true } })
    const live = await beat(bo, id, true)
    expect(live.status).toBe('live')
    expect(Date.parse(String(live.endsAt)) - Date.parse(String(live.startedAt))).toBe(120_000)
    const [job] = await adminSql`
      select round(extract(epoch from run_at - now()))::int as seconds from graphile_worker.jobs where key = ${`end_call:${id}`}`
    expect(job?.seconds).toBe(120)
  })

  test('is not wound again by whoever says it again', async () => {
    const [ada, bo] = await two()
    const id = await callBetween(ada, bo)
    const before = await callOf(id)
    await Promise.all([beat(ada, id), beat(bo, id), beat(ada, id, false)])
    expect(await callOf(id)).toEqual(before)
  })

  test('ends the call at its time and no earlier, as of when it was', async () => {
    const [ada, bo] = await two()
    const id = await callBetween(ada, bo, { seconds: 60 })
    await ageCall(adminSql, id, '55 seconds')
    await endCall(id)
    expect(await endOf(id)).toBeNull()
    await ageCall(adminSql, id, '15 seconds')
    await Promise.all([endCall(id), endCall(id), sweep()])
    const call = await callOf(id)
    expect([call?.end_reason, call?.ended_at]).toEqual(['time', call?.ends_at])
    expect(await adminSql`select from public.call_members where call_id = ${id} and live`).toEqual([])
  })

  test.each([
    ['says it is still there', (ada: PersonActor, id: string) => beat(ada, id)],
    ['leaves', (ada: PersonActor, id: string) => leave(ada, id)],
  ])('ends it also where no job did, once somebody %s', async (_, then) => {
    const [ada, bo] = await two()
    const id = await callBetween(ada, bo, { seconds: 60 })
    await ageCall(adminSql, id, '70 seconds')
    expect(await room(ada)).toMatchObject({ call: null })
    expect(await then(ada, id)).toMatchObject({ status: 'ended', endReason: 'time' })
  })

  test('lets go of both where no job did: somebody else can be asked', async () => {
    const [ada, bo, cy] = await three()
    const id = await callBetween(ada, bo, { seconds: 60 })
    await ageCall(adminSql, id, '70 seconds')
    await callBetween(ada, cy)
    expect(await endOf(id)).toBe('time')
    expect(await isRested(bo, cy)).toBe(true)
  })

  test('gives the two 45 seconds to connect, and keeps nobody apart whose call never came about', async () => {
    const [ada, bo] = await two()
    const id = await callBetween(ada, bo, { connected: false })
    await beat(ada, id, true)
    await ageCall(adminSql, id, '44 seconds')
    await endCall(id)
    expect(await endOf(id)).toBeNull()
    await ageCall(adminSql, id, '2 seconds')
    await endCall(id)
    expect(await endOf(id)).toBe('never_connected')
    expect(await countedOf(id)).toEqual([])
    expect(await isRested(ada, bo)).toBe(true)
  })

  test('is the database’s: a call that is over is not begun again', async () => {
    const [ada, bo] = await two()
    const id = await callBetween(ada, bo, { connected: false })
    await ageCall(adminSql, id, '46 seconds')
    expect(await beat(ada, id)).toMatchObject({ status: 'ended', endReason: 'never_connected' })
    expect(await beat(bo, id)).toMatchObject({ status: 'ended', startedAt: null })
  })
})

describe('leaving', () => {
  test('ends the call for both, once, and lets the two rest from each other', async () => {
    const [ada, bo] = await two()
    const id = await callBetween(ada, bo)
    await Promise.all([leave(ada, id), leave(bo, id), leave(ada, id)])
    expect(await endOf(id)).toBe('left')
    expect(
      await adminSql`select to_status from public.call_events where call_id = ${id} order by version`,
    ).toMatchObject([{ to_status: 'connecting' }, { to_status: 'live' }, { to_status: 'ended' }])
    expect(await isRested(ada, bo)).toBe(false)
  })

  test('before it came about lets the two rest as well: one of them would have none of it', async () => {
    const [ada, bo] = await two()
    await leave(bo, await callBetween(ada, bo, { connected: false }))
    expect(await isRested(ada, bo)).toBe(false)
  })

  test.each([
    [29, 0],
    [31, 2],
  ])('after %i seconds counts for %i of the two', async (seconds, count) => {
    const [ada, bo] = await two()
    const id = await callBetween(ada, bo)
    await ageCall(adminSql, id, `${seconds} seconds`)
    await leave(ada, id)
    expect(await countedOf(id)).toHaveLength(count)
  })

  test('throws the signals away and keeps what was written', async () => {
    const [ada, bo] = await two()
    const id = await callBetween(ada, bo)
    await adminSql`
      insert into public.call_signals (call_id, member_id, kind, payload) select call_id, id, 'candidate', '{}' from public.call_members where call_id = ${id}`
    await adminSql`
      insert into public.call_messages (call_id, member_id, text) select call_id, id, 'Hello' from public.call_members where call_id = ${id}`
    await leave(ada, id)
    expect(await adminSql`select from public.call_signals where call_id = ${id}`).toHaveLength(0)
    expect(await adminSql`select from public.call_messages where call_id = ${id}`).toHaveLength(2)
  })
})

describe('silence', () => {
  test('of one for twenty seconds ends a call that runs, as of when they were last heard of', async () => {
    const [ada, bo] = await two()
    const id = await callBetween(ada, bo)
    await ageCall(adminSql, id, '40 seconds')
    await silent(id, ada, '5 seconds')
    await silent(id, bo, '19 seconds')
    expect(await beat(ada, id)).toMatchObject({ status: 'live' })
    await silent(id, bo, '20 seconds')
    expect(await beat(ada, id)).toMatchObject({ status: 'ended', endReason: 'lost' })
    expect(await countedOf(id)).toHaveLength(0)
  })

  test('of both is the server’s: after a restart each has all the time to come back', async () => {
    const [ada, bo] = await two()
    const id = await callBetween(ada, bo)
    await silent(id, ada, '90 seconds')
    await silent(id, bo, '92 seconds')
    await sweep()
    expect(await beat(ada, id)).toMatchObject({ status: 'live' })
    expect(await beat(ada, id)).toMatchObject({ status: 'live' })
    expect(await beat(bo, id)).toMatchObject({ status: 'live' })
  })

  test('of both for two minutes ends it', async () => {
    const [ada, bo] = await two()
    const id = await callBetween(ada, bo)
    await silent(id, ada, '121 seconds')
    await silent(id, bo, '125 seconds')
    await sweep()
    expect(await endOf(id)).toBe('lost')
  })
})

describe('who is no member', () => {
  test('says nothing in it, ends nothing, and sees nothing of it', async () => {
    const [ada, bo, cy] = await three()
    const id = await callBetween(ada, bo)
    const nobody = await newMember(adminSql, 'Dee', { pass: false })
    expect(await codeOf(beat(cy, id))).toBe('not_found')
    expect(await codeOf(leave(cy, id))).toBe('not_found')
    expect(await codeOf(leave(nobody, id))).toBe('not_found')
    expect(await codeOf(beat(nobody, id))).toBe('pass_required')
    expect(await as(cy)((sql) => sql`select app.read_call(${id}) as call`)).toEqual([{ call: null }])
    for (const table of ['calls', 'call_events', 'call_members', 'invitations', 'invitation_events']) {
      expect(await as(cy)((sql) => sql`select from ${sql(`public.${table}`)}`)).toEqual([])
      expect((await as(bo)((sql) => sql`select from ${sql(`public.${table}`)}`)).length).toBeGreaterThan(0)
    }
    expect((await callOf(id))?.status).toBe('live')
  })
})

describe('a pass that ends', () => {
  const revoke = (person: PersonActor) =>
    adminSql`update public.passes set status = 'revoked' where owner_id = ${person.userId}`
  const closeRooms = ({ userId }: PersonActor) =>
    as({ role: 'worker' })((sql) => sql`select app.close_rooms_to(${userId})`)

  test('takes its owner out of the rooms and out of their call', async () => {
    const [ada, bo, cy] = await three()
    const id = await callBetween(ada, bo)
    await revoke(ada)
    expect(await codeOf(beat(ada, id))).toBe('pass_required')
    expect(await adminSql`select from graphile_worker.jobs where key = ${`close_rooms:${ada.userId}`}`).toHaveLength(1)
    await closeRooms(ada)
    expect(await endOf(id)).toBe('pass_ended')
    expect(await codeOf(invite(cy, ada))).toBe('person_gone')
  })

  test('and is given back at once ends nothing', async () => {
    const [ada, bo] = await two()
    const id = await callBetween(ada, bo)
    await revoke(ada)
    await adminSql`update public.passes set status = 'active' where owner_id = ${ada.userId}`
    await closeRooms(ada)
    expect(await endOf(id)).toBeNull()
  })
})

test('whoever was away comes in anew, and traces of the gone are swept', async () => {
  const [ada, bo] = await two()
  const since = async ({ userId }: PersonActor) =>
    (await adminSql`select joined_at from public.room_presence where account_id = ${userId}`)[0]?.joined_at
  await adminSql`update public.room_presence set joined_at = now() - interval '1 hour', seen_at = now() - interval '40 seconds' where account_id = ${ada.userId}`
  const before = await since(ada)
  await enter(ada)
  expect((await since(ada)) > before).toBe(true)
  await adminSql`update public.room_presence set seen_at = now() - interval '121 seconds' where account_id = ${bo.userId}`
  await sweep()
  expect([await since(ada), await since(bo)]).toEqual([expect.any(Date), undefined])
})

test('one leaves while the clock ends it: it ended once', async () => {
  const [ada, bo] = await two()
  const id = await callBetween(ada, bo, { seconds: 60 })
  const leaving = await hold(url, ada, (sql) => sql`select app.leave_call(${id})`)
  const ending = endCall(id)
  await connectionsWaitForALock(adminSql)
  await leaving.commit()
  await ending
  expect(await endOf(id)).toBe('left')
})
