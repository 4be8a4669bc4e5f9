import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { log } from '#lib/log.ts'
import { reconcile } from '#lib/reconciliation/reconcile.ts'
import { alice, introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import {
  begin,
  bury,
  deliver,
  fund,
  hashOf,
  musd,
  openCheckout,
  pay,
  read,
  send,
  stripeSays,
  transferOf,
  treasury,
  treasuryHolds,
  usdc,
} from '#supabase/tests/support/purchase.ts'
import { refusalOf } from '#supabase/tests/support/refusal.ts'
import { ageTransfer } from '#supabase/tests/support/waits.ts'

// What does not add up is said once, as long as it lasts, to operators and to nobody else.

const { adminSql, as } = await testDatabase()
const worker = as({ role: 'worker' })

beforeAll(async () => {
  await introduceCast(adminSql)
  await treasuryHolds(1000n * 10n ** 18n, 1)
})

const noteFindings = async () =>
  (await worker((sql) => sql`select * from app.note_findings()`)).map(
    (row) => `${row.change} ${row.finding_kind} ${row.finding_subject}`,
  )
const open = async (kind: string) =>
  await adminSql`select * from public.reconciliation_findings where kind = ${kind} and cleared_at is null`

/** What no command of ours can do, the owner does with every trigger off, and takes back afterwards. */
async function force(statement: string): Promise<void> {
  await adminSql.begin((tx) => [tx`set local session_replication_role = replica`, tx.unsafe(statement)])
}

describe('a finding', () => {
  test('is opened once, seen again, cleared when it is gone, and opened anew when it is back', async () => {
    const { id } = await transferOf(await pay(), 'stripe_payout')
    expect(await noteFindings()).toEqual([])
    await ageTransfer(adminSql, id, '31 minutes')
    expect(await noteFindings()).toEqual([`new transfer_unfinished ${id}`])
    const [first] = await open('transfer_unfinished')
    expect(first).toMatchObject({
      subject: id,
      detail: { kind: 'stripe_payout', status: 'broadcast', attempts: 0 },
      cleared_at: null,
    })
    expect(await noteFindings()).toEqual([])
    const [second] = await open('transfer_unfinished')
    expect(second?.id).toBe(first?.id)
    expect(second?.last_seen_at.getTime()).toBeGreaterThan(first?.last_seen_at.getTime())

    await bury(id)
    expect(await noteFindings()).toEqual([`cleared transfer_unfinished ${id}`])
    expect(await noteFindings()).toEqual([])
    expect(await open('transfer_unfinished')).toEqual([])
  })

  test('of two reconciliations at once is opened once', async () => {
    const { id } = await transferOf(await pay(), 'stripe_payout')
    await ageTransfer(adminSql, id, '1 day')
    const changes = await Promise.all([noteFindings(), noteFindings(), noteFindings()])
    expect(changes.flat()).toEqual([`new transfer_unfinished ${id}`])
    expect(await open('transfer_unfinished')).toHaveLength(1)
    await bury(id, { block: 101 })
    await noteFindings()
  })

  test('is never edited, lost or taken back', async () => {
    for (const statement of [
      'delete from public.reconciliation_findings',
      'truncate public.reconciliation_findings',
      `update public.reconciliation_findings set subject = 'x'`,
      'update public.reconciliation_findings set cleared_at = null',
    ]) {
      expect(await refusalOf(adminSql.unsafe(statement))).toBe('CWSTA')
    }
  })

  test('is an operator’s to see', async () => {
    const seen = async (actor: typeof olga) =>
      (await as(actor)((sql) => sql`select from public.reconciliation_findings`)).length
    expect(await seen(olga)).toBe(2)
    expect(await seen(alice)).toBe(0)
  })
})

describe('what is found', () => {
  test('a payment that came after its session had expired', async () => {
    const session = await begin()
    await openCheckout(session)
    await adminSql`update public.onramp_sessions set expires_at = now() where id = ${session.id}`
    await worker((sql) => sql`select app.expire_onramp_session(${session.id})`)
    expect(await noteFindings()).toEqual([])
    await stripeSays(session, 'fulfillment_processing')
    expect(await noteFindings()).toEqual([`new paid_after_expiry ${session.id}`])
    expect((await open('paid_after_expiry'))[0]?.detail).toMatchObject({ stripeSession: session.stripeId })
  })

  test('a delivery without its transfer, which must never be', async () => {
    const session = await fund()
    await bury(await send(session), { amount: musd, from: treasury, block: 110 })
    expect((await read(session)).status).toBe('delivered')
    expect(await noteFindings()).toEqual([])
    await force(
      `update public.transfers set amount = amount - 1 where session_id = '${session.id}' and kind = 'treasury_delivery'`,
    )
    expect(await noteFindings()).toEqual([`new delivered_without_transfer ${session.id}`])
    await force(
      `update public.transfers set amount = amount + 1 where session_id = '${session.id}' and kind = 'treasury_delivery'`,
    )
    expect(await noteFindings()).toEqual([`cleared delivered_without_transfer ${session.id}`])
  })

  test.each([
    [
      'entries that do not add up',
      `update public.ledger_entries set amount = amount + 1 where amount > 0 and transfer_id = '$T'`,
    ],
    [
      'an account that is not the sum of its entries',
      `update public.ledger_accounts set posted = posted + 1 where kind = 'outside' and asset = 'MUSD'`,
    ],
    [
      'a hold that nothing is pending for',
      `update public.ledger_accounts set held = held + 1 where kind = 'treasury' and asset = 'MUSD'`,
    ],
  ])('%s, which must never be', async (_, statement) => {
    const [row] =
      await adminSql`select id from public.ledger_transfers where kind = 'onramp_delivery' and status = 'posted' limit 1`
    const broken = statement.replace('$T', row?.id)
    await force(broken)
    const found = await noteFindings()
    expect(found.length).toBeGreaterThan(0)
    expect(found.every((line) => line.startsWith('new ledger_unbalanced '))).toBe(true)
    await force(broken.replace('+ 1', '- 1'))
    expect((await noteFindings()).sort()).toEqual(found.map((line) => line.replace('new', 'cleared')).sort())
  })
})

describe('the whole books', () => {
  /** Everything that was ever booked or delivered was so much earlier, and the books were last read to the end so long ago. */
  const age = async (books: string, read: string) => {
    await force(`update public.onramp_sessions set finalized_at = finalized_at - interval '${books}'`)
    await force(`update public.ledger_transfers set created_at = created_at - interval '${books}'`)
    await force(`update private.books_read set read_at = read_at - interval '${read}'`)
  }

  test.each([
    [
      'a delivery without its transfer',
      `update public.transfers set amount = amount + 1 where kind = 'treasury_delivery' and status = 'confirmed'`,
    ],
    [
      'entries that do not add up',
      `update public.ledger_entries set amount = amount + 1 where (transfer_id, account_id) = (select transfer_id, account_id
         from public.ledger_entries e join public.ledger_transfers t on t.id = e.transfer_id where t.kind = 'onramp_delivery' order by 1, 2 limit 1)`,
    ],
    [
      'two accounts that agree with each other and not with their entries',
      `update public.ledger_accounts set posted = posted + case kind when 'treasury' then 1 else -1 end
         where kind in ('treasury', 'exchange') and asset = 'MUSD'`,
    ],
  ])('are read at the first run of each day, and until it is mended: %s, of two days ago', async (_, statement) => {
    expect(await noteFindings()).toEqual([])
    await age('2 days', '0 days')
    await force(statement)
    expect(await noteFindings()).toEqual([])
    await age('0 days', '1 day')
    const found = await noteFindings()
    expect(found.length).toBeGreaterThan(0)
    // The looks between the days clear nothing that they do not see.
    expect(await noteFindings()).toEqual([])
    await force(statement.replaceAll('+ 1', '- 1').replace('then 1 else -1', 'then -1 else 1'))
    expect((await noteFindings()).sort()).toEqual(found.map((line) => line.replace('new', 'cleared')).sort())
  })
})

describe('the treasury against its ledger', () => {
  let block = 5000
  const compare = async (asset: 'MUSD' | 'USDC', amount: bigint, at = ++block) =>
    (
      await worker(
        (sql) =>
          sql`select app.reconcile_treasury(${asset === 'MUSD' ? 'mezo-testnet' : 'base'}, ${asset}, ${treasury}, ${String(amount)}, ${at}) as outcome`,
      )
    )[0]?.outcome
  const posted = async (asset: string) => {
    const [row] =
      await adminSql`select posted::text, held::text from public.ledger_accounts where kind = 'treasury' and asset = ${asset}`
    return { posted: BigInt(row?.posted ?? 0), held: BigInt(row?.held ?? 0) }
  }

  test('a withdrawal and a top-up, with nothing on its way, are explained', async () => {
    const { posted: before } = await posted('MUSD')
    expect(await compare('MUSD', before - 5n)).toBe('sound')
    expect(await compare('MUSD', before + 5n)).toBe('sound')
    expect((await posted('MUSD')).posted).toBe(before + 5n)
  })

  test('less than is promised to nobody, while something is on its way, is a finding until it is back', async () => {
    const session = await fund()
    await deliver(session)
    const { posted: owned, held } = await posted('MUSD')
    expect(held).toBe(musd)
    expect(await compare('MUSD', owned)).toBe('sound')
    expect(await compare('MUSD', owned - held)).toBe('sound')
    expect(await compare('MUSD', owned - held - 1n)).toBe('new')
    expect(await compare('MUSD', owned - held - 7n)).toBe('open')
    expect(await open('treasury_drift')).toMatchObject([
      { subject: 'mezo-testnet/MUSD', detail: { missing: '7', posted: String(owned), held: String(held) } },
    ])
    expect(await noteFindings()).toEqual([])
    expect(await compare('MUSD', owned, block - 1)).toBe('stale')
    expect(await open('treasury_drift')).toHaveLength(1)
    expect(await compare('MUSD', owned)).toBe('cleared')
    expect(await open('treasury_drift')).toEqual([])
    expect(await posted('MUSD')).toEqual({ posted: owned, held })
  })

  test('USDC that a payout of Stripe’s brings is counted once: when the payout is confirmed', async () => {
    const { posted: before } = await posted('USDC')
    expect(await compare('USDC', before)).toBe('sound')
    const session = await pay({ asset: 'MUSD' })
    expect(await compare('USDC', before + usdc)).toBe('sound')
    expect((await posted('USDC')).posted).toBe(before)
    await bury((await transferOf(session, 'stripe_payout')).id, { amount: usdc, block: block - 10 })
    expect((await posted('USDC')).posted).toBe(before + usdc)
    expect(await compare('USDC', before + usdc)).toBe('sound')
    expect((await posted('USDC')).posted).toBe(before + usdc)
    expect(await open('treasury_drift')).toEqual([])
  })

  test('USDC that came while Stripe still works on a payment is left alone', async () => {
    const { posted: before } = await posted('USDC')
    const session = await begin({ asset: 'MUSD' })
    await openCheckout(session)
    await stripeSays(session, 'fulfillment_processing')
    expect(await compare('USDC', before + usdc)).toBe('sound')
    expect((await posted('USDC')).posted).toBe(before)
    await stripeSays(session, 'fulfillment_complete', hashOf(session.id))
    await bury((await transferOf(session, 'stripe_payout')).id, { amount: usdc, block: block - 10 })
    expect((await posted('USDC')).posted).toBe(before + usdc)
  })
})

describe('a step that fails', () => {
  beforeEach(() => {
    vi.spyOn(log, 'warn').mockImplementation(() => {})
  })

  test('is told of, and the steps after it are taken', async () => {
    const { id } = await transferOf(await pay(), 'stripe_payout')
    await ageTransfer(adminSql, id, '1 day')
    const errors = vi.spyOn(log, 'error').mockImplementation(() => {})
    // Nobody answers for Stripe here, and no treasury is configured.
    await expect(reconcile({ until: new Date(Date.now() + 60_000) })).rejects.toThrow(
      'The reconciliation could not finish: events.',
    )
    expect(errors).toHaveBeenCalledWith('the reconciliation found something', {
      kind: 'transfer_unfinished',
      subject: id,
    })
  })
})

describe('when the clock was set back', () => {
  test('a finding is seen again and cleared all the same', async () => {
    const { id } = await transferOf(await pay(), 'stripe_payout')
    await ageTransfer(adminSql, id, '31 minutes')
    await noteFindings()
    await force(
      `update public.reconciliation_findings set first_seen_at = now() + interval '1 hour', last_seen_at = now() + interval '1 hour' where subject = '${id}'`,
    )
    expect(await noteFindings()).toEqual([])
    await bury(id, { amount: usdc })
    expect(await noteFindings()).toEqual([`cleared transfer_unfinished ${id}`])
  })
})
