import { randomUUID } from 'node:crypto'
import type postgres from 'postgres'

type Sql = postgres.Sql | postgres.TransactionSql

/** One person asks another to talk for a minute, directly in a status. Returns its id. */
const insertInvitation = async (sql: Sql, status: string): Promise<string> => {
  const [inviter, invitee, id] = [randomUUID(), randomUUID(), randomUUID()]
  await sql`insert into auth.users (id) values (${inviter}), (${invitee})`
  await sql`
    insert into public.invitations (id, inviter_id, invitee_id, status, seconds, answered_seconds, deadline, ended_at)
    values (${id}, ${inviter}, ${invitee}, ${status}, 60, ${status === 'accepted' ? 60 : null}, now(), ${status === 'pending' ? null : new Date()})`
  return id
}

/** Moves it by a direct update. */
const moveInvitation = (sql: Sql, id: string, to: string) => sql`
  update public.invitations set status = ${to}, answered_seconds = ${to === 'accepted' ? 60 : null} where id = ${id}`

/** A call that came of an invitation, directly in a status. Returns its id. */
const insertCall = async (sql: Sql, status: string): Promise<string> => {
  const invitation = await insertInvitation(sql, 'pending')
  await moveInvitation(sql, invitation, 'accepted')
  const id = randomUUID()
  await sql`
    insert into public.calls (id, invitation_id, status, seconds, connect_by, started_at, ends_at, ended_at, end_reason)
    select ${id}, ${invitation}, ${status}, 60, now(), t.at, t.at + interval '60 seconds', e.at, e.reason
    from (select case when ${status} = 'live' then now() end as at) t,
      (select case when ${status} = 'ended' then now() end as at, case when ${status} = 'ended' then 'left' end as reason) e`
  return id
}

/** Moves it by a direct update. */
const moveCall = (sql: Sql, id: string, to: string) => sql`
  update public.calls c set status = ${to}, started_at = n.started_at, ends_at = n.started_at + interval '60 seconds',
    ended_at = case when ${to} = 'ended' then now() end, end_reason = case when ${to} = 'ended' then 'left' end
  from (select coalesce(o.started_at, case when ${to} = 'live' then now() end) as started_at from public.calls o where o.id = ${id}) n
  where c.id = ${id}`

/** The machines of the rooms, and how to put a row into any state of them. */
export const roomMachines = [
  {
    name: 'invitations',
    transitions: 'invitation_transitions',
    events: 'invitation_events',
    guard: 'invitation_events_transition_is_allowed',
    start: 'pending',
    edges: ['pending accepted', 'pending declined', 'pending withdrawn', 'pending missed', 'pending void'],
    insert: insertInvitation,
    move: moveInvitation,
  },
  {
    name: 'calls',
    transitions: 'call_transitions',
    events: 'call_events',
    guard: 'call_events_transition_is_allowed',
    start: 'connecting',
    edges: ['connecting live', 'connecting ended', 'live ended'],
    insert: insertCall,
    move: moveCall,
  },
]
