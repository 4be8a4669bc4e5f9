import postgres from 'postgres'

/** How many of the sessions are of the last day, and how many are open: that is traffic, and not what is stored. */
const traffic = { lastDay: 1000, open: 200 }

/** Four of ten sessions have an owner, and each owner has forty. */
const owners = 'n / 100'

/** Of twenty sessions: six are delivered, half of them as MUSD; thirteen expired, since most people only look; one was rejected. */
const delivered = 'i % 20 < 6'
const musd = 'i % 20 < 3'
const status = `case when ${delivered} then 'delivered' when i % 20 = 6 then 'rejected' else 'expired' end`

const id = (kind: number, i = 'i') =>
  `(lpad(to_hex(${i}), 8, '0') || '-0000-4000-8${kind}00-' || lpad(to_hex(${i}), 12, '0'))::uuid`
const hash = (name: string) => `'0x' || encode(sha256(('${name} ' || i)::bytea), 'hex')`
/** Spread over a year, the newest last, and the last thousand over the last day. */
const time = `case when n - i < ${traffic.lastDay} then now() - interval '1 day' * (n - i + 1) / ${traffic.lastDay + 50} - interval '50 minutes'
  else now() - interval '1 day' - interval '364 days' * (n - i) / n end`
const numbers = 'from (select i, $1::integer as n from generate_series(1, $1::integer) i) numbers'

const treasury = `'0x${'7e'.repeat(20)}'`
const stripe = `'0x${'57'.repeat(20)}'`
const wallet = `'0x' || lpad(to_hex(i % 100000), 40, 'a')`
const quote = JSON.stringify({
  id: 'quote_of_a_bench_that_is_as_long_as_a_signed_one_would_be_0123456789',
  sourceAmount: '25.00',
  sourceCurrency: 'USD',
  fees: [{ kind: 'processing', amount: '1.10', currency: 'USD' }],
  totalAmount: '26.10',
  destinationAmount: '25.00',
  asset: 'USDC',
  network: 'base',
  chain: 'eip155:8453',
  expiresAt: '2026-01-01T00:00:00.000Z',
})

const steps = (path: string[]) =>
  path.map((to, index) => `(${index + 1}, ${index === 0 ? 'null' : `'${path[index - 1]}'`}, '${to}')`).join(', ')
const sessionEvents = (where: string, path: string[]) => `
  insert into public.onramp_events (session_id, version, from_status, to_status, actor, at)
  select ${id(0)}, v, f, t, case when v = 1 then 'guest' else 'worker' end, ${time} + interval '20 seconds' * (v - 1)
  ${numbers} cross join (values ${steps(path)}) as steps (v, f, t) where ${where}`
const transferEvents = (kind: number, where: string, path: string[]) => `
  insert into public.transfer_events (transfer_id, version, from_status, to_status, actor, at)
  select ${id(kind)}, v, f, t, 'worker', ${time} + interval '60 seconds' + interval '5 seconds' * (v - 1)
  ${numbers} cross join (values ${steps(path)}) as steps (v, f, t) where ${where}`

/** A top-up of the treasury that covers a thousand purchases more than were sold: three of twenty sessions. */
const sold = '(n / 20 * 3)::numeric'
const topUp = `24875000000000000000 * (${sold} + 1000)`

/** What the rows of the tables below refer to. */
const before = [
  `insert into auth.users (id, email) select ${id(9)}, 'owner-' || i || '@causeway.test'
   from (select $1::integer as n) count cross join lateral generate_series(0, ${owners} - 1) i`,
  `insert into public.ledger_accounts (kind, network, asset, floor, posted)
   select a.* from (select $1::integer as n) count cross join lateral (values
     ('treasury', 'base', 'USDC', 0, 25000000 * ${sold}), ('exchange', 'base', 'USDC', null, -25000000 * ${sold}),
     ('treasury', 'mezo-testnet', 'MUSD', 0, ${topUp} - 24875000000000000000 * ${sold}),
     ('exchange', 'mezo-testnet', 'MUSD', null, 24875000000000000000 * ${sold}), ('outside', 'mezo-testnet', 'MUSD', null, -(${topUp}))) a`,
]

