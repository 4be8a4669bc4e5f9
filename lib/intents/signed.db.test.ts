import { createHash, randomUUID } from 'node:crypto'
import type { Address, Hex } from 'viem'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PersonActor } from '#lib/auth/actor.ts'
import { recordSignature } from '#lib/intents/record-signature.ts'
import { watchPayments } from '#lib/watched-transfers/watch.ts'
import { startTestChain, type TestChain } from '#sandbox/chain/test-chain.ts'
import { makeAgent, newPerson } from '#supabase/tests/support/agents.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { expectSoundLedger } from '#supabase/tests/support/ledger.ts'
import { musd, network, ownWallet, type Payer, pay } from '#supabase/tests/support/payments.ts'
import { refusalOf } from '#supabase/tests/support/refusal.ts'

// Payments out of a person's own wallet: they sign, a real node has it or not, and only the token's Transfer settles.

const { adminSql, as } = await testDatabase()

let chain: TestChain
let payer: Payer
let person: PersonActor
let merchant: Address
let walletId: string

beforeAll(async () => {
  chain = await startTestChain()
}, 60_000)
afterAll(() => chain.stop())
beforeEach(async () => {
  payer = await chain.fundedAccount()
  person = await newPerson(adminSql)
  merchant = privateKeyToAddress(generatePrivateKey())
  walletId = await ownWallet(person, payer.address)
})
afterEach(() => expectSoundLedger(adminSql))

const look = () => watchPayments({ network, asset: 'MUSD' })
const nowhere: Hex = `0x${'77'.repeat(32)}`
async function mine(blocks: number): Promise<void> {
  await chain.node.mine({ blocks })
  await look()
}

/** A payment that waits for the wallet's signature. */
async function awaiting(amount = 10): Promise<{ id: string }> {
  const [row] = await as(person)(
    (
      sql,
    ) => sql`select answer from app.propose_intent(${randomUUID()}, ${createHash('sha256').update(randomUUID()).digest()}, ${walletId},
      ${merchant.toLowerCase()}, ${String(musd(amount))}, 'MUSD', ${network}, 'a test')`,
  )
  const id: string = row?.answer.id
  const intentHash: string = row?.answer.intentHash
  await as(person)((sql) => sql`select app.decide_intent(${id}, 'approve', ${Buffer.from(intentHash, 'hex')}, false)`)
  expect(await status(id)).toBe('awaiting_signature')
  return { id }
}

const read = async (id: string) =>
  (await adminSql`select status, reason, expires_at from public.intents where id = ${id}`)[0]
const status = async (id: string): Promise<string> => (await read(id))?.status
const transfers = (id: string) =>
  adminSql`select hash, status, failure from public.watched_transfers where intent_id = ${id} order by created_at, hash`
const reservation = async (id: string) =>
  (await adminSql`select state, ledger_transfer_id from public.spend_reservations where intent_id = ${id}`)[0]
const sign = (id: string, hash: Hex) => recordSignature(person, id, { hash })

