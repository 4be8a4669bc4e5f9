import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@supabase/supabase-js'
import postgres from 'postgres'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { type MailServer, startMail } from '#sandbox/mail/start.ts'
import { type Supabase, startSupabase } from '#sandbox/supabase/start.ts'

let dir: string
let mail: MailServer
let supabase: Supabase

const name = `supabase_${process.pid}_${Date.now()}`
const cluster = inject('clusterUrl')
const adminUrl = cluster.replace('DATABASE', name)
const owner = postgres(cluster.replace('DATABASE', 'postgres'), { max: 1, onnotice: () => {} })
const siteUrl = 'http://localhost:3000'
const start = (port: number) => startSupabase({ dir: join(dir, 'supabase'), port, adminUrl, siteUrl, mail })

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'causeway-supabase-'))
  await owner`create database ${owner(name)}`
  mail = await startMail({ dir: join(dir, 'mail'), port: 0 })
  supabase = await start(0)
})

afterAll(async () => {
  await supabase.stop()
  await mail.stop()
  await owner`drop database ${owner(name)}`
  await owner.end()
  await rm(dir, { recursive: true })
})

describe('signing in with a wallet', () => {
  const account = privateKeyToAccount(generatePrivateKey())

  test('opens a session which supabase-js refreshes and signs out of', async () => {
    const client = newClient()
    const message = signInMessage({ address: account.address.toLowerCase() })
    const { data, error } = await client.auth.signInWithWeb3({
      chain: 'ethereum',
      message,
      signature: await account.signMessage({ message }),
    })
    expect(error).toBeNull()
    expect(data.user?.app_metadata).toEqual({ provider: 'web3', providers: ['web3'] })
    expect(data.user?.user_metadata.custom_claims).toEqual({
      address: account.address.toLowerCase(),
      chain: 'ethereum',
      network: '31611',
      domain: 'localhost:3000',
      statement: 'Sign in to Causeway',
    })
    expect(data.user?.identities?.[0]).toMatchObject({
      provider: 'web3',
      id: `web3:ethereum:${account.address.toLowerCase()}`,
    })
    const before = claimsOf(data.session?.access_token)
    expect(before).toMatchObject({ role: 'authenticated', aal: 'aal1', is_anonymous: false, amr: [{ method: 'web3' }] })

    const refreshed = await client.auth.refreshSession()
    expect(refreshed.error).toBeNull()
    expect(refreshed.data.session?.refresh_token).not.toBe(data.session?.refresh_token)
    expect(claimsOf(refreshed.data.session?.access_token)).toMatchObject({ sub: before.sub, amr: [{ method: 'web3' }] })
    expect((await client.auth.getUser()).data.user?.id).toBe(before.sub)
    expect((await client.auth.signOut()).error).toBeNull()
    expect(
      (await newClient().auth.refreshSession({ refresh_token: refreshed.data.session?.refresh_token ?? '' })).error,
    ).not.toBeNull()
  })

  test('knows the wallet again, whatever the case of its letters', async () => {
    const ids = await Promise.all(
      [account.address, account.address.toLowerCase()].map(async (address) => {
        const message = signInMessage({ address })
        const answer = await grant({ message, signature: await account.signMessage({ message }) })
        return answer.body.user.id
      }),
    )
    expect(ids[0]).toBe(ids[1])
  })

  const minutes = (count: number) => new Date(Date.now() + count * 60_000).toISOString()
  test.each([
    ['too long ago', { issuedAt: minutes(-11) }, 'Ethereum message was issued too long ago'],
    ['in the future', { issuedAt: minutes(11) }, 'Ethereum message was issued too far in the future'],
    [
      'for another site',
      { uri: 'https://evil.example', domain: 'evil.example' },
      /message was signed for another app$/,
    ],
    ['for a site without https', { uri: 'http://evil.example', domain: 'evil.example' }, /does not use HTTPS$/],
    ['not valid yet', { extra: [`Not Before: ${minutes(5)}`] }, /becomes valid in the future$/],
    [
      'expired, with a start',
      { issuedAt: minutes(-5), extra: [`Expiration Time: ${minutes(-1)}`, `Not Before: ${minutes(-5)}`] },
      /is expired$/,
    ],
  ])('refuses a message issued %s', async (_, fields, reason) => {
    const message = signInMessage({ address: account.address, ...fields })
    const { status, body } = await grant({ message, signature: await account.signMessage({ message }) })
    expect(status).toBe(400)
    expect(body).toEqual({ error: 'invalid_grant', error_description: expect.stringMatching(reason) })
  })

  test('lets an expiration time alone pass, as Supabase Auth does', async () => {
    const message = signInMessage({
      address: account.address,
      issuedAt: minutes(-5),
      extra: [`Expiration Time: ${minutes(-1)}`],
    })
    expect((await grant({ message, signature: await account.signMessage({ message }) })).status).toBe(200)
  })

  test('refuses the signature of another wallet', async () => {
    const message = signInMessage({ address: account.address })
    const signature = await privateKeyToAccount(generatePrivateKey()).signMessage({ message })
    expect((await grant({ message, signature })).body.error_description).toBe(
      'Signature does not match address in message',
    )
  })

  test.each([
    ['another chain', { chain: 'bitcoin' }, 'web3_unsupported_chain'],
    ['a chain that is off', { chain: 'solana' }, 'web3_provider_disabled'],
    ['no message', { message: '' }, 'validation_failed'],
    ['a contract signature', { message: 'm'.repeat(64), signature: `0x${'00'.repeat(66)}` }, 'validation_failed'],
    [
      'a text that is no message',
      { message: 'm\n'.repeat(64), signature: `0x${'00'.repeat(65)}` },
      'validation_failed',
    ],
  ])('refuses %s', async (_, fields, code) => {
    const { body } = await grant(fields)
    expect(body).toEqual({ code: expect.any(Number), error_code: code, msg: expect.any(String) })
    const newer = await grant(fields, { 'x-supabase-api-version': '2024-01-01' })
    expect(newer.body).toEqual({ code, message: body.msg })
  })

  test('refuses a caller without the key', async () => {
    expect((await grant({}, { apikey: '' })).status).toBe(401)
  })
})

