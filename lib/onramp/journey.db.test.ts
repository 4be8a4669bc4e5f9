import { beforeAll, describe, expect, test } from 'vitest'
import { alice, introduceCast } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import {
  begin,
  bury,
  deliver,
  hashOf,
  look,
  musd,
  openCheckout,
  read,
  recordBroadcast,
  send,
  sign,
  stripeAddress,
  stripeSays,
  transferOf,
  treasury,
  treasuryHolds,
  usdc,
  wallet,
} from '#supabase/tests/support/purchase.ts'

const { adminSql } = await testDatabase()

beforeAll(async () => {
  await introduceCast(adminSql)
  await treasuryHolds(1000n * 10n ** 18n, 1)
})

const trail = async (id: string): Promise<string[]> => {
  const rows =
    await adminSql`select to_status || ' by ' || actor as step from public.onramp_events where session_id = ${id} order by version`
  return rows.map(({ step }) => step)
}

const jobKeys = async (id: string): Promise<string[]> => {
  const rows = await adminSql`
    select split_part(key, ':', 1) as kind from graphile_worker.jobs
    where split_part(key, ':', 2) in (select t.id::text from public.transfers t where t.session_id = ${id} union select ${id}) order by 1`
  return rows.map(({ kind }) => kind)
}

describe('USDC, which Stripe delivers straight to the wallet', () => {
  test('goes from the card to the wallet, each step by whom it is', async () => {
    const session = await begin({ actor: alice })
    expect(await jobKeys(session.id)).toEqual(['expire'])
    await openCheckout(session)
    expect(await stripeSays(session, 'requires_payment')).toBe('awaiting_payment')
    expect(await stripeSays(session, 'fulfillment_processing')).toBe('processing')
    expect(await jobKeys(session.id)).toEqual(['expire', 'sync'])
    expect(await stripeSays(session, 'fulfillment_complete', hashOf(session.id))).toBe('delivering')
    expect(await jobKeys(session.id)).toEqual(['expire', 'sync', 'watch'])

    const payout = await transferOf(session, 'stripe_payout')
    expect(payout).toMatchObject({
      status: 'broadcast',
      asset: 'USDC',
      network: 'base',
      to_address: wallet,
      amount: null,
    })
    expect(await look(payout.id)).toBe('included')
    expect((await read(session)).status).toBe('delivering')
    expect(await bury(payout.id)).toBe('confirmed')

    expect(await read(session)).toMatchObject({
      status: 'delivered',
      delivered_amount: String(usdc),
      attention_code: null,
    })
    expect(await trail(session.id)).toEqual([
      `created by account:${alice.userId}`,
      'awaiting_payment by worker',
      'processing by worker',
      'funded by worker',
      'delivering by worker',
      'delivered by worker',
    ])
    expect(await adminSql`select from public.receipts where session_id = ${session.id}`).toHaveLength(1)
    expect(await adminSql`select from public.ledger_transfers where subject = ${session.id}`).toHaveLength(0)
  })
})

describe('MUSD, which the treasury delivers', () => {
  test('goes from the card to the treasury and from there to the wallet', async () => {
    const session = await begin({ asset: 'MUSD' })
    await openCheckout(session)
    expect(await stripeSays(session, 'fulfillment_complete', hashOf(session.id))).toBe('funded')
    const payout = await transferOf(session, 'stripe_payout')
    expect(payout).toMatchObject({ asset: 'USDC', network: 'base', to_address: treasury })
    expect(await deliver(session)).toBe('funded')

    expect(await bury(payout.id, { amount: usdc, from: stripeAddress })).toBe('confirmed')
    expect(await jobKeys(session.id)).toContain('deliver')
    expect(await deliver(session)).toBe('delivering')
    const delivery = await transferOf(session, 'treasury_delivery')
    expect(delivery).toMatchObject({
      status: 'prepared',
      asset: 'MUSD',
      network: 'mezo-testnet',
      from_address: treasury,
      to_address: wallet,
      amount: String(musd),
      hash: null,
    })
    await sign(delivery.id)
    await recordBroadcast(delivery.id, 'accepted')
    expect(await bury(delivery.id, { amount: musd, from: treasury })).toBe('confirmed')

    expect(await read(session)).toMatchObject({ status: 'delivered', delivered_amount: String(musd) })
    expect(await trail(session.id)).toEqual([
      'created by guest',
      ...['awaiting_payment', 'processing', 'funded', 'delivering', 'delivered'].map((status) => `${status} by worker`),
    ])
    const entries = await adminSql`
      select t.kind, t.status, a.kind as account, a.asset, e.amount::text from public.ledger_transfers t
        join public.ledger_entries e on e.transfer_id = t.id join public.ledger_accounts a on a.id = e.account_id
      where t.subject = ${session.id} order by t.created_at, e.amount`
    expect(entries.map(({ kind, status, account, asset, amount }) => [kind, status, account, asset, amount])).toEqual([
      ['onramp_funding', 'posted', 'exchange', 'USDC', String(-usdc)],
      ['onramp_funding', 'posted', 'treasury', 'USDC', String(usdc)],
      ['onramp_delivery', 'posted', 'treasury', 'MUSD', String(-musd)],
      ['onramp_delivery', 'posted', 'exchange', 'MUSD', String(musd)],
    ])
  })

  test('pays for what arrived, not for what was quoted, less the fee, rounded down', async () => {
    const session = await begin({ asset: 'MUSD' })
    await openCheckout(session)
    await stripeSays(session, 'fulfillment_complete', hashOf(session.id))
    await bury((await transferOf(session, 'stripe_payout')).id, { amount: 24_000_001n })
    const amount = 23_880_000_995_000_000_000n
    const delivery = await send(session)
    expect((await transferOf(session, 'treasury_delivery')).amount).toBe(String(amount))
    expect(await bury(delivery, { amount, from: treasury, block: 101 })).toBe('confirmed')
  })

  test.each([
    [1n, 50, 995_000_000_000n],
    [25_000_000n, 0, 25_000_000_000_000_000_000n],
    [3n, 1000, 2_700_000_000_000n],
    [10n ** 15n, 1, 999_900_000_000_000_000_000_000_000n],
  ])('%s base units of USDC at %s hundredths of a percent are %s of MUSD', async (received, fee, amount) => {
    const [row] =
      await adminSql`select private.delivery_amount(${String(received)}, 'MUSD', ${fee}, 1, 1)::text as amount`
    expect(row?.amount).toBe(String(amount))
  })

  test('waits, and says so, while the treasury is short, and goes on by itself after a top-up', async () => {
    const session = await begin({ asset: 'MUSD' })
    await openCheckout(session)
    await stripeSays(session, 'fulfillment_complete', hashOf(session.id))
    await bury((await transferOf(session, 'stripe_payout')).id)
    await treasuryHolds(musd - 1n, 200)
    expect(await deliver(session)).toBe('needs_attention')
    expect(await deliver(session)).toBe('needs_attention')
    expect(await read(session)).toMatchObject({ status: 'needs_attention', attention_code: 'treasury_short' })
    expect(await jobKeys(session.id)).toContain('deliver')
    expect(
      await adminSql`select from public.transfers where session_id = ${session.id} and kind = 'treasury_delivery'`,
    ).toEqual([])

    await treasuryHolds(musd, 201)
    expect(await deliver(session)).toBe('delivering')
    expect(await read(session)).toMatchObject({ attention_code: null, attention_detail: null })
  })
})
