import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { log } from '#lib/log.ts'
import { loadSanctions } from '#lib/sanctions/load.ts'
import { makeAgent, propose, setGuards } from '#supabase/tests/support/agents.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

// The list as it is fetched, and what a screening guard makes of it.

const { adminSql, as } = await testDatabase()

const listed = '0x901bb9583b24d97e995513c6778dc6888ab6870e'
const other = '0x1111111111111111111111111111111111111111'
const many = Array.from({ length: 10 }, (_, n) => `0x${(n + 2).toString(16).repeat(40)}`)

let answer = { status: 200, body: '' }
const server = createServer((_, response) => response.writeHead(answer.status).end(answer.body))
let url = ''
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/list.txt`
})
afterAll(() => void server.close())
beforeEach(() => void vi.spyOn(log, 'info').mockImplementation(() => {}))

const load = (body: string, status = 200) => {
  answer = { status, body }
  return loadSanctions(url)
}
const known = async () =>
  (await adminSql`select address from private.sanctioned_addresses order by address`).map(({ address }) => address)

test('whom the list names is refused by a screening guard, however the address is written, and others pass', async () => {
  const agent = await makeAgent(adminSql)
  await setGuards(agent, [{ type: 'screening' }])
  expect(await propose(agent, { recipient: listed })).toMatchObject({ status: 'needs_approval' })
  await load(`${listed.toUpperCase().replace('0X', '0x')}\r\n\n${listed}\n`)
  expect(await known()).toEqual([listed])
  expect(await propose(agent, { recipient: listed })).toMatchObject({
    status: 'denied',
    reason: 'The recipient is on a list of sanctioned addresses.',
  })
  expect(await propose(agent, { recipient: other })).toMatchObject({ status: 'approved' })
})

test('a newer list takes the place of the one before', async () => {
  await load(many.join('\n'))
  expect(await known()).toEqual(many)
  await load([...many.slice(1), other].join('\n'))
  expect(await known()).toEqual([...new Set([...many.slice(1), other])].sort())
})

test.each<[string, string, number]>([
  ['that is empty', '', 200],
  ['that lost more than half', many.slice(0, 3).join('\n'), 200],
  ['that is a page', '<html>Not here</html>', 200],
  ['of other addresses', `${listed}\nbc1qxy2kgdygjrsqtzq2n0yrf2493p83kkfjhx0wlh`, 200],
  ['that is not there', many.join('\n'), 404],
])('a list %s leaves what is known', async (_, body, status) => {
  await load(many.join('\n'))
  await expect(load(body, status)).rejects.toThrow()
  expect(await known()).toEqual(many)
})

test('nobody but the worker says who is sanctioned', async () => {
  const agent = await makeAgent(adminSql)
  for (const actor of [agent.owner, agent.actor]) {
    await expect(
      as(actor)((sql) => sql`select app.replace_sanctioned_addresses('mine', ${[other]})`),
    ).rejects.toMatchObject({ code: '42501' })
  }
})

test('without a list to fetch nothing is done', async () => {
  const before = await known()
  await loadSanctions(undefined)
  expect(await known()).toEqual(before)
})
