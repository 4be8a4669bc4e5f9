import { randomBytes, randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { requestTestFunds } from '#lib/wallets/request-test-funds.ts'
import { makeAgent, newPerson } from '#supabase/tests/support/agents.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

const { adminSql, as } = await testDatabase()

test('a key of an agent cannot ask for test money, nor can somebody else', async () => {
  const agent = await makeAgent(adminSql)
  await expect(requestTestFunds(agent.actor, agent.walletId)).rejects.toMatchObject({ code: 'person_required' })
  await expect(requestTestFunds({ role: 'anon' }, agent.walletId)).rejects.toMatchObject({ code: 'sign_in_required' })
  const other = await newPerson(adminSql)
  await expect(requestTestFunds(other, agent.walletId)).rejects.toMatchObject({ code: 'not_found' })
})

test('there is none for a wallet of one’s own, on a network of real money, or before there is an address', async () => {
  const owner = await newPerson(adminSql)
  const [own] = await as(owner)(
    (sql) => sql`select app.add_external_wallet('mezo-testnet', ${`0x${randomBytes(20).toString('hex')}`}) as id`,
  )
  await as(owner)(
    (sql) => sql`select * from app.create_agent(${randomUUID()}, ${randomBytes(32)}, 'Ada', 'mezo-testnet')`,
  )
  await as(owner)((sql) => sql`select * from app.create_agent(${randomUUID()}, ${randomBytes(32)}, 'Bea', 'base')`)
  const made = await as(owner)((sql) => sql`select id, network from public.wallets where kind = 'circle'`)
  const real = made.find(({ network }) => network === 'base')?.id
  await as({ role: 'worker' })(
    (sql) =>
      sql`select app.record_wallet(${real}, ${owner.userId}, ${randomUUID()}, ${`0x${randomBytes(20).toString('hex')}`})`,
  )
  for (const id of [own?.id, ...made.map(({ id: each }) => each)]) {
    await expect(requestTestFunds(owner, id)).rejects.toMatchObject({ code: 'no_test_funds' })
  }
})

test('a faucet that gives nothing says so, and asking again and again is stopped', async () => {
  const agent = await makeAgent(adminSql)
  const asked = () => requestTestFunds(agent.owner, agent.walletId)
  for (let time = 0; time < 6; time++) await expect(asked()).rejects.toMatchObject({ code: 'faucet_unavailable' })
  await expect(asked()).rejects.toMatchObject({ code: 'rate_limited' })
})