test('an anonymous account stays anonymous after a refresh and a restart', async () => {
  const client = newClient()
  const { data, error } = await client.auth.signInAnonymously({ options: { data: { source: 'test' } } })
  expect(error).toBeNull()
  expect(data.user).toMatchObject({ is_anonymous: true, user_metadata: { source: 'test' }, email: '' })
  expect(claimsOf(data.session?.access_token)).toMatchObject({ is_anonymous: true, amr: [{ method: 'anonymous' }] })
  const port = Number(new URL(supabase.url).port)
  await supabase.stop()
  supabase = await start(port)
  const refreshed = await client.auth.refreshSession()
  expect(refreshed.data.user?.is_anonymous).toBe(true)
  expect(claimsOf(refreshed.data.session?.access_token)).toMatchObject({ is_anonymous: true })
  expect((await client.auth.getUser()).data.user?.is_anonymous).toBe(true)
})

test('a code comes by mail and signs in once', async () => {
  const client = newClient()
  const email = 'ada@example.test'
  expect((await client.auth.signInWithOtp({ email })).error).toBeNull()
  const token = mail.list(email)[0]?.code ?? ''
  const { data, error } = await client.auth.verifyOtp({ email, token, type: 'email' })
  expect(error).toBeNull()
  expect(claimsOf(data.session?.access_token)).toMatchObject({ email, is_anonymous: false, amr: [{ method: 'otp' }] })
  expect((await newClient().auth.verifyOtp({ email, token, type: 'email' })).error?.code).toBe('otp_expired')
  const listed = await fetch(`${mail.url}/sandbox/mail?to=${email}`).then((answer) => answer.json())
  expect(listed.mails).toHaveLength(1)
  expect(await fetch(mail.url).then((answer) => answer.text())).toContain(token)
})

test('a password signs in once the address is confirmed', async () => {
  const client = newClient()
  const login = { email: 'grace@example.test', password: 'correct horse' }
  await client.auth.signUp(login)
  expect((await client.auth.signInWithPassword(login)).error?.code).toBe('email_not_confirmed')
  await client.auth.verifyOtp({ email: login.email, token: mail.list(login.email)[0]?.code ?? '', type: 'signup' })
  const { data, error } = await newClient().auth.signInWithPassword(login)
  expect(error).toBeNull()
  expect(claimsOf(data.session?.access_token)).toMatchObject({ amr: [{ method: 'password' }] })
})

test('starting again grants nothing', async () => {
  const sql = postgres(adminUrl, { max: 1 })
  await sql`create table public.secrets (value text)`
  await sql`alter table public.secrets enable row level security`
  await sql`revoke all on public.secrets from anon, authenticated`
  const port = Number(new URL(supabase.url).port)
  await supabase.stop()
  supabase = await start(port)
  // Lite says on the console what the database refused.
  const said = vi.spyOn(console, 'error').mockImplementation(() => {})
  const { error } = await newClient().from('secrets').select()
  expect(said).toHaveBeenCalledOnce()
  expect(error?.code).toBe('42501')
  const rows = await sql`select 1 from information_schema.role_table_grants where grantee in ('anon', 'authenticated')`
  expect(rows).toHaveLength(0)
  await sql.end()
})

test('nothing but the two APIs is within reach', async () => {
  const statuses = await Promise.all(
    ['/', '/_system/info', '/storage/v1/bucket', '/rest/v1/secrets'].map(
      async (path) => (await fetch(supabase.url + path)).status,
    ),
  )
  expect(statuses).toEqual([404, 404, 404, 401])
})

function newClient() {
  return createClient(supabase.url, supabase.publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  })
}

type Fields = { address: string; issuedAt?: string; uri?: string; domain?: string; extra?: string[] }

function signInMessage({
  address,
  issuedAt = new Date().toISOString(),
  uri = siteUrl,
  domain = 'localhost:3000',
  extra = [],
}: Fields) {
  const lines = [
    `${domain} wants you to sign in with your Ethereum account:`,
    address,
    '',
    'Sign in to Causeway',
    '',
    `URI: ${uri}`,
    'Version: 1',
    'Chain ID: 31611',
    'Nonce: abcdefgh12345678',
    `Issued At: ${issuedAt}`,
  ]
  return [...lines, ...extra].join('\n')
}

async function grant(fields: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(`${supabase.url}/auth/v1/token?grant_type=web3`, {
    method: 'POST',
    headers: { apikey: supabase.publishableKey, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ chain: 'ethereum', ...fields }),
  })
  return { status: response.status, body: await response.json() }
}

function claimsOf(token: string | undefined) {
  return JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString())
}
