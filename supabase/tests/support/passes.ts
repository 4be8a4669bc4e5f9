import { randomBytes, randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import type { PersonActor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'

type Sql = postgres.Sql | postgres.TransactionSql

async function insertAccount(sql: Sql): Promise<string> {
  const id = randomUUID()
  await sql`insert into auth.users (id, is_anonymous) values (${id}, true)`
  return id
}

/** A guest who was never here before. */
export async function newGuest(sql: Sql): Promise<PersonActor> {
  return { role: 'authenticated', userId: await insertAccount(sql), isAnonymous: true }
}

/** An order by card, directly in a status. Returns its id. */
export async function insertPassOrder(sql: Sql, status: string, owner?: string): Promise<string> {
  const id = randomUUID()
  await sql`
    insert into public.pass_orders (id, owner_id, rail, status, currency, amount_minor, stripe_checkout_id, checkout_url, failure, paid_at, expires_at)
    values (${id}, ${owner ?? (await insertAccount(sql))}, 'card', ${status}, 'USD', 50, ${`cs_${id}`}, 'https://stripe.test/pay',
      ${status === 'failed' ? 'test' : null}, ${['paid', 'refunded', 'disputed'].includes(status) ? new Date() : null}, now() + interval '1 hour')`
  return id
}

/** Moves it by a direct update. */
export const movePassOrder = (sql: Sql, id: string, to: string) =>
  sql`update public.pass_orders set status = ${to}, failure = ${to === 'failed' ? 'test' : null} where id = ${id}`

/** A pass that came by an operator's code, directly in a status. Returns its id. */
async function insertPass(sql: Sql, status: string): Promise<string> {
  const id = randomUUID()
  await sql`
    with code as (
      insert into public.invite_codes (hash, sealed, max_uses, expires_at) values (${randomBytes(32)}, '', 1, now() + interval '1 year') returning id
    )
    insert into public.passes (id, owner_id, status, code_id, expires_at)
    select ${id}, ${await insertAccount(sql)}, ${status}, c.id, now() + interval '1 year' from code c`
  return id
}

/** Moves it by a direct update. */
const movePass = (sql: Sql, id: string, to: string) => sql`update public.passes set status = ${to} where id = ${id}`

/** The state machines of passes, as supabase/tests/support/machines.ts has them. */
export const passMachines = [
  {
    name: 'pass_orders',
    transitions: 'pass_order_transitions',
    events: 'pass_order_events',
    guard: 'pass_order_events_transition_is_allowed',
    start: 'created',
    edges: [
      'created awaiting_payment',
      'created failed',
      'awaiting_payment confirming',
      'awaiting_payment paid',
      'awaiting_payment expired',
      'awaiting_payment failed',
      'confirming paid',
      'confirming awaiting_payment',
      'confirming failed',
      'expired confirming',
      'expired paid',
      'paid refunded',
      'paid disputed',
      'disputed paid',
      'disputed refunded',
    ],
    insert: (sql: Sql, status: string) => insertPassOrder(sql, status),
    move: movePassOrder,
  },
  {
    name: 'passes',
    transitions: 'pass_transitions',
    events: 'pass_events',
    guard: 'pass_events_transition_is_allowed',
    start: 'active',
    edges: ['active expired', 'active revoked', 'revoked active'],
    insert: insertPass,
    move: movePass,
  },
]

/** Pays for a pass as the payment's own command will: the order goes from awaiting payment to paid. Returns the order's id. */
export async function buyPass(admin: postgres.Sql, { userId }: PersonActor): Promise<string> {
  const id = await insertPassOrder(admin, 'created', userId)
  await movePassOrder(admin, id, 'awaiting_payment')
  await movePassOrder(admin, id, 'paid')
  return id
}

/** The code that is due to a person, made as the app makes it. Returns its hash. */
export async function issueCode(person: PersonActor): Promise<Buffer> {
  const hash = randomBytes(32)
  await as(person)((sql) => sql`select app.issue_own_code(${hash}, ${Buffer.from('sealed')})`)
  return hash
}
