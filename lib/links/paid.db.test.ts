import { type Address, encodeFunctionData, erc20Abi, getAddress, type Hex } from 'viem'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PersonActor } from '#lib/auth/actor.ts'
import { linkReference, readLinkReference } from '#lib/links/reference.ts'
import { findToken } from '#lib/rails/chain/tokens.ts'
import { watchPayments } from '#lib/watched-transfers/watch.ts'
import { startTestChain, type TestChain } from '#sandbox/chain/test-chain.ts'
import { newPerson } from '#supabase/tests/support/agents.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { expectSoundLedger } from '#supabase/tests/support/ledger.ts'
import { makeLink, musd, network, ownWallet, type Payer, pay } from '#supabase/tests/support/payments.ts'
import { refusalOf } from '#supabase/tests/support/refusal.ts'

// What a link makes of the chain: a real node, whose blocks come when the test mines them.

const { adminSql, as } = await testDatabase()

let chain: TestChain
let payer: Payer
let other: Payer
let owner: PersonActor
let shop: Address
let walletId: string

beforeAll(async () => {
  chain = await startTestChain()
  payer = await chain.fundedAccount()
  other = await chain.fundedAccount()
}, 60_000)
afterAll(() => chain.stop())
beforeEach(async () => {
  owner = await newPerson(adminSql)
  shop = privateKeyToAddress(generatePrivateKey())
  walletId = await ownWallet(owner, shop)
})
afterEach(() => expectSoundLedger(adminSql))

const look = () => watchPayments({ network, asset: 'MUSD' })
const read = async (id: string) =>
  (await as({ role: 'anon' })((sql) => sql`select app.read_link(${id}) as link`))[0]?.link
const own = async (id: string) => (await as(owner)((sql) => sql`select app.read_own_link(${id}) as link`))[0]?.link
async function mine(blocks: number): Promise<void> {
  await chain.node.mine({ blocks })
  await look()
}

