import { expect, test } from 'vitest'
import type { PersonActor } from '#lib/auth/actor.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import {
  block,
  callBetween,
  codeOf,
  decline,
  enter,
  gone,
  invite,
  newMember,
  newMembers,
  room,
} from '#supabase/tests/support/rooms.ts'

// Who is there, and who is told.

const { adminSql, as } = await testDatabase()

const two = () => newMembers(adminSql, 'Ada', 'Bo') as Promise<[PersonActor, PersonActor]>
const three = () => newMembers(adminSql, 'Ada', 'Bo', 'Cy') as Promise<[PersonActor, PersonActor, PersonActor]>
const list = async (person: PersonActor, limit = 50) =>
  (await as(person)((sql) => sql`select person from app.list_people(null, null, ${limit})`)).map((row) => row.person)
const ids = async (person: PersonActor) => (await list(person)).map(({ id }) => id)

test('is whoever came and says so, the last first, without oneself, those in calls and those who are gone', async () => {
  await adminSql`delete from public.room_presence`
  const [ada, bo, cy] = await three()
  const [dee, eli] = (await newMembers(adminSql, 'Dee', 'Eli')) as [PersonActor, PersonActor]
  await callBetween(bo, cy)
  await gone(adminSql, eli)
  expect(await list(ada)).toMatchObject([{ id: dee.userId, name: 'Dee', camera: true, cooldownUntil: null }])
  await enter(eli, false)
  expect(await list(ada)).toMatchObject([{ id: eli.userId, camera: false }, { id: dee.userId }])
  await enter(dee)
  expect(await ids(ada)).toEqual([eli.userId, dee.userId])
})

test('shows neither to the other where one blocks, and until when one leaves another alone', async () => {
  const [ada, bo, cy] = await three()
  await block(ada, bo)
  expect([(await ids(ada)).includes(bo.userId), (await ids(bo)).includes(ada.userId)]).toEqual([false, false])
  await decline(cy, (await invite(ada, cy)).invitation.id)
  expect((await list(cy)).find(({ id }) => id === ada.userId).cooldownUntil).not.toBeNull()
})

test('is told to nobody without a pass, and entered by nobody without a pass or a name', async () => {
  const stranger = await newMember(adminSql, 'Cy', { pass: false })
  expect(await codeOf(list(stranger))).toBe('pass_required')
  expect(await codeOf(enter(stranger))).toBe('pass_required')
  expect(await codeOf(room(stranger))).toBe('pass_required')
  const nameless = await newMember(adminSql)
  await adminSql`delete from public.profiles where account_id = ${nameless.userId}`
  expect(await codeOf(enter(nameless))).toBe('name_needed')
  expect(await codeOf(as({ role: 'anon' })((sql) => sql`select * from app.list_people(null, null, 10)`))).toBe('42501')
})

test('is a page of a few, whose rows are as many as it shows, among a thousand', async () => {
  const [ada] = await two()
  await adminSql`
      with people as (insert into auth.users (id) select gen_random_uuid() from generate_series(1, 1000) returning id),
        names as (insert into public.profiles (account_id, name) select id, 'Somebody' from people)
      insert into public.room_presence (account_id, camera) select id, true from people`
  const read = await adminSql.begin(async (tx) => {
    await tx`select set_config('role', 'authenticated', true), set_config('request.jwt.claim.sub', ${ada.userId}, true)`
    await tx`select person from app.list_people(null, null, 20)`
    await tx`reset role`
    return tx`
        select pg_stat_get_xact_tuples_returned(c.oid)::int as rows from pg_class c
        where c.relname in ('room_presence', 'room_presence_joined') order by c.relname`
  })
  expect(read.every(({ rows }) => rows <= 25)).toBe(true)
})
