import { beforeAll, describe, expect, test } from 'vitest'
import { alice, bob, guest, introduceCast } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import {
  bury,
  fund,
  hashOf,
  musd,
  openCheckout,
  read,
  type Session,
  send,
  transferOf,
  treasury,
  treasuryHolds,
} from '#supabase/tests/support/purchase.ts'
import { refusalOf } from '#supabase/tests/support/refusal.ts'

// What happened is written once. Every attempt is one by the database's owner, whom no grant stops.

const { adminSql, as } = await testDatabase()

let session: Session
let deliveryId: string

beforeAll(async () => {
  await introduceCast(adminSql)
  await as({ role: 'webhook' })(
    (sql) => sql`select app.receive_webhook('stripe', 'evt_1', 'test', ${Buffer.from('{}')}, 'current_key', now())`,
  )
  await as({ role: 'webhook' })(
    (sql) => sql`select app.receive_webhook('stripe', 'evt_1', 'test', ${Buffer.from('[]')}, 'current_key', now())`,
  )
  await treasuryHolds(100n * 10n ** 18n, 1)
  session = await fund({ actor: alice })
  deliveryId = await send(session)
  await bury(deliveryId, { amount: musd, from: treasury })
})

const column = {
  'public.onramp_events': 'actor',
  'public.transfer_events': 'actor',
  'public.webhook_event_history': 'actor',
  'public.audit_log': 'detail',
  'public.ledger_entries': 'amount',
  'public.receipts': 'number',
  'private.signed_transactions': 'raw',
}

describe.each(Object.entries(column))('%s is append-only', (table, name) => {
  test('it has rows to lose', async () => {
    expect((await adminSql`select from ${adminSql(table)}`).length).toBeGreaterThan(0)
  })

  test.each([
    ['update', `update ${table} set ${name} = ${name}`],
    ['delete', `delete from ${table}`],
    ['truncate', `truncate ${table} cascade`],
  ])('%s is refused', async (_, statement) => {
    expect(await refusalOf(adminSql.unsafe(statement))).toBe('CWSTA')
  })
})

describe.each(['public.onramp_sessions', 'public.transfers', 'public.webhook_events', 'public.ledger_transfers'])(
  '%s is kept',
  (table) => {
    test.each(['delete from', 'truncate'])('%s is refused', async (verb) => {
      const statement = `${verb} ${table}${verb === 'truncate' ? ' cascade' : ''}`
      expect(await refusalOf(adminSql.unsafe(statement))).toBe('CWSTA')
    })
  },
)

describe('what was agreed with the buyer is never edited', () => {
  test.each([
    "asset = asset, network = 'ethereum'",
    `wallet_address = '${treasury.replace('7e', 'ff')}'`,
    'source_amount_minor = source_amount_minor + 1, total_amount_minor = total_amount_minor + 1',
    'total_amount_minor = total_amount_minor + 1',
    'quoted_amount = quoted_amount + 1',
    `quote = '{"sourceAmount": "1.00"}'`,
    'fee_basis_points = 0',
    `settlement_address = wallet_address`,
    `stripe_session_id = 'cos_another'`,
    'stripe_session_id = null',
    `owner_id = '${bob.userId}'`,
    'created_at = now()',
    'id = gen_random_uuid()',
  ])('%s', async (change) => {
    const before = await read(session)
    expect(
      await refusalOf(adminSql.unsafe(`update public.onramp_sessions set ${change} where id = '${session.id}'`)),
    ).toBe('CWSTA')
    expect(await read(session)).toEqual(before)
  })
})

describe('what a transfer moves is never edited', () => {
  test.each([
    'amount = amount + 1',
    `to_address = from_address`,
    `from_address = to_address`,
    'nonce = nonce + 1',
    `hash = '${hashOf('another')}'`,
    'hash = null',
    `network = 'base'`,
    `asset = 'USDC'`,
    `kind = 'stripe_payout'`,
  ])('%s', async (change) => {
    const before = await transferOf(session, 'treasury_delivery')
    expect(await refusalOf(adminSql.unsafe(`update public.transfers set ${change} where id = '${deliveryId}'`))).toBe(
      'CWSTA',
    )
    expect(await transferOf(session, 'treasury_delivery')).toEqual(before)
  })
})

describe('what a webhook brought is never edited', () => {
  test.each([
    `body = '[]'`,
    `event_id = 'evt_2'`,
    `type = 'another'`,
    `signature = 'previous_key'`,
    'signed_at = now()',
    'received_at = now()',
  ])('%s', async (change) => {
    expect(await refusalOf(adminSql.unsafe(`update public.webhook_events set ${change}`))).toBe('CWSTA')
  })
})

describe('a ledger transfer ends once', () => {
  test.each([`status = 'pending', finalized_at = null`, `status = 'voided'`, 'subject = gen_random_uuid()'])(
    '%s',
    async (change) => {
      expect(
        await refusalOf(adminSql.unsafe(`update public.ledger_transfers set ${change} where kind = 'onramp_delivery'`)),
      ).toBe('CWSTA')
    },
  )
})

test('an account that is deleted leaves its purchases behind, and they stay nobody’s but the link’s', async () => {
  const theirs = await fund({ actor: bob })
  await adminSql`delete from auth.users where id = ${bob.userId}`
  expect((await read(theirs)).owner_id).toBeNull()
  const seen = await as(guest(theirs.secret))((sql) => sql`select id from public.onramp_sessions`)
  expect(seen).toEqual([{ id: theirs.id }])
})

test('a session is paid through one Stripe session and no other', async () => {
  const before = await read(session)
  expect(await refusalOf(openCheckout({ ...session, stripeId: 'cos_another' }))).toBe('CWSTA')
  expect(await read(session)).toEqual(before)
})