/** Each table's rows, as the app's own commands would have left them. No table waits for another: triggers are off. */
const tables: [name: string, ...statements: string[]][] = [
  [
    'public.onramp_sessions',
    `insert into public.onramp_sessions (id, owner_id, secret_hash, status, version, asset, network, wallet_address, source_currency,
       source_amount_minor, total_amount_minor, quoted_amount, quote, delivery, fee_basis_points, settlement_network, settlement_address,
       stripe_session_id, stripe_status, checkout_url, delivered_amount, created_at, updated_at, expires_at, finalized_at)
     select ${id(0)}, case when i % 5 < 2 then ${id(9, `i / 5 % (${owners})`)} end, sha256(('secret-' || i)::bytea), ${status},
       case when ${delivered} then 6 else 3 end, case when ${musd} then 'MUSD' else 'USDC' end, case when ${musd} then 'mezo-testnet' else 'base' end,
       ${wallet}, 'USD', 2500, 2610, 25000000, '${quote}', case when ${musd} then 'treasury' else 'stripe' end, case when ${musd} then 50 else 0 end,
       'base', case when ${musd} then ${treasury} else ${wallet} end, 'cos_' || i, case when ${delivered} then 'fulfillment_complete' else 'initialized' end,
       'https://crypto.link.com/session/' || i, case when ${musd} then 24875000000000000000 when ${delivered} then 25000000 end,
       ${time}, ${time} + interval '100 seconds', ${time} + interval '1 day', ${time} + interval '100 seconds'
     ${numbers}`,
    `insert into public.onramp_sessions (id, secret_hash, status, version, asset, network, wallet_address, source_currency,
       source_amount_minor, total_amount_minor, quoted_amount, quote, delivery, fee_basis_points, settlement_network, settlement_address,
       stripe_session_id, checkout_url, created_at, updated_at, expires_at)
     select ${id(1)}, sha256(('open ' || i)::bytea), 'awaiting_payment', 2, 'USDC', 'base', ${wallet}, 'USD', 2500, 2610, 25000000, '${quote}',
       'stripe', 0, 'base', ${wallet}, 'cos_open_' || i, 'https://crypto.link.com/session/open/' || i,
       now() - interval '2 hours', now() - interval '2 hours', now() + interval '22 hours'
     from generate_series(1, ${traffic.open}) i where $1::integer > 0`,
  ],
  [
    'public.onramp_events',
    sessionEvents(delivered, ['created', 'awaiting_payment', 'processing', 'funded', 'delivering', 'delivered']),
    sessionEvents('i % 20 = 6', ['created', 'awaiting_payment', 'rejected']),
    sessionEvents('i % 20 > 6', ['created', 'awaiting_payment', 'expired']),
  ],
  [
    'public.transfers',
    `insert into public.transfers (id, kind, session_id, status, version, network, asset, from_address, to_address, amount, hash, block_number,
       block_hash, log_index, confirmations, required_confirmations, created_at, updated_at, finalized_at)
     select ${id(1)}, 'stripe_payout', ${id(0)}, 'confirmed', 3, 'base', 'USDC', ${stripe}, case when ${musd} then ${treasury} else ${wallet} end,
       25000000, ${hash('payout')}, i, ${hash('block')}, 0, 12, 12, ${time}, ${time} + interval '70 seconds', ${time} + interval '70 seconds'
     ${numbers} where ${delivered}`,
    `insert into public.transfers (id, kind, session_id, ledger_transfer_id, status, version, network, asset, from_address, to_address, amount, nonce,
       hash, block_number, block_hash, log_index, confirmations, required_confirmations, created_at, updated_at, finalized_at)
     select ${id(2)}, 'treasury_delivery', ${id(0)}, ${id(4)}, 'confirmed', 5, 'mezo-testnet', 'MUSD', ${treasury}, ${wallet}, 24875000000000000000, i,
       ${hash('delivery')}, i, ${hash('block')}, 0, 3, 3, ${time}, ${time} + interval '100 seconds', ${time} + interval '100 seconds'
     ${numbers} where ${musd}`,
  ],
  [
    'public.transfer_events',
    transferEvents(1, delivered, ['broadcast', 'included', 'confirmed']),
    transferEvents(2, musd, ['prepared', 'signed', 'broadcast', 'included', 'confirmed']),
  ],
  [
    'private.signed_transactions',
    `insert into private.signed_transactions (transfer_id, attempt, hash, raw, signed_at)
     select ${id(2)}, 1, ${hash('delivery')}, sha256(('a ' || i)::bytea) || sha256(('b ' || i)::bytea) || sha256(('c ' || i)::bytea), ${time}
     ${numbers} where ${musd}`,
  ],
  [
    'public.ledger_transfers',
    `insert into public.ledger_transfers (id, kind, subject, status, created_at, finalized_at)
     select case k when 3 then ${id(3)} else ${id(4)} end, case k when 3 then 'onramp_funding' else 'onramp_delivery' end, ${id(0)}, 'posted', ${time}, ${time}
     ${numbers} cross join (values (3), (4)) as kinds (k) where ${musd}`,
    `insert into public.ledger_transfers (id, kind, status, created_at, finalized_at)
     select ${id(8, '0')}, 'treasury_adjustment', 'posted', now() - interval '2 years', now() - interval '2 years' where $1::integer > 0`,
  ],
  [
    'public.ledger_entries',
    `insert into public.ledger_entries (transfer_id, account_id, amount)
     select case when a.asset = 'USDC' then ${id(3)} else ${id(4)} end, a.id,
       case a.asset when 'USDC' then 25000000 else -24875000000000000000 end * case a.kind when 'treasury' then 1 else -1 end
     ${numbers} cross join public.ledger_accounts a where ${musd} and a.kind in ('treasury', 'exchange')`,
    `insert into public.ledger_entries (transfer_id, account_id, amount)
     select ${id(8, '0')}, a.id, case a.kind when 'treasury' then 1 else -1 end * (${topUp})
     from (select $1::integer as n) count cross join public.ledger_accounts a where a.asset = 'MUSD' and a.kind in ('treasury', 'outside')`,
  ],
  [
    'public.receipts',
    `insert into public.receipts (id, number, session_id, issued_at)
     select ${id(5)}, 'CW-2026-' || lpad(i::text, 7, '0'), ${id(0)}, ${time} + interval '100 seconds' ${numbers} where ${delivered}`,
  ],
  [
    'public.webhook_events',
    `insert into public.webhook_events (id, source, event_id, type, status, version, body, signature, signed_at, received_at, attempts, processed_at)
     select ${id(6)}, 'stripe', 'evt_' || i, 'crypto.onramp_session.updated', 'processed', 2,
       convert_to('{"id":"evt_' || i || '","object":"event","type":"crypto.onramp_session.updated","data":{"object":{"id":"cos_' || i || '"}}}', 'UTF8'),
       'current_key', ${time}, ${time}, 1, ${time}
     ${numbers} where i % 20 = 0`,
  ],
]

/** Stores so many sessions that have ended, with all that belongs to them, and the same few open ones however many there are. */
export async function seedSessions(adminUrl: string, count: number): Promise<void> {
  const connection = { session_replication_role: 'replica', maintenance_work_mem: '512MB', synchronous_commit: 'off' }
  const sql = postgres(adminUrl, { max: 2, onnotice: () => {}, connection })
  for (const statement of before) await sql.unsafe(statement, [count])
  await Promise.all(tables.map(([name, ...statements]) => fill(sql, name, statements, count)))
  await sql.unsafe('vacuum analyze')
  await sql.end()
}

/** Fills a table without its indexes and makes them again, which is several times as fast. */
async function fill(sql: postgres.Sql, name: string, statements: string[], count: number): Promise<void> {
  const indexes = await sql`
    select i.indexrelid::regclass::text as index, pg_get_indexdef(i.indexrelid) as definition from pg_index i
    where i.indrelid = ${name}::regclass and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`
  for (const { index } of indexes) await sql.unsafe(`drop index ${index}`)
  for (const statement of statements) await sql.unsafe(statement, [count])
  for (const { definition } of indexes) await sql.unsafe(definition)
}
