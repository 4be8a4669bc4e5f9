import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { PersonActor } from '#lib/auth/actor.ts'
import { makeCode } from '#lib/codes/code.ts'
import { limits } from '#lib/http/rate-limit/limits.ts'
import { log } from '#lib/log.ts'
import { makeAgent } from '#supabase/tests/support/agents.ts'
import { call, keyOf, signIn } from '#supabase/tests/support/api.ts'
import { alice, introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { buyPass, movePassOrder, newGuest } from '#supabase/tests/support/passes.ts'

// Passes and codes as the API gives them: what a person sees, shares and enters, and how everything else is refused.

const { adminSql } = await testDatabase()
await introduceCast(adminSql)
vi.mock('#lib/auth/request-actor.ts', async (original) => ({
  ...(await original<typeof import('#lib/auth/request-actor.ts')>()),
  requestPerson: (await import('#supabase/tests/support/api.ts')).requestPerson,
}))

let owner: PersonActor
let order: string
beforeEach(async () => {
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(log, level).mockImplementation(() => {})
  owner = await newGuest(adminSql)
  order = await buyPass(adminSql, owner)
  signIn(owner)
})

const ask = async (
  person: PersonActor | undefined,
  route: string,
  method: string,
  more: Parameters<typeof call>[2] = {},
) => {
  signIn(person)
  return await call(route, method, more)
}
const ownCode = async (person = owner) => (await ask(person, 'codes', 'GET')).json.codes[0]
const redeem = async (code: string, person?: PersonActor) => {
  const friend = person ?? (await newGuest(adminSql))
  return await ask(friend, 'codes/redemptions', 'POST', { body: { code } })
}

test('a buyer sees what they own', async () => {
  await ask(owner, 'profile', 'PUT', { body: { name: '  Ada ' } })
  const { status, json } = await ask(owner, 'passes', 'GET')
  expect(status).toBe(200)
  expect(json).toMatchObject({ holds: true, suspended: false, profile: { name: 'Ada' } })
  expect(json.passes).toMatchObject([{ status: 'active', orderId: order, codeId: null, expiresAt: json.holdsUntil }])
  expect(json.orders).toMatchObject([{ id: order, status: 'paid', price: '0.50', currency: 'USD' }])
})

test('a stranger owns nothing, and is told what it costs', async () => {
  const stranger = await newGuest(adminSql)
  const { json } = await ask(stranger, 'passes', 'GET')
  expect(json).toEqual({ holds: false, holdsUntil: null, suspended: false, profile: null, passes: [], orders: [] })
  expect((await ask(undefined, 'passes/terms', 'GET')).json).toMatchObject({
    cardPrice: '0.50',
    tokenPrice: '0.01',
    codeUses: 4,
  })
})

describe('a buyer’s code', () => {
  test('is made when it is first looked at, once, and is the same ever after', async () => {
    const looks = await Promise.all([1, 2, 3, 4].map(() => ask(owner, 'codes', 'GET')))
    const codes = new Set(looks.map(({ json }) => json.codes[0].code))
    expect(codes.size).toBe(1)
    const code = await ownCode()
    expect(code).toMatchObject({ status: 'open', uses: 0, maxUses: 4 })
    expect(code.url).toBe(`http://causeway.test/r/${code.code}`)
    const [row] = await adminSql`select to_jsonb(c)::text as stored from public.invite_codes c where id = ${code.id}`
    expect(row?.stored).not.toContain(code.code)
  })

  test('lets a friend in, written as they like, once', async () => {
    const { code } = await ownCode()
    const friend = await newGuest(adminSql)
    const typed = ` ${code.toLowerCase().replaceAll(/(.{5})/g, '$1-')} `
    const came = await redeem(typed, friend)
    expect([came.status, came.json.status]).toEqual([201, 'active'])
    expect((await ask(friend, 'passes', 'GET')).json.holds).toBe(true)
    expect((await redeem(code, friend)).json).toMatchObject({ status: 422, code: 'code_used' })
    expect(await ownCode()).toMatchObject({ uses: 1, redemptions: [{ name: null }] })
    expect((await ask(friend, 'codes', 'GET')).json).toEqual({ codes: [], callsCounted: 0, callsNeeded: 4 })
  })

  test('is dead while its payment is in dispute', async () => {
    const { code } = await ownCode()
    await movePassOrder(adminSql, order, 'disputed')
    expect((await redeem(code)).json.code).toBe('code_revoked')
    expect((await ownCode()).status).toBe('revoked')
    expect((await ask(owner, 'passes', 'GET')).json.holds).toBe(false)
  })

  test('is revoked by its owner, and by nobody else but an operator', async () => {
    const { id, code } = await ownCode()
    expect((await ask(alice, 'codes/[id]/revocation', 'POST', { id })).status).toBe(404)
    expect((await ask(olga, 'codes/[id]/revocation', 'POST', { id })).json.status).toBe('revoked')
    expect((await ask(owner, 'codes/[id]/revocation', 'POST', { id })).status).toBe(200)
    expect((await redeem(code)).json.code).toBe('code_revoked')
    expect((await ask(owner, 'codes/[id]/revocation', 'POST', { id: 'x' })).status).toBe(404)
  })

  test('is a picture for its owner alone', async () => {
    const { id } = await ownCode()
    const svg = await ask(owner, 'codes/[id]/qr', 'GET', { id })
    expect(svg.headers.get('content-type')).toBe('image/svg+xml')
    expect(svg.text).toMatch(/^<svg .*<\/svg>$/)
    const png = await ask(owner, 'codes/[id]/qr', 'GET', { id, query: '?format=png' })
    expect(png.headers.get('content-type')).toBe('image/png')
    expect((await ask(alice, 'codes/[id]/qr', 'GET', { id })).status).toBe(404)
    expect((await ask(owner, 'codes/[id]/qr', 'GET', { id, query: '?format=gif' })).status).toBe(422)
  })
})

describe('bad codes change nothing', () => {
  test.each<[string, unknown, number, string]>([
    ['nothing', {}, 422, 'invalid_field'],
    ['a number', { code: 5 }, 422, 'invalid_field'],
    ['too short a code', { code: 'ABC' }, 422, 'invalid_field'],
    ['too large a number', { code: 'Z'.repeat(26) }, 422, 'invalid_field'],
    ['a code as long as a book', { code: '0'.repeat(5000) }, 422, 'invalid_field'],
    ['a field that is none', { code: makeCode(), more: 1 }, 422, 'unknown_field'],
    ['a code that is nobody’s', { code: makeCode() }, 404, 'not_found'],
  ])('%s', async (_name, body, status, code) => {
    const friend = await newGuest(adminSql)
    const refused = await ask(friend, 'codes/redemptions', 'POST', { body })
    expect([refused.status, refused.json.code]).toEqual([status, code])
    expect((await ask(friend, 'passes', 'GET')).json.passes).toEqual([])
  })

  test('and whoever guesses waits', async () => {
    const friend = await newGuest(adminSql)
    const codes: string[] = []
    for (let at = 0; at <= limits.wrongSecrets; at++) {
      const { json } = await ask(friend, 'codes/redemptions', 'POST', { body: { code: makeCode() } })
      codes.push(json.code)
    }
    expect(codes.at(0)).toBe('not_found')
    expect(codes.at(-1)).toBe('rate_limited')
  })
})

describe('everybody else', () => {
  const asked: [route: string, method: string, body?: unknown][] = [
    ['passes', 'GET'],
    ['profile', 'PUT', { name: 'Ada' }],
    ['codes', 'GET'],
    ['codes/redemptions', 'POST', { code: makeCode() }],
    ['codes/[id]/revocation', 'POST'],
    ['codes/[id]/qr', 'GET'],
    ['codes/issued', 'GET'],
    ['codes/issued', 'POST', { maxUses: 1, expiresAt: new Date(Date.now() + 86_400_000).toISOString(), note: 'x' }],
  ]

  test.each(asked)('%s %s asks to sign in, and tells a key that a person has to', async (route, method, body) => {
    const agent = await makeAgent(adminSql)
    const id = randomUUID()
    expect((await ask(undefined, route, method, { body, id })).json.code).toBe('sign_in_required')
    expect((await ask(undefined, route, method, { body, id, key: keyOf(agent) })).json.code).toBe('person_required')
  })

  test('a guest is no operator', async () => {
    const body = { maxUses: 1, expiresAt: new Date(Date.now() + 86_400_000).toISOString(), note: 'mine' }
    expect((await ask(owner, 'codes/issued', 'GET')).json.code).toBe('forbidden')
    expect((await ask(owner, 'codes/issued', 'POST', { body })).json.code).toBe('forbidden')
    const [row] = await adminSql`select count(*)::int from public.invite_codes where note = 'mine'`
    expect(row?.count).toBe(0)
  })
})

test('an operator makes a code, once a key, and whoever has it comes in', async () => {
  const body = { maxUses: 2, expiresAt: new Date(Date.now() + 86_400_000).toISOString(), note: 'Opening night' }
  const headers = { 'idempotency-key': randomUUID() }
  const made = await ask(olga, 'codes/issued', 'POST', { body, headers })
  const again = await ask(olga, 'codes/issued', 'POST', { body, headers })
  expect(made.status).toBe(201)
  expect(again.json).toEqual(made.json)
  expect(again.headers.get('idempotent-replayed')).toBe('true')
  expect((await redeem(made.json.code)).status).toBe(201)
  const listed = await ask(olga, 'codes/issued', 'GET')
  expect(listed.json.codes).toMatchObject([{ id: made.json.id, uses: 1, note: 'Opening night' }])
})
