import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { getReceipt } from '#lib/receipts/get.ts'
import { alice, bob, guest, introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import {
  bury,
  fund,
  hashOf,
  musd,
  pay,
  type Session,
  send,
  transferOf,
  treasury,
  treasuryHolds,
} from '#supabase/tests/support/purchase.ts'
import { refusalOf } from '#supabase/tests/support/refusal.ts'

// One receipt a delivered purchase, numbered without gaps, for its buyer's eyes.

process.env.RPC_URL_MEZO_TESTNET = 'http://127.0.0.1:1'
const { adminSql } = await testDatabase()
const year = new Date().getUTCFullYear()

beforeAll(async () => {
  await introduceCast(adminSql)
  await treasuryHolds(10n ** 24n, 1)
})

const numbers = async (): Promise<number[]> => {
  const rows = await adminSql`select number from public.receipts order by number`
  return rows.map(({ number }) => Number(number.split('-')[2]))
}

const receiptOf = async ({ id }: Session): Promise<string> => {
  const [row] = await adminSql`select id from public.receipts where session_id = ${id}`
  return row?.id
}

describe('numbers', () => {
  test('are the year’s, and consecutive also for twelve deliveries at the same moment', async () => {
    const sessions = await Promise.all(Array.from({ length: 12 }, () => pay()))
    const payouts = await Promise.all(sessions.map((session) => transferOf(session, 'stripe_payout')))
    await Promise.all(payouts.map(({ id }) => bury(id)))
    const rows = await adminSql`select number from public.receipts order by number`
    expect(rows.map(({ number }) => number)).toEqual(
      Array.from({ length: 12 }, (_, index) => `CW-${year}-${String(index + 1).padStart(6, '0')}`),
    )
  })

  test('leave no gap where a delivery was taken back', async () => {
    const before = await numbers()
    const session = await pay()
    const { id } = await transferOf(session, 'stripe_payout')
    const broken = adminSql.begin(async (tx) => {
      await tx`select app.record_transfer_observation(${id}, 'included', ${treasury}, 1, 0, 100, ${hashOf('b')}, 200)`
      expect(await tx`select from public.receipts where session_id = ${session.id}`).toHaveLength(1)
      throw new Error('taken back')
    })
    await expect(broken).rejects.toThrow('taken back')
    await bury(id)
    expect(await numbers()).toEqual([...before, before.length + 1])
  })

  test('go on past a million', async () => {
    await adminSql`update private.receipt_numbers set last_number = 999999`
    const session = await pay()
    await bury((await transferOf(session, 'stripe_payout')).id)
    const [row] = await adminSql`select number from public.receipts where session_id = ${session.id}`
    expect(row?.number).toBe(`CW-${year}-1000000`)
  })

  test('are one a purchase', async () => {
    const session = await pay()
    await bury((await transferOf(session, 'stripe_payout')).id)
    expect(await refusalOf(adminSql`select private.issue_receipt(${session.id})`)).toBe('23505 receipts_session_id_key')
  })
})

describe('a receipt', () => {
  /** The chain cannot be asked in these tests, which the app logs. */
  const readWithoutChain: typeof getReceipt = async (query) => {
    const spoken = vi.spyOn(console, 'error').mockImplementation(() => {})
    const receipt = await getReceipt(query)
    expect(spoken).toHaveBeenCalled()
    return receipt
  }

  test('states what was paid and delivered, by which transfers, and that the chain could not be asked just now', async () => {
    const session = await fund({ actor: alice })
    await bury(await send(session), { amount: musd, from: treasury })
    const receipt = await readWithoutChain({ actor: alice, id: await receiptOf(session) })
    expect(receipt).toMatchObject({
      sessionId: session.id,
      paidAmount: '26.10',
      paidCurrency: 'USD',
      deliveredAmount: '24.875',
      asset: 'MUSD',
      network: 'mezo-testnet',
      rate: '1.0050',
      transfers: [
        { kind: 'stripe_payout', amount: '25.00', status: 'confirmed' },
        { kind: 'treasury_delivery', amount: '24.875', status: 'confirmed' },
      ],
      verification: { verified: false, confirmations: 0 },
    })
  })

  test('is seen by its buyer, by the holder of its link and by an operator, and exists for nobody else', async () => {
    const session = await fund({ actor: alice })
    await bury(await send(session), { amount: musd, from: treasury })
    const other = await fund()
    const id = await receiptOf(session)
    for (const actor of [alice, guest(session.secret), olga]) {
      expect((await readWithoutChain({ actor, id })).id).toBe(id)
    }
    for (const actor of [bob, guest(), guest(other.secret), guest('wrong')]) {
      await expect(getReceipt({ actor, id })).rejects.toMatchObject({ status: 404, code: 'not_found' })
    }
  })

  test('that does not exist is not found, whatever is asked for', async () => {
    for (const id of [randomUUID(), 'none', `${randomUUID()}' or true --`]) {
      await expect(getReceipt({ actor: olga, id })).rejects.toMatchObject({ status: 404 })
    }
  })
})