describe('a signed payment', () => {
  test('is executing once it is named, and settled by its Transfer when that is final, and not before', async () => {
    const { id } = await awaiting()
    const hash = await pay(chain, payer, merchant, 10)
    expect((await sign(id, hash)).status).toBe('executing')
    await look()
    expect(await transfers(id)).toEqual([{ hash, status: 'broadcast', failure: null }])
    await mine(2)
    expect(await status(id)).toBe('executing')
    await mine(1)
    expect(await status(id)).toBe('settled')
    expect(await transfers(id)).toEqual([{ hash, status: 'confirmed', failure: null }])
    expect(await reservation(id)).toEqual({ state: 'committed', ledger_transfer_id: null })
    expect(await adminSql`select from private.paid_recipients where address = ${merchant.toLowerCase()}`).toHaveLength(
      1,
    )
    expect(await adminSql`select from public.ledger_accounts where wallet_id = ${walletId}`).toHaveLength(0)
  })

  test('is found when the tab was closed before it could tell us', async () => {
    const { id } = await awaiting()
    const hash = await pay(chain, payer, merchant, 10)
    await mine(1)
    expect(await status(id)).toBe('executing')
    await mine(3)
    expect(await status(id)).toBe('settled')
    // Late is better than never, and changes nothing.
    expect((await sign(id, hash)).status).toBe('settled')
    expect(await transfers(id)).toHaveLength(1)
  })

  test('that was sped up settles under its other name, once', async () => {
    const { id } = await awaiting()
    const nonce = await chain.node.getTransactionCount({ address: payer.address })
    const slow = await pay(chain, payer, merchant, 10, { nonce })
    await sign(id, slow)
    await look()
    await chain.node.dropTransaction({ hash: slow })
    const fast = await pay(chain, payer, merchant, 10, { nonce, tip: '5' })
    await mine(4)
    expect(await status(id)).toBe('settled')
    expect(Object.fromEntries((await transfers(id)).map((row) => [row.hash, row.status]))).toEqual({
      [slow]: 'failed',
      [fast]: 'confirmed',
    })
  })

  test('that the wallet took back fails for good only when another transaction has its place for good', async () => {
    const { id } = await awaiting()
    const nonce = await chain.node.getTransactionCount({ address: payer.address })
    const hash = await pay(chain, payer, merchant, 10, { nonce })
    await sign(id, hash)
    await look()
    await chain.node.dropTransaction({ hash })
    await pay(chain, payer, payer.address, 1, { nonce, tip: '5' })
    await mine(3)
    expect(await status(id)).toBe('executing')
    await mine(2)
    await look()
    expect(await read(id)).toMatchObject({ status: 'failed', reason: expect.stringContaining('in its place') })
    expect(await reservation(id)).toMatchObject({ state: 'released' })
  })

  test('that the chain reverted fails, when that is final', async () => {
    const { id } = await awaiting(5_000_000)
    const hash = await pay(chain, payer, merchant, 5_000_000)
    await sign(id, hash)
    await mine(2)
    expect(await status(id)).toBe('executing')
    await mine(2)
    await look()
    expect(await read(id)).toMatchObject({ status: 'failed', reason: expect.stringContaining('refused') })
    expect(await reservation(id)).toMatchObject({ state: 'released' })
  })

  test('of which a reorganisation took the block is settled once, in its new block', async () => {
    const { id } = await awaiting()
    const hash = await pay(chain, payer, merchant, 10)
    await mine(2)
    // Cast: viem has no action for it.
    const request = chain.node.request as unknown as (call: { method: string; params: unknown[] }) => Promise<unknown>
    const raw = String(await request({ method: 'eth_getRawTransactionByHash', params: [hash] })) as Hex
    await request({ method: 'anvil_reorg', params: [2, []] })
    await look()
    expect(await transfers(id)).toEqual([{ hash, status: 'broadcast', failure: null }])
    expect(await status(id)).toBe('executing')
    await chain.node.sendRawTransaction({ serializedTransaction: raw }).catch(() => undefined)
    await mine(4)
    expect(await status(id)).toBe('settled')
    expect(await transfers(id)).toHaveLength(1)
  })
})

