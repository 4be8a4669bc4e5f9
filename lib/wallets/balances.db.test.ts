import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { log } from '#lib/log.ts'
import { circle } from '#lib/rails/circle/client.ts'
import { rereadWallet } from '#lib/wallets/reread.ts'
import { createAgentWallet } from '#lib/wallets/tasks/create.ts'
import { newPerson, propose, setGuards, type TestAgent } from '#supabase/tests/support/agents.ts'
import { introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { type CircleWorld, startCircleWorld } from '#supabase/tests/support/circle-world.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { expectSoundLedger } from '#supabase/tests/support/ledger.ts'

// Wallets that Circle makes once, and whose ledger follows the chain.

const { adminSql, as } = await testDatabase()

let world: CircleWorld

beforeAll(async () => {
  await introduceCast(adminSql)
  world = await startCircleWorld(adminSql)
})
afterAll(() => world.stop())
afterEach(async () => {
  vi.restoreAllMocks()
  await expectSoundLedger(adminSql)
})

const worker = as({ role: 'worker' })
const accountOf = async ({ walletId }: Pick<TestAgent, 'walletId'>) =>
  (
    await adminSql`select posted::text, held::text from public.ledger_accounts where wallet_id = ${walletId} and kind = 'wallet'`
  )[0]
const findingsOf = async ({ walletId }: TestAgent) =>
  adminSql`select detail ->> 'missing' as missing, cleared_at is not null as cleared from public.reconciliation_findings
    where kind = 'wallet_drift' and subject = ${`${walletId}/USDC`}`

describe('making a wallet', () => {
  const unmade = async () => {
    const owner = await newPerson(adminSql)
    await as(owner)(
      (sql) => sql`select * from app.create_agent(${randomUUID()}, ${randomBytes(32)}, 'Ada', 'mezo-testnet')`,
    )
    const [wallet] = await as(owner)((sql) => sql`select id from public.wallets`)
    return { owner, walletId: wallet?.id as string }
  }
  const madeAtCircle = async (walletId: string) => {
    const answer = await circle().listWallets({ refId: walletId })
    return answer.data?.wallets ?? []
  }

  test('finds the one that was made before a crash, and the same set for the next agent', async () => {
    const { owner, walletId } = await unmade()
    // Circle makes it, and its answer is lost.
    await world.faults({ status: 0, path: 'POST /v1/w3s/developer/wallets' })
    await expect(createAgentWallet({ walletId })).rejects.toThrow()
    await Promise.all([createAgentWallet({ walletId }), createAgentWallet({ walletId })])
    await createAgentWallet({ walletId })
    const [made, ...others] = await madeAtCircle(walletId)
    expect(others).toEqual([])
    const [row] = await adminSql`select address, circle_wallet_id from public.wallets where id = ${walletId}`
    expect(row).toEqual({ address: made?.address.toLowerCase(), circle_wallet_id: made?.id })

    await as(owner)(
      (sql) => sql`select * from app.create_agent(${randomUUID()}, ${randomBytes(32)}, 'Bea', 'mezo-testnet')`,
    )
    const [second] =
      await adminSql`select w.id from public.wallets w join public.wallet_sets s on s.id = w.wallet_set_id
      where s.owner_id = ${owner.userId} and w.address is null`
    await createAgentWallet({ walletId: second?.id })
    expect((await madeAtCircle(second?.id))[0]?.walletSetId).toBe(made?.walletSetId)
  })

  test('that Circle did not get to is scheduled again', async () => {
    const { walletId } = await unmade()
    await adminSql`delete from graphile_worker._private_jobs`
    await age(walletId)
    await worker((sql) => sql`select app.schedule_stalled_work()`)
    const jobs =
      await adminSql`select task_identifier from graphile_worker.jobs where key = ${`create_wallet:${walletId}`}`
    expect(jobs).toEqual([{ task_identifier: 'create_agent_wallet' }])
  })
})

/** The row's own trigger would not allow it. */
const age = (walletId: string) =>
  adminSql.begin((tx) => [
    tx`set local session_replication_role = replica`,
    tx`update public.wallets set created_at = created_at - interval '1 hour' where id = ${walletId}`,
  ])

describe('the ledger of a wallet', () => {
  test('books what came in, once, and never what was read before', async () => {
    const agent = await world.fundedAgent(20)
    expect(await accountOf(agent)).toEqual({ posted: '20000000', held: '0' })
    await world.give(agent.address, 5)
    await world.read(agent)
    await world.read(agent)
    expect(await accountOf(agent)).toEqual({ posted: '25000000', held: '0' })
    const old = await worker(
      (sql) => sql`select app.record_wallet_balance(${agent.walletId}, 'USDC', 99000000, 1) as outcome`,
    )
    expect(old).toEqual([{ outcome: 'stale' }])
    expect(await accountOf(agent)).toEqual({ posted: '25000000', held: '0' })
  })

  test('takes a payment that is on its way for neither a loss nor a deposit', async () => {
    const agent = await world.fundedAgent(20)
    await setGuards(agent, [{ type: 'single_payment', max: '50.00' }])
    const intent = await propose(agent, { amount: 8, recipient: '0x00000000000000000000000000000000000d0d0d' })
    await world.execute(intent)
    await world.read(agent)
    expect(await accountOf(agent)).toEqual({ posted: '20000000', held: '8000000' })
    await world.until(intent, 'settled')
    await world.read(agent)
    expect(await accountOf(agent)).toEqual({ posted: '12000000', held: '0' })
    expect(await findingsOf(agent)).toEqual([])
  })

  test('of a wallet that is paid by another agent follows by itself', async () => {
    const payer = await world.fundedAgent(20)
    const payee = await world.fundedAgent(0)
    await setGuards(payer, [{ type: 'single_payment', max: '50.00' }])
    const intent = await propose(payer, { amount: 8, recipient: payee.address })
    await world.until(intent, 'settled')
    const jobs = await adminSql`select from graphile_worker.jobs where key = ${`read_wallet:${payee.walletId}`}`
    expect(jobs).toHaveLength(1)
    await world.read(payee)
    expect(await accountOf(payee)).toEqual({ posted: '8000000', held: '0' })
  })

  test('raises an alarm when money is gone that nobody of ours sent, until an operator books it', async () => {
    const spoken = vi.spyOn(log, 'error').mockImplementation(() => {})
    const agent = await world.fundedAgent(20)
    const gone = (amount: number, block: number) =>
      worker((sql) => sql`select app.record_wallet_balance(${agent.walletId}, 'USDC', ${amount}, ${block}) as outcome`)
    const head = Number(await world.chain.node.getBlockNumber())
    expect(await gone(15_000_000, head + 1)).toEqual([{ outcome: 'new' }])
    expect(await gone(15_000_000, head + 2)).toEqual([{ outcome: 'open' }])
    expect(await findingsOf(agent)).toEqual([{ missing: '5000000', cleared: false }])
    const told =
      await adminSql`select title from private.alert_conditions() where kind = 'finding' and subject like ${`%${agent.walletId}%`}`
    expect(told).toEqual([{ title: 'A wallet holds less than its ledger says' }])
    await worker((sql) => sql`select * from app.note_findings()`)
    expect(await findingsOf(agent)).toEqual([{ missing: '5000000', cleared: false }])

    const book = (actor: typeof olga | TestAgent['owner'], note: string) =>
      as(actor)((sql) => sql`select app.book_wallet_loss(${agent.walletId}, 'USDC', ${note}) as amount`)
    await expect(book(agent.owner, 'It was me, truly.')).rejects.toMatchObject({ status: 403 })
    await expect(book(olga, 'short')).rejects.toMatchObject({ code: 'invalid_field' })
    expect(await book(olga, 'Moved by hand in Circle’s console.')).toEqual([{ amount: '5000000' }])
    await expect(book(olga, 'Moved by hand in Circle’s console.')).rejects.toMatchObject({ status: 409 })
    expect(await accountOf(agent)).toEqual({ posted: '15000000', held: '0' })
    expect(await gone(15_000_000, head + 3)).toEqual([{ outcome: 'cleared' }])
    expect(await findingsOf(agent)).toEqual([{ missing: '5000000', cleared: true }])
    spoken.mockRestore()
  })

  test('is read again every five minutes, and whenever its person or its agent asks', async () => {
    const agent = await world.fundedAgent(20)
    const other = await world.fundedAgent(0)
    const asked = () => adminSql`select from graphile_worker.jobs where key = ${`read_wallet:${agent.walletId}`}`
    await adminSql`delete from graphile_worker._private_jobs`
    await worker((sql) => sql`select app.reread_wallets(240)`)
    expect(await asked()).toHaveLength(1)
    await adminSql`update graphile_worker._private_jobs set attempts = max_attempts, run_at = now() + interval '6 hours'`
    await worker((sql) => sql`select app.reread_wallets(0)`)
    expect(
      await adminSql`select from graphile_worker.jobs where key = ${`read_wallet:${agent.walletId}`} and attempts = 0 and run_at <= now()`,
    ).toHaveLength(1)
    await adminSql`delete from graphile_worker._private_jobs`
    await adminSql`update private.wallet_observations set observed_at = now() - interval '1 minute'`
    await expect(rereadWallet(other.owner, agent.walletId)).rejects.toMatchObject({ status: 404 })
    await expect(rereadWallet(other.actor, agent.walletId)).rejects.toMatchObject({ status: 404 })
    expect(await asked()).toHaveLength(0)
    await rereadWallet(agent.actor, agent.walletId)
    await rereadWallet(agent.owner, agent.walletId)
    expect(await asked()).toHaveLength(1)
  })
})
