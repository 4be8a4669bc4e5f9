import { encodeFunctionData, erc20Abi, type Hex, hexToBytes } from 'viem'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { repairNonces } from '#lib/transfers/repair-nonces.ts'
import { sendTransfer } from '#lib/transfers/tasks/send.ts'
import { readAttempts } from '#lib/transfers/transfer.ts'
import { sendAs } from '#sandbox/chain/node.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { expectSoundLedger } from '#supabase/tests/support/ledger.ts'
import { read, transferOf } from '#supabase/tests/support/purchase.ts'
import {
  beginDelivery,
  type Delivery,
  expectArrival,
  expectWarning,
  startTreasuryChain,
  type TreasuryChain,
} from '#supabase/tests/support/treasury-chain.ts'
import { ageTransfer } from '#supabase/tests/support/waits.ts'

// A transfer that nobody can sign does not keep its place for ever: those behind it go on, and nothing was ever sent.

const { adminSql, as } = await testDatabase()
const network = 'mezo-testnet'

let chain: TreasuryChain

beforeAll(async () => {
  chain = await startTreasuryChain()
})
afterAll(() => chain.stop())
afterEach(() => expectSoundLedger(adminSql))

const send = (id: string) => sendTransfer({ transferId: id })
const row = ({ session }: Delivery) => transferOf(session, 'treasury_delivery')
const fills = () => adminSql`select id, nonce::int from public.transfers where kind = 'nonce_fill' order by nonce`
const ledgerOf = ({ session }: Delivery) =>
  adminSql`select status from public.ledger_transfers where subject = ${session.id} and kind = 'onramp_delivery'`

describe('a place that is held in vain', () => {
  const away = `0x${'de'.repeat(20)}` as const
  const musdToken = requireToken('MUSD', network).address

  /** Moves all MUSD of one address to another, without a key. */
  async function moveAll(from: Hex, to: Hex): Promise<void> {
    const held = await chain.node.readContract({
      address: musdToken,
      abi: erc20Abi,
      functionName: 'balanceOf',
      args: [from],
    })
    await chain.node.setBalance({ address: from, value: 10n ** 18n })
    const data = encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [to, held] })
    await sendAs(chain.node, { from, to: musdToken, data })
    await chain.mine(1)
  }

  test('by a transfer that cannot be signed is given up, filled, and the next is paid', async () => {
    const stuck = await chain.prepared()
    const behind = await chain.prepared()
    // The owner takes everything away while both are on their way: a transaction of the same key, so the order moves on too.
    await moveAll(chain.signer.address, away)
    await chain.node.setNonce({ address: chain.signer.address, nonce: stuck.nonce })
    await send(stuck.id)
    expect(await row(stuck)).toMatchObject({ status: 'prepared' })
    expect(await read(stuck.session)).toMatchObject({ attention_code: 'delivery_refused' })

    await ageTransfer(adminSql, stuck.id, '3 minutes')
    await send(stuck.id)
    expect(await row(stuck)).toMatchObject({ status: 'failed', failure: 'released', hash: null })
    expect(await ledgerOf(stuck)).toEqual([{ status: 'voided' }])
    expect(await read(stuck.session)).toMatchObject({ status: 'needs_attention', attention_code: 'treasury_short' })

    await moveAll(away, chain.signer.address)
    const warned = expectWarning(/gap .* is filled/)
    expect(await repairNonces()).toBe(1)
    warned()
    const [fill] = (await fills()).slice(-1)
    expect(fill?.nonce).toBe(stuck.nonce)
    await send(fill?.id)
    await expectArrival(chain, behind)
    await beginDelivery(stuck)
    await expectArrival(chain, stuck)
  })

  test('is not given up once it was signed', async () => {
    const delivery = await chain.prepared()
    await send(delivery.id)
    await ageTransfer(adminSql, delivery.id, '1 hour')
    const [row] = await as({ role: 'worker' })(
      (sql) => sql`select app.record_unsigned(${delivery.id}, 'reverts', 'no') as status`,
    )
    expect(row).toEqual({ status: 'broadcast' })
    await expectArrival(chain, delivery)
  })

  test('by nothing: bytes that come late for a transfer that was given up are not stored', async () => {
    const delivery = await chain.prepared()
    await ageTransfer(adminSql, delivery.id, '1 hour')
    await as({ role: 'worker' })((sql) => sql`select app.record_unsigned(${delivery.id}, 'reverts', 'no')`)
    expect(await read(delivery.session)).toMatchObject({ attention_code: 'delivery_failed' })
    const [stored] = await as({ role: 'worker' })(
      (sql) =>
        sql`select app.record_signed_transfer(${delivery.id}, ${`0x${'ab'.repeat(32)}`}, ${hexToBytes('0x02')}) as raw`,
    )
    expect(stored).toEqual({ raw: null })
    expect(await readAttempts(delivery.id)).toEqual([])
  })
})
