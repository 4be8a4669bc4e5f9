import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { type NodeEnvironment, type Served, serve } from '#sandbox/http/serve.ts'
import { type MailServer, startMail } from '#sandbox/mail/start.ts'
import { freePort } from '#sandbox/ports.ts'
import { type Supabase, startSupabase } from '#sandbox/supabase/start.ts'
import type { Check } from '#scripts/doctor/check.ts'
import { restSchemas } from '#scripts/doctor/checks/rest-schemas.ts'
import { restStranger } from '#scripts/doctor/checks/rest-stranger.ts'
import { supabaseAuth } from '#scripts/doctor/checks/supabase-auth.ts'
import { walletSignIn } from '#scripts/doctor/checks/wallet-sign-in.ts'
import { examine } from '#scripts/doctor/diagnose.ts'
import { admit } from '#scripts/doctor/patient.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

const { adminSql, adminUrl } = await testDatabase()

let dir: string
let mail: MailServer
let supabase: Supabase
let other: Served | undefined

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'causeway-doctor-'))
  mail = await startMail({ dir: join(dir, 'mail'), port: 0 })
  supabase = await startSupabase({ dir, port: 0, adminUrl, siteUrl: 'http://localhost:3000', mail })
})

afterEach(async () => {
  await other?.stop()
  other = undefined
})

afterAll(async () => {
  await supabase.stop()
  await mail.stop()
  await rm(dir, { recursive: true })
})

const look = async (check: Check, change: Record<string, string> = {}) =>
  (
    await examine(
      check,
      admit({ SUPABASE_URL: supabase.url, SUPABASE_PUBLISHABLE_KEY: supabase.publishableKey, ...change }),
    )
  )[0]

/** A Supabase that answers one path as told. */
async function answering(path: string, status: number, body: object): Promise<{ SUPABASE_URL: string }> {
  const app = new Hono<NodeEnvironment>().all(path, () => Response.json(body, { status }))
  other = await serve({ app, port: 0 })
  return { SUPABASE_URL: other.url }
}

/** Lite says on the console what the database refused. */
const quietly = () => vi.spyOn(console, 'error').mockImplementation(() => {})

test.each([supabaseAuth, walletSignIn, restSchemas, restStranger])('a project is in order: $name', async (check) => {
  quietly()
  expect(await look(check)).toMatchObject({ state: 'ok' })
})

describe('what is wrong with a project is named', () => {
  test('a key of another project', async () => {
    expect(await look(supabaseAuth, { SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_other' })).toMatchObject({
      state: 'fail',
      seen: 'Supabase refuses the publishable key (401)',
      step: expect.stringContaining('Copy the sb_publishable_ key'),
    })
  })

  const legacy = `e30.${Buffer.from('{"role":"service_role"}').toString('base64url')}.x`
  test.each(['sb_secret_x', legacy])('a secret key in the place of the publishable one: %s', async (key) => {
    expect(await look(supabaseAuth, { SUPABASE_PUBLISHABLE_KEY: key })).toMatchObject({
      state: 'fail',
      seen: expect.stringContaining('the key is a secret one'),
    })
  })

  test('an address where nothing is', async () => {
    const nowhere = `http://127.0.0.1:${await freePort()}`
    expect(await look(supabaseAuth, { SUPABASE_URL: nowhere })).toMatchObject({
      state: 'fail',
      seen: `${nowhere}: nothing listens there`,
    })
  })

  test('email is off', async () => {
    const change = await answering('/auth/v1/settings', 200, { external: { email: false } })
    expect(await look(supabaseAuth, change)).toMatchObject({ state: 'fail', seen: 'signing in by email is off' })
  })

  test('nobody can sign up', async () => {
    const change = await answering('/auth/v1/settings', 200, { external: { email: true }, disable_signup: true })
    expect(await look(supabaseAuth, change)).toMatchObject({ state: 'warn', seen: 'nobody new can sign up' })
  })

  test.each([
    ['as the older API version says it', { code: 422, error_code: 'web3_provider_disabled', msg: 'off' }],
    ['as the newer one does', { code: 'web3_provider_disabled', message: 'off' }],
  ])('wallets are not let in, %s', async (_name, body) => {
    const change = await answering('/auth/v1/token', 422, body)
    expect(await look(walletSignIn, change)).toMatchObject({
      state: 'fail',
      seen: 'Ethereum wallets are not let in',
      step: expect.stringContaining('Web3 Wallet'),
    })
  })

  test('an answer that tells nothing is no proof', async () => {
    const change = await answering('/auth/v1/token', 429, { code: 429, error_code: 'over_request_rate_limit' })
    expect(await look(walletSignIn, change)).toMatchObject({ state: 'warn', seen: expect.stringContaining('429') })
  })

  test('the commands are exposed', async () => {
    const change = await answering('/rest/v1/nothing', 404, { code: 'PGRST205', message: 'no such table' })
    expect(await look(restSchemas, change)).toMatchObject({
      state: 'fail',
      seen: 'the REST API looks into app, private, graphile_worker, auth',
    })
  })

  test('an answer that is none of PostgREST tells nothing of the schemas', async () => {
    const change = await answering('/rest/v1/nothing', 503, { message: 'no upstream' })
    expect(await look(restSchemas, change)).toMatchObject({ state: 'warn', seen: expect.stringContaining('503') })
  })

  test('a policy that lets everybody in', async () => {
    quietly()
    await adminSql`create policy "oops" on public.account_roles for select to anon using (true)`
    await adminSql`grant select on public.account_roles to anon`
    const id = '00000000-0000-4000-8000-00000000a11c'
    await adminSql`insert into auth.users (id, email) values (${id}, 'a@causeway.test')`
    await adminSql`insert into public.account_roles (account_id, role) values (${id}, 'operator')`
    expect(await look(restStranger)).toMatchObject({ state: 'fail', seen: 'rows of account_roles' })
  })
})
