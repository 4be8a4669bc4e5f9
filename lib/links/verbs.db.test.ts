import { randomUUID } from 'node:crypto'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { beforeAll, describe, expect, test } from 'vitest'
import type { PersonActor } from '#lib/auth/actor.ts'
import { Problem } from '#lib/http/problem.ts'
import { assignPayment } from '#lib/links/assign-payment.ts'
import { cancelLink } from '#lib/links/cancel.ts'
import { createLink } from '#lib/links/create.ts'
import { getLink } from '#lib/links/get.ts'
import { getOwnLink } from '#lib/links/get-own.ts'
import { linksCsv } from '#lib/links/links-csv.ts'
import { listLinks } from '#lib/links/list.ts'
import { getLinkReceipt } from '#lib/links/receipt.ts'
import type { CreateLinkInput } from '#lib/links/schema.ts'
import { makeAgent, newPerson, type TestAgent } from '#supabase/tests/support/agents.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { ownWallet } from '#supabase/tests/support/payments.ts'

const { adminSql } = await testDatabase()

let owner: PersonActor
let walletId: string
let agent: TestAgent

beforeAll(async () => {
  owner = await newPerson(adminSql)
  walletId = await ownWallet(owner, privateKeyToAddress(generatePrivateKey()))
  agent = await makeAgent(adminSql, { owner })
})

const create = (input: Partial<CreateLinkInput>, key = randomUUID(), actor = owner) =>
  createLink(actor, { walletId, asset: 'USDC', ...input }, key)
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Problem ? error.code : error),
  )
const count = async () => (await adminSql`select count(*)::int from public.links`)[0]?.count

test('a link says what to pay, where, and in a form that wallets read', async () => {
  const { link, replayed } = await create({ amount: '25.5', note: 'Invoice 7' })
  expect(replayed).toBe(false)
  expect(link).toMatchObject({
    status: 'open',
    amount: '25.50',
    due: '25.50',
    received: '0.00',
    note: 'Invoice 7',
    walletId,
  })
  expect(link.paymentUri).toBe(`ethereum:${link.token}@31611/transfer?address=${link.address}&uint256=25500000`)
  const seen = await getLink({ role: 'anon' }, link.id)
  expect(seen).toMatchObject({ id: link.id, address: link.address })
  expect(seen).not.toHaveProperty('walletId')
  expect(seen).not.toHaveProperty('unassigned')
})

test('the same request is one link, and another under the same key is refused', async () => {
  const key = randomUUID()
  const [first, again] = [await create({ amount: '31' }, key), await create({ amount: '31' }, key)]
  expect(again).toEqual({ link: first.link, replayed: true })
  expect(await codeOf(create({ amount: '32' }, key))).toBe('idempotency_key_reused')
})

test('an agent’s wallet can be paid into by a link as well', async () => {
  expect((await create({ walletId: agent.walletId, amount: '5' })).link.address.toLowerCase()).toBe(agent.address)
})

