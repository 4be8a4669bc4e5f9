import { randomBytes, randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { PersonActor } from '#lib/auth/actor.ts'
import { listContacts } from '#lib/contacts/list.ts'
import { saveContact } from '#lib/contacts/save.ts'
import { claimHandle } from '#lib/handles/claim.ts'
import { Problem } from '#lib/http/problem.ts'
import { addExternalWallet } from '#lib/wallets/add-external.ts'
import { newPerson } from '#supabase/tests/support/agents.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

// A name stands for one address, also when it is asked for many times at the same moment.

const { adminSql } = await testDatabase()
const someAddress = () => `0x${randomBytes(20).toString('hex')}`
const outcome = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  )

test('ten addresses under one name at once: one is saved, and nine are told that it is taken', async () => {
  const person = await newPerson(adminSql)
  const saves = Array.from({ length: 10 }, (_, index) =>
    outcome(saveContact(person, { name: index % 2 ? 'Shop' : 'SHOP', address: someAddress() })),
  )
  expect((await Promise.all(saves)).sort()).toEqual(['done', ...Array(9).fill('name_taken')])
  expect((await listContacts(person)).contacts).toHaveLength(1)
})

test('the very same contact ten times at once is one', async () => {
  const person = await newPerson(adminSql)
  const contact = { name: 'Shop', address: someAddress(), domain: 'shop.example' }
  const saved = await Promise.all(Array.from({ length: 10 }, () => saveContact(person, contact)))
  expect(new Set(saved.map(({ id }) => id)).size).toBe(1)
})

test('a contact is not called by what another is, by an address, a handle, or what cannot be seen', async () => {
  const person = await newPerson(adminSql)
  const { id } = await saveContact(person, { name: 'Shop', address: someAddress() })
  for (const [name, code] of [
    [id, 'name_taken'],
    [' shop ', 'name_taken'],
    ['0xShop', 'invalid_field'],
    ['@shop', 'invalid_field'],
    ['Sh\u200bop', 'invalid_field'],
    ['\u202epohS', 'invalid_field'],
    ['   ', 'invalid_field'],
    ['x'.repeat(61), 'invalid_field'],
  ] as const) {
    expect([name, await outcome(saveContact(person, { name, address: someAddress() }))]).toEqual([name, code])
  }
  expect((await listContacts(person)).contacts).toHaveLength(1)
})

test('ten people who want one handle at once: one has it', async () => {
  const handle = `h_${randomUUID().slice(0, 8)}`
  const claims = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const person: PersonActor = await newPerson(adminSql)
      const wallet = await addExternalWallet(person, { network: 'base', address: someAddress() })
      return () => outcome(claimHandle(person, { handle, walletId: wallet.id }))
    }),
  )
  expect((await Promise.all(claims.map((claim) => claim()))).sort()).toEqual(['done', ...Array(9).fill('name_taken')])
  expect(await adminSql`select from public.handles where handle = ${handle}`).toHaveLength(1)
})

test.each(['ab', '1ada', 'ada-b', 'áda', 'a'.repeat(21), 'ada b', ''])('%o is no handle', async (handle) => {
  const person = await newPerson(adminSql)
  const wallet = await addExternalWallet(person, { network: 'base', address: someAddress() })
  expect(await outcome(claimHandle(person, { handle, walletId: wallet.id }))).toBe('invalid_field')
})