describe('a payment', () => {
  test('of exactly the amount is shown in its first block, and counts when it is final', async () => {
    const link = await makeLink(owner, walletId, 10)
    const hash = await pay(chain, payer, shop, 10)
    await look()
    expect((await read(link.id)).payments).toEqual([])
    await mine(1)
    expect(await read(link.id)).toMatchObject({
      status: 'open',
      received: '0.00',
      payments: [{ hash, status: 'included', confirmations: 1, required: 3, amount: '10.00', counted: false }],
    })
    await mine(1)
    expect((await read(link.id)).payments[0].confirmations).toBe(2)
    await mine(1)
    const paid = await read(link.id)
    expect(paid).toMatchObject({
      status: 'paid',
      received: '10.00',
      due: '0.00',
      payments: [{ status: 'confirmed', counted: true }],
    })
    expect(paid.payments[0].from).toBe(payer.address.toLowerCase())
    expect(paid.events.map(({ to, actor }: { to: string; actor: string }) => [to, actor])).toEqual([
      ['open', 'account'],
      ['paid', 'worker'],
    ])
  })

  test('is noted once, however often the chain is read and by however many', async () => {
    const link = await makeLink(owner, walletId, 10)
    await pay(chain, payer, shop, 10)
    await chain.node.mine({ blocks: 1 })
    await Promise.all([look(), look(), look()])
    await chain.node.mine({ blocks: 3 })
    await Promise.all([look(), look(), look()])
    await look()
    expect(await read(link.id)).toMatchObject({ status: 'paid', received: '10.00', payments: [{ counted: true }] })
    expect((await read(link.id)).payments).toHaveLength(1)
  })

  test('that a reorganisation takes back is taken back, and counts once when it comes again', async () => {
    const link = await makeLink(owner, walletId, 10)
    const hash = await pay(chain, payer, shop, 10)
    await mine(2)
    // Cast: viem has no action for it.
    const request = chain.node.request as unknown as (call: { method: string; params: unknown[] }) => Promise<unknown>
    const raw = await request({ method: 'eth_getRawTransactionByHash', params: [hash] })
    await request({ method: 'anvil_reorg', params: [2, []] })
    await look()
    expect((await read(link.id)).payments).toMatchObject([{ status: 'broadcast', confirmations: 0, counted: false }])
    // A node puts what a reorganisation freed back among what waits, or its sender sends it again.
    await chain.node.sendRawTransaction({ serializedTransaction: String(raw) as Hex }).catch(() => undefined)
    await mine(4)
    expect(await read(link.id)).toMatchObject({
      status: 'paid',
      payments: [{ hash, status: 'confirmed', counted: true }],
    })
    expect((await read(link.id)).payments).toHaveLength(1)
  })

  test('of another token, to another address, or before the link was made never counts', async () => {
    const usdc = findToken('USDC', network)?.address ?? '0x'
    await pay(chain, payer, shop, 7)
    await chain.node.mine({ blocks: 1 })
    const link = await makeLink(owner, walletId, 7)
    // The node's blocks are as old as this test, so the link is made younger than they are.
    const later = Number((await chain.node.getBlock()).timestamp) + 11
    await adminSql`alter table public.links disable trigger links_guard`
    await adminSql`update public.links set created_at = to_timestamp(${later}) where id = ${link.id}`
    await adminSql`alter table public.links enable trigger links_guard`
    const reference = linkReference(link.id)
    await pay(chain, payer, other.address, 7, { data: reference })
    await pay(chain, payer, shop, 7, { contract: usdc, data: reference })
    await mine(4)
    expect(await read(link.id)).toMatchObject({ status: 'open', received: '0.00', payments: [] })
  })

  test('of another amount is not guessed at: its owner says what it was for', async () => {
    const link = await makeLink(owner, walletId, 10)
    await pay(chain, payer, shop, 9.5)
    await mine(4)
    expect(await read(link.id)).toMatchObject({ status: 'open', payments: [] })
    const { unassigned } = await own(link.id)
    expect(unassigned).toMatchObject([{ amount: '9.50', status: 'confirmed', counted: false }])

    const assign = (actor: PersonActor) =>
      as(actor)((sql) => sql`select app.assign_payment(${link.id}, ${unassigned[0].id})`)
    expect(await refusalOf(assign(await newPerson(adminSql)))).toBe('CWNTF')
    await assign(owner)
    expect(await read(link.id)).toMatchObject({ status: 'partly_paid', received: '9.50', due: '0.50' })
    expect(await refusalOf(assign(owner))).toBe('CWNTF')

    // What is left is now what tells a payment.
    await pay(chain, other, shop, 0.5)
    await mine(4)
    expect(await read(link.id)).toMatchObject({ status: 'paid', received: '10.00' })
  })

  test('that names the link is known by its name: in parts, in two links at once, and too much', async () => {
    const [one, two] = [await makeLink(owner, walletId, 20), await makeLink(owner, walletId, 30)]
    await pay(chain, payer, shop, 12, { data: linkReference(one.id) })
    await pay(chain, payer, shop, 20, { data: linkReference(two.id) })
    await mine(4)
    expect(await read(one.id)).toMatchObject({ status: 'partly_paid', received: '12.00', due: '8.00' })
    expect(await read(two.id)).toMatchObject({ status: 'partly_paid', received: '20.00', due: '10.00' })
    await pay(chain, payer, shop, 9, { data: linkReference(one.id) })
    await mine(4)
    expect(await read(one.id)).toMatchObject({ status: 'paid', received: '21.00', due: '0.00' })
  })

  test('by one’s own other wallet is no payment', async () => {
    await ownWallet(owner, payer.address)
    const link = await makeLink(owner, walletId, 10)
    await pay(chain, payer, shop, 10)
    await mine(4)
    expect(await own(link.id)).toMatchObject({ status: 'open', payments: [], unassigned: [] })
  })

  test('into a link for any amount counts each time, until it ends', async () => {
    const link = await makeLink(owner, walletId, null)
    await pay(chain, payer, shop, 3)
    await pay(chain, other, shop, 4.25)
    await mine(4)
    expect(await read(link.id)).toMatchObject({ status: 'open', amount: null, due: null, received: '7.25' })
  })
})

