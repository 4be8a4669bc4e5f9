import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import * as blocksOne from '#app/api/v1/rooms/blocks/[id]/route.ts'
import * as blocks from '#app/api/v1/rooms/blocks/route.ts'
import * as callsOneBeat from '#app/api/v1/rooms/calls/[id]/beat/route.ts'
import * as callsOneLeave from '#app/api/v1/rooms/calls/[id]/leave/route.ts'
import * as callsOneReport from '#app/api/v1/rooms/calls/[id]/report/route.ts'
import * as callsOne from '#app/api/v1/rooms/calls/[id]/route.ts'
import * as calls from '#app/api/v1/rooms/calls/route.ts'
import * as acceptance from '#app/api/v1/rooms/invitations/[id]/acceptance/route.ts'
import * as decline from '#app/api/v1/rooms/invitations/[id]/decline/route.ts'
import * as withdrawal from '#app/api/v1/rooms/invitations/[id]/withdrawal/route.ts'
import * as invitations from '#app/api/v1/rooms/invitations/route.ts'
import * as people from '#app/api/v1/rooms/people/route.ts'
import * as presence from '#app/api/v1/rooms/presence/route.ts'
import * as rooms from '#app/api/v1/rooms/route.ts'
import type { PersonActor } from '#lib/auth/actor.ts'
import { log } from '#lib/log.ts'
import { signIn } from '#supabase/tests/support/api.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { newMember } from '#supabase/tests/support/rooms.ts'

// Two people meet by the API alone, and everybody else is refused.

const { adminSql } = await testDatabase()
Object.assign(process.env, { APP_URL: 'http://causeway.test', APP_SECRET: 'a secret of these tests, and long enough' })
vi.mock('#lib/auth/request-actor.ts', async (original) => ({
  ...(await original<typeof import('#lib/auth/request-actor.ts')>()),
  requestPerson: (await import('#supabase/tests/support/api.ts')).requestPerson,
}))

beforeEach(() => {
  signIn(undefined)
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(log, level).mockImplementation(() => {})
})

type Handler = (request: Request, context: { params: Promise<{ id: string }> }) => Promise<Response>
type Ask = { body?: unknown; id?: string; query?: string; origin?: string }

