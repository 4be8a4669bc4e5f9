import { beforeAll, describe, expect, test } from 'vitest'
import { deskCounts } from '#lib/operate/counts.ts'
import {
  listClearedAlerts,
  listClearedFindings,
  listHealthChecks,
  listOpenAlerts,
  listOpenFindings,
} from '#lib/operate/health.ts'
import { getTreasury } from '#lib/operate/treasury.ts'
import { alice, introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { bury, deliver, fund, musd, send, treasury, treasuryHolds } from '#supabase/tests/support/purchase.ts'

// What the treasury has and how long it lasts; whether every part works, and what is to be looked at.

const { adminSql } = await testDatabase()

beforeAll(() => introduceCast(adminSql))

const look = (detail: object) => adminSql`
  insert into public.health_checks (name, status, summary, detail, since, checked_at)
  values ('treasury', 'ok', 'Enough', ${JSON.stringify(detail)}::text::jsonb, now(), now())
  on conflict (name) do update set detail = excluded.detail`

const measured = (low: bigint) => ({
  network: 'mezo-testnet',
  address: treasury,
  native: '5000000000000000',
  nativeLow: '8000000000000000',
  assets: [{ asset: 'MUSD', network: 'mezo-testnet', amount: '0', held: '0', low: String(low) }],
})

describe('the treasury', () => {
  test('is empty before anything was booked, and says that none is configured', async () => {
    expect(await getTreasury({ actor: olga })).toMatchObject({
      configured: false,
      address: null,
      gas: null,
      inventory: [],
    })
  })

  test('has what was read on chain, what is held, and what is free; without a look it has no mark', async () => {
    await treasuryHolds(musd * 10n, 7)
    await bury(await send(await fund()), { amount: musd, from: treasury })
    await deliver(await fund())
    const { inventory } = await getTreasury({ actor: olga })
    expect(inventory.find(({ asset }) => asset === 'MUSD')).toMatchObject({
      network: 'mezo-testnet',
      onChain: { amount: '248.75', block: '7' },
      posted: '223.875',
      held: '24.875',
      free: '199.00',
      low: null,
      isLow: false,
      fill: null,
      forSale: true,
    })
    expect(inventory.find(({ asset }) => asset === 'USDC')).toMatchObject({
      posted: '50.00',
      forSale: false,
      sold: null,
    })
  })

  test('says how long it lasts at the pace of the last 24 hours, in whole purchases and hours, rounded down', async () => {
    const { inventory } = await getTreasury({ actor: olga })
    expect(inventory[0]?.sold).toEqual({ amount: '49.75', purchases: 2, average: '24.875', left: '8', hours: '96' })
    await adminSql.begin((sql) => [
      sql`set local session_replication_role = replica`,
      sql`update public.ledger_transfers set created_at = created_at - interval '25 hours'`,
    ])
    expect((await getTreasury({ actor: olga })).inventory[0]?.sold).toBeNull()
  })

  test('stands beside its low marks', async () => {
    await look(measured(musd * 4n))
    const enough = await getTreasury({ actor: olga })
    expect(enough).toMatchObject({
      address: treasury,
      gas: { amount: '0.005', low: '0.008', symbol: 'BTC', isLow: true },
    })
    expect(enough.inventory[0]).toMatchObject({ low: '99.50', isLow: false, fill: 50 })
    await look(measured(musd * 16n))
    expect((await getTreasury({ actor: olga })).inventory[0]).toMatchObject({ low: '398.00', isLow: true, fill: 12 })
    await look(measured(0n))
    expect((await getTreasury({ actor: olga })).inventory[0]).toMatchObject({ low: null, isLow: false, fill: null })
  })

  test('is shown all the same where the look at it failed', async () => {
    await look({ milliseconds: 6000 })
    expect(await getTreasury({ actor: olga })).toMatchObject({
      address: null,
      gas: null,
      inventory: [{ asset: 'MUSD' }, {}],
    })
  })

  test('is an operator’s alone', async () => {
    await expect(getTreasury({ actor: alice })).rejects.toMatchObject({ status: 403 })
  })
})

describe('the health page', () => {
  test('shows the worst first, and what nobody looks at any more', async () => {
    await adminSql`insert into public.health_checks (name, status, summary, since, checked_at) values
      ('database', 'ok', 'Fine', now() - interval '1 day', now() - interval '4 minutes'),
      ('stripe', 'down', 'No answer', now(), now())`
    const checks = await listHealthChecks({ actor: olga })
    expect(checks.map(({ name, stale }) => [name, stale])).toEqual([
      ['stripe', false],
      ['database', true],
      ['treasury', false],
    ])
    expect((await deskCounts({ actor: olga })).unwell).toBe(1)
  })

  test('lists what is open, and what is over each once over all pages', async () => {
    await adminSql`insert into public.alerts (kind, subject, title, detail, path, opened_at, cleared_at)
      select 'part_down', n::text, 'Down', 'It was.', '/operate/health', now() - n * interval '1 hour',
        case when n > 1 then now() end from generate_series(1, 6) n`
    await adminSql`insert into public.reconciliation_findings (kind, subject, first_seen_at, last_seen_at, cleared_at)
      select 'transfer_unfinished', n::text, now() - n * interval '1 hour', now() - n * interval '1 hour', case when n > 1 then now() end
      from generate_series(1, 6) n`
    expect((await listOpenAlerts({ actor: olga })).map(({ subject }) => subject)).toEqual(['1'])
    expect((await listOpenFindings({ actor: olga })).map(({ subject }) => subject)).toEqual(['1'])
    for (const list of [listClearedAlerts, listClearedFindings]) {
      const first = await list({ actor: olga, limit: 3 })
      const rest = await list({ actor: olga, limit: 3, ...(first.nextCursor ? { cursor: first.nextCursor } : {}) })
      expect([...first.items, ...rest.items].map(({ subject }) => subject)).toEqual(['2', '3', '4', '5', '6'])
      expect(rest.nextCursor).toBeNull()
    }
    expect(await deskCounts({ actor: olga })).toMatchObject({ openAlerts: 1, openFindings: 1 })
  })

  test('is empty for everyone else', async () => {
    expect(await listHealthChecks({ actor: alice })).toEqual([])
    expect(await listOpenAlerts({ actor: alice })).toEqual([])
    expect(await listOpenFindings({ actor: alice })).toEqual([])
    expect((await listClearedAlerts({ actor: alice })).items).toEqual([])
    expect((await listClearedFindings({ actor: alice })).items).toEqual([])
  })
})
