import { randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import { passMachines } from '#supabase/tests/support/passes.ts'
import { insertRateAlert, moveRateAlert } from '#supabase/tests/support/rate-alerts.ts'
import { roomMachines } from '#supabase/tests/support/room-machines.ts'

type Sql = postgres.Sql | postgres.TransactionSql
type Row = { id: string }

export type Machine = {
  name: string
  /** The table that lists the transitions. */
  transitions: string
  events: string
  /** The foreign key that refuses every other transition. */
  guard: string
  /** Every declared transition, as the design has them: `from to`. */
  edges: string[]
  start: string
  /** Inserts a row directly in a status, with every column that its named checks ask for. Returns its id. */
  insert: (sql: Sql, status: string) => Promise<string>
  /** Moves a row by a direct update, with every column that the named checks of the new status ask for. */
  move: (sql: Sql, id: string, to: string) => Promise<unknown>
}

const zeros = (digits: number) => `0x${'0'.repeat(digits - 1)}1`
const hash = zeros(64)
const address = zeros(40)

async function only(rows: PromiseLike<Row[]>): Promise<string> {
  const [row] = await rows
  if (!row) throw new Error('Nothing was inserted.')
  return row.id
}

async function insertSession(sql: Sql, status: string): Promise<string> {
  const id = randomUUID()
  const ended = ['delivered', 'expired', 'rejected', 'settled_by_hand'].includes(status)
  return only(sql<Row[]>`
    insert into public.onramp_sessions (
      id, secret_hash, status, asset, network, wallet_address, source_currency, source_amount_minor, total_amount_minor, quoted_amount,
      quote, delivery, fee_basis_points, settlement_network, settlement_address, expires_at,
      stripe_session_id, checkout_url, attention_code, delivered_amount, finalized_at)
    values (
      ${id}, sha256(${id}::bytea), ${status}, 'USDC', 'base', ${address}, 'USD', 2500, 2610, 1, '{}', 'stripe', 0, 'base', ${address}, now(),
      ${`cos_${id}`}, 'https://stripe.test/pay', ${status === 'needs_attention' ? 'test' : null}, ${status === 'delivered' ? 1 : null},
      ${ended ? new Date() : null})
    returning id`)
}

const moveSession = (sql: Sql, id: string, to: string) => sql`
  update public.onramp_sessions set status = ${to},
    attention_code = ${to === 'needs_attention' ? 'test' : null}, delivered_amount = ${to === 'delivered' ? 1 : null}
  where id = ${id}`

const mined = ['included', 'confirmed', 'failed']

let nonce = 0

/** A delivery of the treasury's, or a payout of Stripe's. */
async function insertTransfer(sql: Sql, kind: 'treasury_delivery' | 'stripe_payout', status: string): Promise<string> {
  const session = await insertSession(sql, 'created')
  const ledger = await only(sql<Row[]>`
    insert into public.ledger_transfers (kind, subject, status) values ('onramp_delivery', ${session}, 'pending') returning id`)
  const inBlock = mined.includes(status)
  return only(sql<Row[]>`
    insert into public.transfers (
      kind, session_id, ledger_transfer_id, status, network, asset, from_address, to_address, amount, nonce, hash, block_number, block_hash,
      log_index, confirmations, required_confirmations, finalized_at)
    values (
      ${kind}, ${session}, ${ledger}, ${status}, 'base', 'USDC', ${address}, ${address}, 1, ${nonce++},
      ${status === 'prepared' ? null : hash}, ${inBlock ? 1 : null}, ${inBlock ? hash : null}, null, 3, 3,
      ${['confirmed', 'failed'].includes(status) ? new Date() : null})
    returning id`)
}

const moveTransfer = (sql: Sql, id: string, to: string) => sql`
  update public.transfers set status = ${to}, hash = coalesce(hash, '0x' || encode(sha256(id::text::bytea), 'hex')), block_number = ${mined.includes(to) ? 1 : null},
    block_hash = ${mined.includes(to) ? hash : null}, log_index = ${to === 'confirmed' ? 0 : null}, confirmations = 3,
    failure = ${to === 'failed' ? 'reverted' : null}
  where id = ${id}`

const insertWebhook = (sql: Sql, status: string) =>
  only(sql<Row[]>`
    insert into public.webhook_events (source, event_id, type, body, signature, signed_at, status, last_error, next_attempt_at, processed_at)
    values ('stripe', ${randomUUID()}, 'test', '', 'current_key', now(), ${status}, ${['failed', 'quarantined'].includes(status) ? 'test' : null},
      ${status === 'failed' ? new Date() : null}, ${['processed', 'ignored'].includes(status) ? new Date() : null})
    returning id`)

const moveWebhook = (sql: Sql, id: string, to: string) => sql`
  update public.webhook_events set status = ${to}, last_error = ${['failed', 'quarantined'].includes(to) ? 'test' : null} where id = ${id}`

const endedIntents = ['denied', 'cancelled', 'expired', 'settled', 'failed', 'refunded']

async function insertIntent(sql: Sql, status: string): Promise<string> {
  const owner = randomUUID()
  await sql`insert into auth.users (id, email) values (${owner}, ${`${owner}@causeway.test`})`
  const set = await only(sql<Row[]>`insert into public.wallet_sets (owner_id) values (${owner}) returning id`)
  const agent = await only(
    sql<Row[]>`insert into public.agents (wallet_set_id, name) values (${set}, 'test') returning id`,
  )
  const wallet = await only(sql<Row[]>`
    insert into public.wallets (wallet_set_id, agent_id, kind, network) values (${set}, ${agent}, 'circle', 'base') returning id`)
  return only(sql<Row[]>`
    insert into public.intents (
      id, wallet_set_id, wallet_id, agent_id, status, network, asset, amount, amount_micros, recipient, recipient_address, purpose, reason,
      expires_at, finalized_at)
    values (${randomUUID()}, ${set}, ${wallet}, ${agent}, ${status}, 'base', 'USDC', 1, 1, ${address}, ${address}, 'test', 'test', now(),
      ${endedIntents.includes(status) ? new Date() : null})
    returning id`)
}

const moveIntent = (sql: Sql, id: string, to: string) => sql`
  update public.intents set status = ${to}, reason = 'test' where id = ${id}`

const insertLink = async (sql: Sql, status: string): Promise<string> => {
  const owner = await only(sql<Row[]>`insert into auth.users (id) values (${randomUUID()}) returning id`)
  const set = await only(sql<Row[]>`insert into public.wallet_sets (owner_id) values (${owner}) returning id`)
  const wallet = await only(sql<Row[]>`
    insert into public.wallets (wallet_set_id, kind, network, address) values (${set}, 'external', 'base', ${address}) returning id`)
  return only(sql<Row[]>`
    insert into public.links (id, wallet_set_id, wallet_id, status, network, asset, address, amount, received, note, finalized_at)
    values (${randomUUID()}, ${set}, ${wallet}, ${status}, 'base', 'USDC', ${address}, 2, ${receivedBy[status] ?? 0}, '',
      ${['paid', 'cancelled', 'expired'].includes(status) ? new Date() : null})
    returning id`)
}

const receivedBy: Record<string, number> = { partly_paid: 1, paid: 2 }

/** What was received is never taken back, so a link that may not go back either is refused by its machine alone. */
const moveLink = (sql: Sql, id: string, to: string) => sql`
  update public.links set status = ${to}, received = greatest(received, ${receivedBy[to] ?? 0}) where id = ${id}`

const insertWatched = async (sql: Sql, status: string): Promise<string> => {
  const owner = await only(sql<Row[]>`insert into auth.users (id) values (${randomUUID()}) returning id`)
  const set = await only(sql<Row[]>`insert into public.wallet_sets (owner_id) values (${owner}) returning id`)
  const seen = ['included', 'confirmed'].includes(status)
  return only(sql<Row[]>`
    insert into public.watched_transfers (wallet_set_id, status, network, asset, from_address, to_address, amount, hash, required_confirmations,
      confirmations, log_index, block_number, block_hash, block_time, failure, finalized_at)
    values (${set}, ${status}, 'base', 'USDC', ${address}, ${address}, 1, ${hash}, 1, 1,
      ${seen ? 0 : null}, ${seen ? 1 : null}, ${seen ? hash : null}, ${seen ? new Date() : null},
      ${status === 'failed' ? 'reverted' : null}, ${['confirmed', 'failed'].includes(status) ? new Date() : null})
    returning id`)
}

const moveWatched = (sql: Sql, id: string, to: string) => {
  const seen = ['included', 'confirmed'].includes(to)
  return sql`
    update public.watched_transfers set status = ${to}, log_index = ${seen ? 0 : null}, block_number = ${seen ? 1 : null},
      block_hash = ${seen ? hash : null}, block_time = ${seen ? new Date() : null}, confirmations = 1, failure = ${to === 'failed' ? 'reverted' : null}
    where id = ${id}`
}

/** A transfer that Circle makes, with a hash of its own: of those that are confirmed each log counts once. */
async function insertCircleTransfer(sql: Sql, status: string): Promise<string> {
  const intent = await insertIntent(sql, 'proposed')
  const atCircle = !['prepared', 'unclear'].includes(status)
  return only(sql<Row[]>`
    insert into public.circle_transfers (intent_id, wallet_id, status, network, asset, from_address, to_address, amount, required_confirmations,
      circle_id, circle_state, hash, block_number, block_hash, log_index, confirmations, failure, finalized_at)
    select i.id, i.wallet_id, ${status}, 'base', 'USDC', ${address}, ${address}, 1, 1, ${atCircle ? randomUUID() : null}, 'COMPLETE',
      '0x' || encode(sha256(i.id::text::bytea), 'hex'), 1, ${hash}, 0, 1, ${status === 'failed' ? 'test' : null},
      ${['confirmed', 'failed'].includes(status) ? new Date() : null}
    from public.intents i where i.id = ${intent}
    returning id`)
}

const moveCircleTransfer = (sql: Sql, id: string, to: string) => sql`
  update public.circle_transfers set status = ${to}, failure = ${to === 'failed' ? 'test' : null},
    circle_id = coalesce(circle_id, id::text), circle_state = 'COMPLETE',
    hash = '0x' || encode(sha256(id::text::bytea), 'hex'), block_number = 1, block_hash = ${hash}, log_index = 0, confirmations = 1
  where id = ${id}`

/** The state machines, and how to put a row into any state of them. */
export const machines: Machine[] = [
  {
    name: 'onramp_sessions',
    transitions: 'onramp_transitions',
    events: 'onramp_events',
    guard: 'onramp_events_transition_is_allowed',
    start: 'created',
    edges: [
      'created awaiting_payment',
      'created expired',
      'awaiting_payment processing',
      'awaiting_payment expired',
      'awaiting_payment rejected',
      'processing funded',
      'processing rejected',
      'funded delivering',
      'funded needs_attention',
      'delivering delivered',
      'delivering unknown',
      'delivering needs_attention',
      'unknown delivering',
      'unknown delivered',
      'unknown needs_attention',
      'needs_attention delivering',
      'needs_attention settled_by_hand',
    ],
    insert: insertSession,
    move: moveSession,
  },
  {
    name: 'intents',
    transitions: 'intent_transitions',
    events: 'intent_events',
    guard: 'intent_events_transition_is_allowed',
    start: 'proposed',
    edges: [
      'proposed denied',
      'proposed needs_approval',
      'proposed approved',
      'needs_approval approved',
      'needs_approval denied',
      'needs_approval cancelled',
      'needs_approval expired',
      'approved awaiting_signature',
      'approved executing',
      'approved cancelled',
      'approved expired',
      'awaiting_signature executing',
      'awaiting_signature cancelled',
      'awaiting_signature expired',
      'executing settled',
      'executing failed',
      'executing unknown',
      'unknown settled',
      'unknown failed',
      'settled refunded',
    ],
    insert: insertIntent,
    move: moveIntent,
  },
  {
    name: 'links',
    transitions: 'link_transitions',
    events: 'link_events',
    guard: 'link_events_transition_is_allowed',
    start: 'open',
    edges: [
      'open partly_paid',
      'open paid',
      'open cancelled',
      'open expired',
      'partly_paid paid',
      'partly_paid cancelled',
      'partly_paid expired',
    ],
    insert: insertLink,
    move: moveLink,
  },
  {
    name: 'watched_transfers',
    transitions: 'watched_transfer_transitions',
    events: 'watched_transfer_events',
    guard: 'watched_transfer_events_transition_is_allowed',
    start: 'broadcast',
    edges: ['broadcast included', 'broadcast failed', 'included broadcast', 'included confirmed'],
    insert: insertWatched,
    move: moveWatched,
  },
  {
    name: 'rate_alerts',
    transitions: 'rate_alert_transitions',
    events: 'rate_alert_events',
    guard: 'rate_alert_events_transition_is_allowed',
    start: 'armed',
    edges: ['armed triggered', 'armed cancelled', 'triggered told', 'triggered failed'],
    insert: insertRateAlert,
    move: moveRateAlert,
  },
  ...passMachines,
  ...roomMachines,
  {
    name: 'circle_transfers',
    transitions: 'circle_transfer_transitions',
    events: 'circle_transfer_events',
    guard: 'circle_transfer_events_transition_is_allowed',
    start: 'prepared',
    edges: [
      'prepared submitted',
      'prepared unclear',
      'prepared failed',
      'unclear submitted',
      'unclear failed',
      'submitted sent',
      'submitted stuck',
      'submitted confirmed',
      'submitted failed',
      'sent stuck',
      'sent confirmed',
      'sent failed',
      'stuck sent',
      'stuck confirmed',
      'stuck failed',
    ],
    insert: insertCircleTransfer,
    move: moveCircleTransfer,
  },
  {
    name: 'transfers',
    transitions: 'transfer_transitions',
    events: 'transfer_events',
    guard: 'transfer_events_transition_is_allowed',
    start: 'prepared',
    edges: [
      'prepared signed',
      'prepared failed',
      'signed broadcast',
      'signed failed',
      'broadcast included',
      'broadcast failed',
      'included broadcast',
      'included confirmed',
      'included failed',
    ],
    insert: (sql, status) => insertTransfer(sql, 'treasury_delivery', status),
    move: moveTransfer,
  },
  {
    name: 'webhook_events',
    transitions: 'webhook_transitions',
    events: 'webhook_event_history',
    guard: 'webhook_event_history_transition_is_allowed',
    start: 'received',
    edges: [
      'received processed',
      'received ignored',
      'received failed',
      'received quarantined',
      'failed processed',
      'failed ignored',
      'failed quarantined',
      'quarantined received',
      'failed received',
      'processed received',
      'ignored received',
    ],
    insert: insertWebhook,
    move: moveWebhook,
  },
]

/** A payout of Stripe's is first heard of when it is on its way: its machine is that of transfers, entered later. */
export const insertPayout = (sql: Sql, status: string): Promise<string> => insertTransfer(sql, 'stripe_payout', status)

/** Every status that the machine's transitions name. */
export const statusesOf = ({ edges }: Machine): string[] => [...new Set(edges.flatMap((edge) => edge.split(' ')))]

/** The statuses a row goes through from the machine's start to the given one, the start left out. */
export function pathTo({ edges, start }: Machine, goal: string): string[] {
  const paths = new Map<string, string[]>([[start, []]])
  for (const [reached, path] of paths) {
    for (const edge of edges) {
      const [from, to] = edge.split(' ')
      if (from === reached && to !== undefined && !paths.has(to)) paths.set(to, [...path, to])
    }
  }
  const path = paths.get(goal)
  if (!path) throw new Error(`Nothing leads to ${goal}.`)
  return path
}
