import { randomBytes, randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import type { PersonActor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'

// People in the rooms, and the commands as they call them. What a test asserts of the answers is in the test.

type Answer = Record<string, unknown> & { id: string; status: string }

/** Somebody with a name and a pass that came by a code. */
export async function newMember(adminSql: postgres.Sql, name = 'Ada', { pass = true } = {}): Promise<PersonActor> {
  const userId = randomUUID()
  await adminSql`insert into auth.users (id, is_anonymous) values (${userId}, true)`
  await adminSql`insert into public.profiles (account_id, name) values (${userId}, ${name})`
  if (pass) {
    await adminSql`
      with code as (
        insert into public.invite_codes (hash, sealed, max_uses, expires_at) values (${randomBytes(32)}, ''::bytea, 4, now() + interval '1 year') returning id)
      insert into public.passes (owner_id, code_id, expires_at) select ${userId}, id, now() + interval '1 year' from code`
  }
  return { role: 'authenticated', userId, isAnonymous: true }
}

/** So many people who are in the rooms. */
export async function newMembers(adminSql: postgres.Sql, ...names: string[]): Promise<PersonActor[]> {
  const people = await Promise.all(names.map((name) => newMember(adminSql, name)))
  await Promise.all(people.map((person) => enter(person)))
  return people
}

export const enter = (person: PersonActor, camera = true) =>
  as(person)((sql) => sql`select app.enter_rooms(${camera}) as answer`).then(([row]) => row?.answer)

export const room = (person: PersonActor) =>
  as(person)((sql) => sql`select app.read_room() as answer`).then(([row]) => row?.answer)

type Answered = { invitation: Answer; call: Answer | null }

export const invite = (from: PersonActor, to: PersonActor, seconds = 300): Promise<Answered> =>
  as(from)((sql) => sql`select app.invite_person(${to.userId}, ${seconds}) as answer`).then(([row]) => row?.answer)

export const accept = (person: PersonActor, id: string, seconds = 300): Promise<Answered> =>
  as(person)((sql) => sql`select app.accept_invitation(${id}, ${seconds}) as answer`).then(([row]) => row?.answer)

export const decline = (person: PersonActor, id: string): Promise<Answered> =>
  as(person)((sql) => sql`select app.decline_invitation(${id}) as answer`).then(([row]) => row?.answer)

export const withdraw = (person: PersonActor, id: string): Promise<Answered> =>
  as(person)((sql) => sql`select app.withdraw_invitation(${id}) as answer`).then(([row]) => row?.answer)

export const beat = (person: PersonActor, id: string, connected = true): Promise<Answer> =>
  as(person)((sql) => sql`select app.beat_call(${id}, ${connected}) as answer`).then(([row]) => row?.answer)

export const leave = (person: PersonActor, id: string): Promise<Answer> =>
  as(person)((sql) => sql`select app.leave_call(${id}) as answer`).then(([row]) => row?.answer)

export const report = (person: PersonActor, id: string, kind = 'harassment', words = '') =>
  as(person)((sql) => sql`select app.report_call(${id}, ${kind}, ${words})`)

export const block = (person: PersonActor, other: PersonActor) =>
  as(person)((sql) => sql`select app.block_person(${other.userId})`)

/** A call between two who are there; once both are connected it is live. Returns its id. */
export async function callBetween(
  one: PersonActor,
  other: PersonActor,
  { seconds = 300, connected = true } = {},
): Promise<string> {
  const { invitation } = await invite(one, other, seconds)
  const { call } = await accept(other, invitation.id, seconds)
  if (!call) throw new Error('No call came of it.')
  if (connected) {
    await beat(one, call.id)
    await beat(other, call.id)
  }
  return call.id
}

/** The clock moves on for an invitation: it was made, and ends, so much earlier. Its own triggers would not allow it. */
export const ageInvitation = (sql: postgres.Sql, id: string, interval: string) =>
  sql.begin((tx) => [
    tx`set local session_replication_role = replica`,
    tx`update public.invitations set created_at = created_at - ${interval}::interval, deadline = deadline - ${interval}::interval where id = ${id}`,
  ])

/** The clock moves on for a call and for what was last heard in it. */
export const ageCall = (sql: postgres.Sql, id: string, interval: string) =>
  sql.begin((tx) => [
    tx`set local session_replication_role = replica`,
    tx`update public.calls set connect_by = connect_by - ${interval}::interval, started_at = started_at - ${interval}::interval,
      ends_at = ends_at - ${interval}::interval, ended_at = ended_at - ${interval}::interval where id = ${id}`,
    tx`update public.call_members set seen_at = seen_at - ${interval}::interval where call_id = ${id}`,
  ])

/** Their page says nothing any more. */
export const gone = (sql: postgres.Sql, { userId }: PersonActor) =>
  sql`update public.room_presence set seen_at = now() - interval '31 seconds' where account_id = ${userId}`

/** How an attempt ends: `done`, or the problem's code. */
export const codeOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  )