describe('another transaction', () => {
  test('that was named is not taken for it: it becomes unknown, keeps its budget, and settles when the payment comes', async () => {
    const { id } = await awaiting()
    const other = await pay(chain, payer, merchant, 9)
    await sign(id, other)
    await mine(4)
    await look()
    expect(await read(id)).toMatchObject({ status: 'unknown', reason: expect.stringContaining('another one') })
    expect(await transfers(id)).toEqual([{ hash: other, status: 'failed', failure: 'mismatch' }])
    expect(await reservation(id)).toMatchObject({ state: 'held' })
    const hash = await pay(chain, payer, merchant, 10)
    await sign(id, hash)
    await mine(4)
    expect(await status(id)).toBe('settled')
  })

  test('settles no second payment of the same amount: each log pays once', async () => {
    const [one, two] = [await awaiting(), await awaiting()]
    await pay(chain, payer, merchant, 10)
    await mine(4)
    expect([await status(one.id), await status(two.id)]).toEqual(['settled', 'awaiting_signature'])
    const hash = await pay(chain, payer, merchant, 10)
    await sign(two.id, hash)
    await mine(4)
    expect(await status(two.id)).toBe('settled')
  })

  test('with two payments in it settles the one it was named for first', async () => {
    const [one, two] = [await awaiting(), await awaiting()]
    const hash = await pay(chain, payer, merchant, 10)
    await sign(two.id, hash)
    await mine(4)
    expect([await status(one.id), await status(two.id)]).toEqual(['awaiting_signature', 'settled'])
  })

  test('from another wallet, of another token or to another address settles nothing', async () => {
    const { id } = await awaiting()
    const stranger = await chain.fundedAccount()
    await pay(chain, stranger, merchant, 10)
    await pay(chain, payer, stranger.address, 10)
    await mine(4)
    expect(await status(id)).toBe('awaiting_signature')
  })
})

describe('what nobody hears of again', () => {
  /** Moves the payment's end to before the chain's newest block. */
  async function overdue(id: string, days = 0): Promise<void> {
    await adminSql`alter table public.intents disable trigger intents_guard`
    await adminSql`update public.intents set expires_at = now() - interval '1 minute' - ${days} * interval '1 day' where id = ${id}`
    await adminSql`alter table public.intents enable trigger intents_guard`
  }

  test('is unknown after its time, keeps its budget for seven days, and has failed then', async () => {
    const { id } = await awaiting()
    await sign(id, nowhere)
    await mine(4)
    expect(await status(id)).toBe('executing')
    await overdue(id)
    await mine(4)
    expect(await status(id)).toBe('unknown')
    expect(await reservation(id)).toMatchObject({ state: 'held' })
    await overdue(id, 6)
    await mine(1)
    expect(await status(id)).toBe('unknown')
    await overdue(id, 7)
    await mine(1)
    expect(await status(id)).toBe('failed')
    expect(await reservation(id)).toMatchObject({ state: 'released' })
    expect(await transfers(id)).toEqual([{ hash: nowhere, status: 'failed', failure: 'displaced' }])
  })
})

describe('naming a transaction', () => {
  test('is the person’s alone, of their own payment, from their own wallet', async () => {
    const { id } = await awaiting()
    const agent = await makeAgent(adminSql)
    const reason = (work: Promise<unknown>) =>
      work.then(
        () => 'accepted',
        (error: { code?: string }) => error.code,
      )
    expect(await reason(recordSignature(await newPerson(adminSql), id, { hash: nowhere }))).toBe('not_found')
    expect(await reason(recordSignature(agent.actor, id, { hash: nowhere }))).toBe('person_required')
    expect(await reason(recordSignature({ role: 'anon' }, id, { hash: nowhere }))).toBe('sign_in_required')
    expect(await reason(recordSignature(person, id, { hash: '0x12' as Hex }))).toBe('invalid_field')
    expect(await refusalOf(as(agent.actor)((sql) => sql`select app.record_signature(${id}, ${nowhere}, 1)`))).toBe(
      '42501',
    )
    expect(await status(id)).toBe('awaiting_signature')
    expect(await transfers(id)).toEqual([])
  })

  test('ends the way back: what was signed cannot be cancelled, and what was cancelled cannot be signed', async () => {
    const [signed, cancelled] = [await awaiting(), await awaiting(11)]
    await sign(signed.id, nowhere)
    expect(await refusalOf(as(person)((sql) => sql`select app.cancel_intent(${signed.id})`))).toBe('CWSTA')
    await as(person)((sql) => sql`select app.cancel_intent(${cancelled.id})`)
    expect(await refusalOf(as(person)((sql) => sql`select app.record_signature(${cancelled.id}, ${nowhere}, 1)`))).toBe(
      'CWSTA',
    )
    expect(await transfers(cancelled.id)).toEqual([])
    expect(await reservation(cancelled.id)).toMatchObject({ state: 'released' })
  })
})
