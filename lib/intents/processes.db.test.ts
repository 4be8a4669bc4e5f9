import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeAgent, merchant, setGuards } from '#supabase/tests/support/agents.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { expectSoundLedger } from '#supabase/tests/support/ledger.ts'
import type { Outcomes, Proposals } from '#supabase/tests/support/proposer.ts'

// Several instances of the app know nothing of each other. What holds them is the database's one lock.

const { adminSql } = await testDatabase()
const program = resolve(import.meta.dirname, '../../supabase/tests/support/proposer.ts')
const children: ChildProcess[] = []

beforeAll(async () => {
  for (let index = 0; index < 5; index += 1) children.push(fork(program, { env: process.env }))
  await Promise.all(children.map((child) => once(child, 'message')))
})

afterAll(async () => {
  await Promise.all(
    children.map(async (child) => {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    }),
  )
})

async function proposeIn(child: ChildProcess, proposals: Proposals): Promise<Outcomes> {
  const answered = once(child, 'message')
  child.send(proposals)
  const [outcomes] = await answered
  return outcomes
}

test('five processes, fifty proposals, a budget for ten: exactly ten are approved, and the counters say so', async () => {
  const agent = await makeAgent(adminSql)
  await setGuards(agent, [{ type: 'budget', period: 'total', limit: '10.00' }])
  const { walletId, actor } = agent
  const outcomes = await Promise.all(
    children.map((child) =>
      proposeIn(child, { apiKey: actor.apiKey, walletId, recipient: merchant, amount: '1.00', count: 10 }),
    ),
  )
  expect(outcomes.flat().toSorted()).toEqual([...Array(10).fill('approved'), ...Array(40).fill('denied')])
  const [bucket] = await adminSql`select used_micros::text as used, reserved_micros::text as reserved, payments
    from private.spend_buckets where scope_id = ${agent.id} and step = 'total'`
  expect(bucket).toEqual({ used: '0', reserved: '10000000', payments: 10 })
  const [account] =
    await adminSql`select held::text from public.ledger_accounts where wallet_id = ${walletId} and kind = 'wallet'`
  expect(account).toEqual({ held: '10000000' })
  await expectSoundLedger(adminSql)
})
