import postgres from 'postgres'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { PersonActor } from '#lib/auth/actor.ts'
import { drainJobs } from '#lib/jobs/drain.ts'
import { log } from '#lib/log.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import {
  accept,
  ageCall,
  ageInvitation,
  beat,
  callBetween,
  enter,
  invite,
  newMembers,
  room,
} from '#supabase/tests/support/rooms.ts'

// What is done by the clock, by the tasks themselves, and what is right again after somebody was killed.

const { adminSql, adminUrl } = await testDatabase()

beforeEach(() => {
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(log, level).mockImplementation(() => {})
})

const two = () => newMembers(adminSql, 'Ada', 'Bo') as Promise<[PersonActor, PersonActor]>
const due = () => adminSql`update graphile_worker._private_jobs set run_at = now()`
const left = () => adminSql`select key from graphile_worker.jobs where last_error is not null or attempts > 0`

/** The commands as far as somebody comes before the server's process, or its connection, is gone. */
async function killedDuring({ userId }: PersonActor, command: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} })
  const connection = await sql.reserve()
  await connection`begin`
  await connection`select set_config('role', 'authenticated', true), set_config('request.jwt.claim.sub', ${userId}, true)`
  await connection.unsafe(command)
  await connection`reset role`
  await expect(connection`select pg_terminate_backend(pg_backend_pid())`).rejects.toThrow()
  await sql.end({ timeout: 0 })
}

describe('the tasks', () => {
  test('end what is over by the clock, and let out whose pass ended', async () => {
    const [ada, bo] = await two()
    const [cy, dee] = await two()
    const [eli, flo] = await two()
    const missed = await invite(ada, bo)
    const over = await callBetween(cy, dee, { seconds: 60 })
    const revoked = await callBetween(eli, flo)
    await ageInvitation(adminSql, missed.invitation.id, '21 seconds')
    await ageCall(adminSql, over, '61 seconds')
    await adminSql`update public.passes set status = 'revoked' where owner_id = ${eli.userId}`
    await due()
    await drainJobs()
    expect(await adminSql`select status from public.invitations where id = ${missed.invitation.id}`).toEqual([
      { status: 'missed' },
    ])
    const reasons =
      await adminSql`select end_reason from public.calls where id in (${over}, ${revoked}) order by created_at`
    expect(reasons).toEqual([{ end_reason: 'time' }, { end_reason: 'pass_ended' }])
    expect(await left()).toEqual([])
  })

  test('that come too early do nothing, and the sweep finds what no job knows', async () => {
    const [ada, bo] = await two()
    const id = await callBetween(ada, bo, { seconds: 60 })
    await due()
    await drainJobs()
    expect((await room(ada)).call.id).toBe(id)
    await ageCall(adminSql, id, '61 seconds')
    await adminSql`select graphile_worker.add_job('sweep_rooms')`
    await drainJobs()
    expect(await adminSql`select end_reason from public.calls where id = ${id}`).toEqual([{ end_reason: 'time' }])
  })
})

describe('somebody is killed', () => {
  test('while an invitation is accepted: it waits still, and is accepted once', async () => {
    const [ada, bo] = await two()
    const { invitation } = await invite(ada, bo)
    await killedDuring(bo, `select app.accept_invitation('${invitation.id}', 300)`)
    expect(await room(bo)).toMatchObject({ received: [{ id: invitation.id, status: 'pending' }], call: null })
    const { call } = await accept(bo, invitation.id)
    expect(await adminSql`select id from public.calls where invitation_id = ${invitation.id}`).toEqual([
      { id: call?.id },
    ])
  })

  test('as the call begins to run: it runs from when the two say so again', async () => {
    const [ada, bo] = await two()
    const id = await callBetween(ada, bo, { connected: false })
    await beat(ada, id)
    await killedDuring(bo, `select app.beat_call('${id}', true)`)
    expect((await room(ada)).call).toMatchObject({ status: 'connecting', partner: { connected: false } })
    expect(await beat(bo, id)).toMatchObject({ status: 'live' })
    expect(
      await adminSql`select count(*)::int as count from graphile_worker.jobs where key = ${`end_call:${id}`}`,
    ).toEqual([{ count: 1 }])
  })

  test('while somebody leaves: the call goes on, and both are still there', async () => {
    const [ada, bo] = await two()
    const id = await callBetween(ada, bo)
    await killedDuring(ada, `select app.leave_call('${id}')`)
    expect((await room(bo)).call).toMatchObject({ id, status: 'live' })
    expect((await enter(ada)).call).toMatchObject({ id, status: 'live' })
  })
})