describe('bad input makes nothing', () => {
  test.each<[string, Partial<Record<keyof CreateLinkInput | 'extra', unknown>>, string]>([
    ['nothing', { amount: '0' }, 'invalid_amount'],
    ['less than nothing', { amount: '-5' }, 'invalid_amount'],
    ['an exponent', { amount: '1e3' }, 'invalid_amount'],
    ['digits of another script', { amount: '٢٥' }, 'invalid_amount'],
    ['a decimal too many', { amount: '1.0000001' }, 'invalid_amount'],
    ['a number that is no text', { amount: 25 }, 'invalid_field'],
    ['an unknown asset', { asset: 'DAI' }, 'invalid_field'],
    ['a note that is long', { note: 'x'.repeat(141) }, 'invalid_field'],
    ['a note that turns writing around', { note: 'pay\u202eeroM' }, 'invalid_field'],
    ['a time that has been', { expiresAt: '2020-01-01T00:00:00Z' }, 'invalid_expiry'],
    ['a day that is no time', { expiresAt: 'tomorrow' }, 'invalid_field'],
    ['a field that is none', { extra: true }, 'unknown_field'],
    ['a wallet that is none', { walletId: '0197a4c2-6d1e-7c3a-9f40-5b8f2d1c7e90' }, 'not_found'],
  ])('%s', async (_name, input, code) => {
    const before = await count()
    expect(await codeOf(create({ amount: '77', ...input } as Partial<CreateLinkInput>))).toBe(code)
    expect(await count()).toBe(before)
  })

  test('an asset that does not live where the wallet is', async () => {
    const [row] = await adminSql`
      insert into public.wallets (wallet_set_id, kind, network, address)
      select id, 'external', 'base', ${privateKeyToAddress(generatePrivateKey()).toLowerCase()} from public.wallet_sets where owner_id = ${owner.userId}
      returning id`
    expect(await codeOf(create({ walletId: row?.id, asset: 'MUSD' }))).toBe('wrong_asset')
  })

  test('what another open link asks for already', async () => {
    await create({ amount: '88' })
    const before = await count()
    expect(await codeOf(create({ amount: '88.00' }))).toBe('link_not_distinct')
    expect(await count()).toBe(before)
  })
})

describe('only its owner', () => {
  test('ends it, gives it payments, and lists it; an agent’s key is told that a person has to', async () => {
    const { link } = await create({ amount: '41' })
    const stranger = await newPerson(adminSql)
    const paymentId = randomUUID()
    expect(await codeOf(cancelLink(stranger, link.id))).toBe('not_found')
    expect(await codeOf(getOwnLink(stranger, link.id))).toBe('not_found')
    expect(await codeOf(assignPayment(owner, link.id, { paymentId }))).toBe('not_found')
    for (const actor of [agent.actor, { role: 'anon' } as const]) {
      const code = actor.role === 'agent' ? 'person_required' : 'sign_in_required'
      expect(await codeOf(createLink(actor, { walletId, asset: 'USDC' }, randomUUID()))).toBe(code)
      expect(await codeOf(cancelLink(actor, link.id))).toBe(code)
      expect(await codeOf(listLinks(actor))).toBe(code)
    }
    expect((await getLink({ role: 'anon' }, link.id)).status).toBe('open')
    expect((await cancelLink(owner, link.id)).status).toBe('cancelled')
    expect(await codeOf(cancelLink(owner, link.id))).toBe('wrong_state')
  })

  test('an id that is none, or nobody’s, is not found, and nothing that was not paid has a receipt', async () => {
    const { link } = await create({ amount: '42' })
    expect(await codeOf(getLink({ role: 'anon' }, 'x'))).toBe('not_found')
    expect(await codeOf(getLink({ role: 'anon' }, randomUUID()))).toBe('not_found')
    expect(await codeOf(getLinkReceipt({ role: 'anon' }, link.id))).toBe('not_found')
  })
})

test('the list goes by pages and by status, and as a file', async () => {
  const person = await newPerson(adminSql)
  const into = await ownWallet(person, privateKeyToAddress(generatePrivateKey()))
  for (const amount of ['1', '2', '3'])
    await create({ walletId: into, amount, note: `=${amount}` }, randomUUID(), person)
  const first = await listLinks(person, { limit: 2 })
  expect(first.links.map(({ amount }) => amount)).toEqual(['3.00', '2.00'])
  const rest = await listLinks(person, { limit: 2, cursor: first.nextCursor ?? '' })
  expect(rest).toMatchObject({ links: [{ amount: '1.00' }], nextCursor: null })
  await cancelLink(person, rest.links[0]?.id ?? '')
  expect((await listLinks(person, { status: 'cancelled' })).links).toHaveLength(1)
  expect(await codeOf(listLinks(person, { cursor: 'x' }))).toBe('invalid_cursor')
  const csv = await linksCsv(person, {})
  expect(csv.split('\n')).toHaveLength(5)
  expect(csv).toContain("'=3")
})