/** What the route's own handler answers to whoever asks. */
async function ask(
  who: PersonActor | undefined,
  module: object,
  method: string,
  { body, id = '', query = '', origin }: Ask = {},
) {
  signIn(who)
  // Cast: what a route exports under the name of a method is its handler.
  const handler = Reflect.get(module, method) as Handler
  const request = new Request(`http://causeway.test/api/v1/rooms${query}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(origin === undefined ? {} : { origin }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const answer = await handler(request, { params: Promise.resolve({ id }) })
  const text = await answer.text()
  return { status: answer.status, json: text === '' ? null : JSON.parse(text) }
}

const codeOf = async (answer: Promise<{ status: number; json: { code?: string } | null }>) => {
  const { status, json } = await answer
  return `${status} ${json?.code ?? ''}`.trim()
}

async function two(): Promise<[PersonActor, PersonActor]> {
  const people = [await newMember(adminSql, 'Ada'), await newMember(adminSql, 'Bo')] as [PersonActor, PersonActor]
  for (const person of people) await ask(person, presence, 'PUT', { body: { camera: true } })
  return people
}

test('two people enter, ask, accept, connect, talk, leave, and see it in their history', async () => {
  const [ada, bo] = await two()
  const listed = await ask(ada, people, 'GET')
  expect(listed.json.people).toMatchObject([{ id: bo.userId, name: 'Bo', cooldownUntil: null }])
  const asked = await ask(ada, invitations, 'POST', { body: { personId: bo.userId, seconds: 300 } })
  expect([asked.status, asked.json.call]).toEqual([201, null])
  const { received, now } = (await ask(bo, rooms, 'GET')).json
  expect(received).toMatchObject([{ id: asked.json.invitation.id, inviter: { name: 'Ada' } }])
  expect(Date.parse(received[0].deadline) - Date.parse(now)).toBeGreaterThan(10_000)
  const { call } = (await ask(bo, acceptance, 'POST', { id: received[0].id, body: { seconds: 61 } })).json
  expect(call).toMatchObject({ status: 'connecting', seconds: 180, partner: { name: 'Ada' } })
  await ask(ada, callsOneBeat, 'POST', { id: call.id, body: { connected: true } })
  const live = await ask(bo, callsOneBeat, 'POST', { id: call.id, body: { connected: true } })
  expect(live.json).toMatchObject({ status: 'live', connected: true, partner: { connected: true } })
  expect((await ask(ada, rooms, 'GET')).json.call.id).toBe(call.id)
  expect((await ask(ada, callsOneLeave, 'POST', { id: call.id })).json).toMatchObject({
    status: 'ended',
    endReason: 'left',
  })
  const [adas, bos] = await Promise.all(
    [ask(ada, calls, 'GET'), ask(bo, callsOne, 'GET', { id: call.id })].map((answer) => answer),
  )
  expect(adas?.json.calls).toMatchObject([{ id: call.id, partner: { name: 'Bo' } }])
  expect(bos?.json).toMatchObject({ id: call.id, partner: { name: 'Ada' } })
  expect(await codeOf(ask(bo, invitations, 'POST', { body: { personId: ada.userId, seconds: 60 } }))).toBe(
    '409 in_cooldown',
  )
  expect((await ask(ada, callsOneReport, 'POST', { id: call.id, body: { kind: 'other' } })).status).toBe(204)
  expect((await ask(ada, blocks, 'GET')).json.blocks).toMatchObject([{ id: bo.userId, name: 'Bo' }])
  expect((await ask(ada, blocksOne, 'DELETE', { id: bo.userId })).status).toBe(204)
  expect((await ask(ada, presence, 'DELETE')).status).toBe(204)
  expect((await ask(ada, rooms, 'GET')).json.present).toBe(false)
})

test('an invitation is declined by the one and withdrawn by the other', async () => {
  const [ada, bo] = await two()
  const first = await ask(ada, invitations, 'POST', { body: { personId: bo.userId, seconds: 60 } })
  const declined = await ask(bo, decline, 'POST', { id: first.json.invitation.id })
  expect(declined.json).toMatchObject({ invitation: { status: 'declined' }, call: null })
  const [cy, dee] = await two()
  const second = await ask(cy, invitations, 'POST', { body: { personId: dee.userId, seconds: 60 } })
  const withdrawn = await ask(cy, withdrawal, 'POST', { id: second.json.invitation.id })
  expect(withdrawn.json.invitation.status).toBe('withdrawn')
  expect(await codeOf(ask(dee, acceptance, 'POST', { id: second.json.invitation.id, body: { seconds: 60 } }))).toBe(
    '409 invitation_over',
  )
})

test('people are listed by pages', async () => {
  const [ada] = await two()
  await two()
  const first = (await ask(ada, people, 'GET', { query: '?limit=2' })).json
  const second = (await ask(ada, people, 'GET', { query: `?limit=100&cursor=${first.nextCursor}` })).json
  const ids = [...first.people, ...second.people].map(({ id }: { id: string }) => id)
  expect(first.people).toHaveLength(2)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBeGreaterThanOrEqual(3)
  expect(second.nextCursor).toBeNull()
})

const doors: [name: string, module: object, method: string, body?: unknown][] = [
  ['the rooms', rooms, 'GET'],
  ['entering', presence, 'PUT', { camera: true }],
  ['people', people, 'GET'],
  ['asking', invitations, 'POST', { personId: randomUUID(), seconds: 60 }],
  ['accepting', acceptance, 'POST', { seconds: 60 }],
  ['a beat', callsOneBeat, 'POST', { connected: true }],
]
const others: typeof doors = [
  ['leaving', presence, 'DELETE'],
  ['declining', decline, 'POST'],
  ['withdrawing', withdrawal, 'POST'],
  ['history', calls, 'GET'],
  ['a call', callsOne, 'GET'],
  ['leaving a call', callsOneLeave, 'POST'],
  ['a report', callsOneReport, 'POST', { kind: 'other' }],
  ['blocks', blocks, 'GET'],
  ['a block', blocksOne, 'PUT'],
  ['unblocking', blocksOne, 'DELETE'],
]

describe.each([...doors, ...others])('%s', (_, module, method, body) => {
  test('asks whoever has no account to sign in', async () => {
    expect(await codeOf(ask(undefined, module, method, { body, id: randomUUID() }))).toBe('401 sign_in_required')
  })
})

describe.each([...doors, ...others].filter(([, , method]) => method !== 'GET'))('%s', (_, module, method, body) => {
  test('refuses what another site sent', async () => {
    const [ada] = await two()
    expect(
      await codeOf(ask(ada, module, method, { body, id: randomUUID(), origin: 'https://elsewhere.example' })),
    ).toBe('403 foreign_origin')
  })
})

describe.each(doors)('%s', (_, module, method, body) => {
  test('is behind the paywall', async () => {
    const nobody = await newMember(adminSql, 'Cy', { pass: false })
    expect(await codeOf(ask(nobody, module, method, { body, id: randomUUID() }))).toBe('402 pass_required')
  })

  test('is closed to whoever is suspended', async () => {
    const ada = await newMember(adminSql)
    await adminSql`insert into public.suspensions (account_id, because) values (${ada.userId}, 'operator')`
    expect(await codeOf(ask(ada, module, method, { body, id: randomUUID() }))).toBe('403 suspended')
  })
})

test.each([
  ['a length that is no whole number', invitations, { personId: randomUUID(), seconds: 60.5 }, '422 invalid_field'],
  ['a length of a minute less one', invitations, { personId: randomUUID(), seconds: 59 }, '422 invalid_field'],
  ['a person who is no id', invitations, { personId: 'bo', seconds: 60 }, '422 invalid_field'],
  ['a field that is unknown', invitations, { personId: randomUUID(), seconds: 60, now: true }, '422 unknown_field'],
  ['a beat without a word', callsOneBeat, {}, '422 invalid_field'],
  ['a report of nothing known', callsOneReport, { kind: 'boring' }, '422 invalid_field'],
  ['a report of too many words', callsOneReport, { kind: 'other', words: 'x'.repeat(1001) }, '422 invalid_field'],
])('%s is refused', async (_, module, body, code) => {
  const [ada] = await two()
  expect(await codeOf(ask(ada, module, 'POST', { body, id: randomUUID() }))).toBe(code)
})

test.each([
  ['accepted', acceptance, { seconds: 60 }],
  ['declined', decline, undefined],
  ['withdrawn', withdrawal, undefined],
  ['beaten', callsOneBeat, { connected: true }],
  ['left', callsOneLeave, undefined],
  ['reported', callsOneReport, { kind: 'other' }],
])('what is %s by an id that is none, or nobody’s, is not found', async (_, module, body) => {
  const [ada] = await two()
  for (const id of ['none', randomUUID()])
    expect(await codeOf(ask(ada, module, 'POST', { body, id }))).toBe('404 not_found')
})