describe('late and double', () => {
  test('payments are shown as what they are, and change no ended link', async () => {
    const link = await makeLink(owner, walletId, 10)
    await pay(chain, payer, shop, 10)
    await pay(chain, other, shop, 10)
    await mine(4)
    await pay(chain, other, shop, 10)
    await mine(4)
    const { status, received, payments } = await read(link.id)
    expect({ status, received }).toEqual({ status: 'paid', received: '10.00' })
    expect(payments.map(({ counted }: { counted: boolean }) => counted).sort()).toEqual([false, false, true])
  })

  test('a cancelled link stays cancelled, and shows what came all the same', async () => {
    const link = await makeLink(owner, walletId, 10)
    await as(owner)((sql) => sql`select app.cancel_link(${link.id})`)
    await pay(chain, payer, shop, 10)
    await mine(4)
    expect(await read(link.id)).toMatchObject({
      status: 'cancelled',
      received: '0.00',
      payments: [{ status: 'confirmed', counted: false }],
    })
  })

  test('a link is not cancelled while a payment is arriving', async () => {
    const link = await makeLink(owner, walletId, 10)
    await pay(chain, payer, shop, 10)
    await mine(1)
    const cancel = () => as(owner)((sql) => sql`select app.cancel_link(${link.id})`)
    expect(await refusalOf(cancel())).toBe('CWSTA')
    await mine(3)
    expect(await refusalOf(cancel())).toBe('CWSTA')
    expect((await read(link.id)).status).toBe('paid')
  })

  test('what was in a block in time counts, however late it was read; what came after does not', async () => {
    const { timestamp } = await chain.node.getBlock()
    const start = new Date(Math.max(Date.now(), Number(timestamp) * 1000))
    const link = await makeLink(owner, walletId, 10, new Date(start.getTime() + 300_000))
    await pay(chain, payer, shop, 10)
    await chain.node.mine({ blocks: 1 })
    await chain.node.increaseTime({ seconds: 600 })
    await pay(chain, other, shop, 10)
    await mine(4)
    expect(await read(link.id)).toMatchObject({ status: 'paid', received: '10.00' })

    const empty = await makeLink(
      owner,
      walletId,
      11,
      new Date(Number((await chain.node.getBlock()).timestamp) * 1000 + 300_000),
    )
    await chain.node.increaseTime({ seconds: 600 })
    await mine(4)
    expect((await read(empty.id)).status).toBe('expired')
    await pay(chain, payer, shop, 11)
    await mine(4)
    expect(await read(empty.id)).toMatchObject({ status: 'expired', received: '0.00', payments: [{ counted: false }] })
  })
})

describe('two people with the same address', () => {
  test('each see what came for their own links, and nothing of the other’s', async () => {
    const neighbour = await newPerson(adminSql)
    const theirs = await makeLink(neighbour, await ownWallet(neighbour, shop), 10)
    const mineLink = await makeLink(owner, walletId, 10)
    await pay(chain, payer, shop, 10, { data: linkReference(mineLink.id) })
    await mine(4)
    expect((await read(mineLink.id)).status).toBe('paid')
    expect(await read(theirs.id)).toMatchObject({ status: 'open', payments: [] })
  })
})

describe('creating', () => {
  test('two open links for the same into the same wallet are refused: nobody could tell their payments apart', async () => {
    const first = await makeLink(owner, walletId, 10)
    expect(await refusalOf(makeLink(owner, walletId, 10))).toBe('CWINV')
    await makeLink(owner, walletId, null)
    expect(await refusalOf(makeLink(owner, walletId, null))).toBe('CWINV')
    await as(owner)((sql) => sql`select app.cancel_link(${first.id})`)
    expect((await makeLink(owner, walletId, 10)).status).toBe('open')
  })

  test('into another’s wallet, of nothing, or for a time that is no time is refused, and leaves nothing', async () => {
    const stranger = await newPerson(adminSql)
    expect(await refusalOf(makeLink(stranger, walletId, 10))).toBe('CWNTF')
    expect(await refusalOf(makeLink(owner, walletId, 0))).toBe('CWINV')
    expect(await refusalOf(makeLink(owner, walletId, 10, new Date()))).toBe('CWINV')
    expect(await refusalOf(makeLink(owner, walletId, 10, new Date(Date.now() + 400 * 24 * 3600_000)))).toBe('CWINV')
    expect(await adminSql`select from public.links where wallet_id = ${walletId}`).toHaveLength(0)
  })

  test('nobody else may end it, give it payments, or see it in a list; an agent’s key none of it at all', async () => {
    const link = await makeLink(owner, walletId, 10)
    const stranger = await newPerson(adminSql)
    expect(await refusalOf(as(stranger)((sql) => sql`select app.cancel_link(${link.id})`))).toBe('CWNTF')
    expect(await as(stranger)((sql) => sql`select * from app.list_links(null, null, null, 10)`)).toEqual([])
    expect(await as(stranger)((sql) => sql`select * from public.links`)).toEqual([])
    const agent = as({ role: 'agent', apiKey: 'x' })
    expect(await refusalOf(agent((sql) => sql`select app.cancel_link(${link.id})`))).toBe('42501')
    expect(await refusalOf(as({ role: 'anon' })((sql) => sql`select * from public.links`))).toBe('42501')
  })
})

test('a call through a contract wallet is known by what it carries', async () => {
  const link = await makeLink(owner, walletId, 15)
  const inner = encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [getAddress(shop), musd(15)] })
  expect(readLinkReference(`0xdeadbeef${inner.slice(2)}${linkReference(link.id).slice(2)}00000000`)).toBe(link.id)
  expect(readLinkReference(inner)).toBeNull()
  expect(readLinkReference(`${linkReference(link.id).slice(0, -2)}`)).toBeNull()
})
