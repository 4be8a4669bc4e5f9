import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { POST } from '#app/api/v1/guests/route.ts'
import { GET } from '#app/api/v1/passes/route.ts'
import { POST as confirm } from '#app/api/v1/profile/email/confirmation/route.ts'
import { POST as add } from '#app/api/v1/profile/email/route.ts'
import { log } from '#lib/log.ts'
import { type MailServer, startMail } from '#sandbox/mail/start.ts'
import { type Supabase, startSupabase } from '#sandbox/supabase/start.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

// A guest begins with a name and nothing else, over the real client, at what stands in for Supabase Auth.

const jar = vi.hoisted(() => new Map<string, string>())
vi.mock('next/headers.js', () => ({
  cookies: async () => ({
    getAll: () => [...jar].map(([name, value]) => ({ name, value })),
    set: (name: string, value: string) => jar.set(name, value),
  }),
}))

const { adminSql, adminUrl } = await testDatabase()
let dir: string
let mail: MailServer
let supabase: Supabase

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'causeway-guests-'))
  mail = await startMail({ dir: join(dir, 'mail'), port: 0 })
  supabase = await startSupabase({
    dir: join(dir, 'supabase'),
    port: 0,
    adminUrl,
    siteUrl: 'http://causeway.test',
    mail,
  })
  process.env.SUPABASE_URL = supabase.url
  process.env.SUPABASE_PUBLISHABLE_KEY = supabase.publishableKey
})

beforeEach(() => {
  jar.clear()
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(log, level).mockImplementation(() => {})
})

afterAll(async () => {
  await supabase.stop()
  await mail.stop()
  await rm(dir, { recursive: true })
})

type Route = (request: Request, context: undefined) => Promise<Response>
const send = async (post: Route, body: unknown, headers: Record<string, string> = {}) => {
  const response = await post(
    new Request('http://causeway.test/api/v1', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
    undefined,
  )
  return { status: response.status, json: await response.json() }
}
const begin = (body: unknown, headers?: Record<string, string>) => send(POST, body, headers)
const own = async () => (await GET(new Request('http://causeway.test/api/v1/passes'), undefined)).json()
const guests = async () => (await adminSql`select count(*)::int from auth.users where is_anonymous`)[0]?.count

test('a guest gets an account of their own, and its session in the cookie', async () => {
  const { status, json } = await begin({ name: 'Ada' })
  expect([status, json.name]).toEqual([201, 'Ada'])
  expect([...jar.keys()].join()).toMatch(/^causeway-session/)
  expect(await own()).toMatchObject({ holds: false, profile: { name: 'Ada' }, passes: [] })
})

test('whoever begins again stays who they are', async () => {
  await begin({ name: 'Ada' })
  const before = await guests()
  expect((await begin({ name: 'Ada L.' })).json.name).toBe('Ada L.')
  expect(await guests()).toBe(before)
  expect((await own()).profile.name).toBe('Ada L.')
})

test.each<[string, unknown, Record<string, string>, string]>([
  ['without a name', {}, {}, 'invalid_field'],
  ['an empty name', { name: ' ' }, {}, 'invalid_field'],
  ['a name that is long', { name: 'x'.repeat(41) }, {}, 'invalid_field'],
  ['a name that turns writing around', { name: 'Ada\u202e' }, {}, 'invalid_field'],
  ['another site', { name: 'Ada' }, { origin: 'https://evil.test' }, 'foreign_origin'],
])('%s makes no account', async (_name, body, headers, code) => {
  const before = await guests()
  expect((await begin(body, headers)).json.code).toBe(code)
  expect([await guests(), jar.size]).toEqual([before, 0])
})

test('a guest keeps their account by an email: the same one, with all that is in it', async () => {
  await begin({ name: 'Grace' })
  const email = 'grace@example.test'
  expect(await send(add, { email: ' Grace@Example.test' })).toEqual({ status: 202, json: { email } })
  const code = mail.list(email)[0]?.code ?? ''
  expect((await send(confirm, { email, code: '000000' })).json.code).toBe('code_refused')
  expect(await send(confirm, { email, code })).toEqual({ status: 200, json: { email } })
  const [row] = await adminSql`
    select u.is_anonymous, f.name from auth.users u join public.profiles f on f.account_id = u.id where u.email = ${email}`
  expect(row).toEqual({ is_anonymous: false, name: 'Grace' })
  expect((await own()).profile.name).toBe('Grace')
  expect((await send(add, { email: 'other@example.test' })).json.code).toBe('wrong_state')
})

test('nobody learns which addresses have an account', async () => {
  await begin({ name: 'Ada' })
  const before = mail.list('grace@example.test').length
  const { status, json } = await send(add, { email: 'grace@example.test' })
  expect([status, json]).toEqual([202, { email: 'grace@example.test' }])
  expect(mail.list('grace@example.test')).toHaveLength(before)
})

test('without a session there is no account to keep', async () => {
  expect((await send(add, { email: 'nobody@example.test' })).json.code).toBe('sign_in_required')
  await begin({ name: 'Ada' })
  expect((await send(add, { email: 'nobody' })).json.code).toBe('invalid_email')
})
