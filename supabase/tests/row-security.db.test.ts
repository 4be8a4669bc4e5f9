import { createHash, randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#lib/auth/actor.ts'
import { alice, bob, guest, introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { bury, fund, musd, type Session, send, treasury, treasuryHolds } from '#supabase/tests/support/purchase.ts'
import { NO_PRIVILEGE, refusalOf } from '#supabase/tests/support/refusal.ts'

// Alice, Bob and a guest each bought MUSD and have it: a session, its events, two transfers, their events and a receipt each.

const { adminSql, as } = await testDatabase()

let hers: Session
let his: Session
let theirs: Session

async function buyAndReceive(actor: Actor, block: number): Promise<Session> {
  const session = await fund({ actor })
  await bury(await send(session), { amount: musd, from: treasury, block })
  return session
}

beforeAll(async () => {
  await introduceCast(adminSql)
  await treasuryHolds(100n * 10n ** 18n, 1)
  hers = await buyAndReceive(alice, 101)
  his = await buyAndReceive(bob, 102)
  theirs = await buyAndReceive(guest(), 103)
  await as({ role: 'webhook' })(
    (sql) => sql`select app.receive_webhook('stripe', 'evt_1', 'test', ${Buffer.from('{}')}, 'current_key', now())`,
  )
})

/** Whose rows of each table the actor sees, by session; what does not belong to a session is only counted. */
async function sights(actor: Actor): Promise<Record<string, string[]>> {
  const tables: [name: string, session: string][] = [
    ['onramp_sessions', 'id'],
    ['onramp_events', 'session_id'],
    ['transfers', 'session_id'],
    ['transfer_events', '(select t.session_id from public.transfers t where t.id = transfer_id)'],
    ['receipts', 'session_id'],
  ]
  const seen = tables.map(async ([name, session]): Promise<[string, string[]]> => {
    const rows = await as(actor)((sql) => sql.unsafe(`select distinct ${session} as session from public.${name}`))
    return [name, rows.map((row) => row.session).sort()]
  })
  return Object.fromEntries(await Promise.all(seen))
}

const only = (...sessions: Session[]) => {
  const ids = sessions.map(({ id }) => id).sort()
  return { onramp_sessions: ids, onramp_events: ids, transfers: ids, transfer_events: ids, receipts: ids }
}

describe('who sees which purchases', () => {
  test('Alice sees hers and not Bob’s', async () => {
    expect(await sights(alice)).toEqual(only(hers))
  })

  test('Bob sees his and not Alice’s', async () => {
    expect(await sights(bob)).toEqual(only(his))
  })

  test('Olga, an operator, sees all', async () => {
    expect(await sights(olga)).toEqual(only(hers, his, theirs))
  })

  test('a person who bought nothing sees nothing', async () => {
    expect(await sights({ role: 'authenticated', userId: randomUUID(), isAnonymous: true })).toEqual(only())
  })

  test('a guest sees exactly the session whose secret they hold', async () => {
    expect(await sights(guest(theirs.secret))).toEqual(only(theirs))
  })

  test('the link of an account’s session opens that session and no other of the account', async () => {
    expect(await sights(guest(hers.secret))).toEqual(only(hers))
  })

  test('Alice’s account does not see through another’s secret', async () => {
    const both = { ...alice, sessionKey: theirs.secret }
    expect(await sights(both)).toEqual(only(hers))
  })

  test.each([
    ['no secret', undefined],
    ['an empty secret', ''],
    ['a wrong secret', 'wrong'],
    ['a secret with another’s letter case', 'UPPER'],
    ['a secret with a blank after it', 'BLANK'],
    ['a hash in a secret’s place', 'HASH'],
    ['quotes, a NUL and no JSON', `"', "session_secret_hash": "\0`],
  ])('%s opens nothing', async (_, given) => {
    const { secret } = theirs
    const variants: Record<string, string> = {
      UPPER: secret.toUpperCase(),
      BLANK: `${secret} `,
      HASH: createHash('sha256').update(secret).digest('hex'),
    }
    expect(await sights(guest(given === undefined ? undefined : (variants[given] ?? given)))).toEqual(only())
  })
})

describe('what only an operator sees', () => {
  const tables = [
    'webhook_events',
    'webhook_event_history',
    'audit_log',
    'ledger_accounts',
    'ledger_transfers',
    'ledger_entries',
  ]
  const count = async (actor: Actor, table: string): Promise<number> =>
    (await as(actor)((sql) => sql.unsafe(`select from public.${table}`))).length

  test.each(tables.filter((table) => table !== 'audit_log'))(
    '%s: Olga does, Alice does not, a guest may not even ask',
    async (table) => {
      expect(await count(olga, table)).toBeGreaterThan(0)
      expect(await count(alice, table)).toBe(0)
      expect(await refusalOf(count(guest(theirs.secret), table))).toBe(NO_PRIVILEGE)
    },
  )

  test('the audit log: what Olga did is seen by her and not by Alice', async () => {
    const [webhook] = await as(olga)((sql) => sql`select id from public.webhook_events`)
    await as(olga)((sql) => sql`select app.replay_webhook_event(${webhook?.id})`)
    expect(await count(olga, 'audit_log')).toBe(1)
    expect(await count(alice, 'audit_log')).toBe(0)
  })

  test('roles: Alice sees that she has none, Olga sees hers', async () => {
    expect(await count(alice, 'account_roles')).toBe(0)
    expect(await count(olga, 'account_roles')).toBe(1)
  })
})

describe('nobody makes themself an operator', () => {
  test.each([
    `insert into public.account_roles (account_id, role) values ('${bob.userId}', 'operator')`,
    `update public.account_roles set account_id = '${bob.userId}'`,
    'delete from public.account_roles',
    `update public.onramp_sessions set owner_id = '${bob.userId}'`,
    `update public.onramp_sessions set status = 'delivered'`,
    `insert into private.onramp_transitions values ('created', 'delivered')`,
  ])('%s', async (statement) => {
    expect(await refusalOf(as(bob)((sql) => sql.unsafe(statement)))).toBe(NO_PRIVILEGE)
  })

  test.each([
    ['replay a webhook', 'select app.replay_webhook_event(gen_random_uuid())'],
    ['retry a delivery', 'select app.retry_onramp_delivery(gen_random_uuid())'],
    ['settle a late payment', `select app.settle_paid_after_expiry(gen_random_uuid(), 'a note')`],
    ['settle a delivery', `select app.settle_onramp_delivery(gen_random_uuid(), 'a note')`],
  ])('Bob may not %s', async (_, statement) => {
    expect(await refusalOf(as(bob)((sql) => sql.unsafe(statement)))).toBe('CWFRB')
  })

  test('an operator whose role is taken away is none from the next statement on', async () => {
    await adminSql`insert into public.account_roles (account_id, role) values (${bob.userId}, 'operator')`
    expect(await sights(bob)).toEqual(only(hers, his, theirs))
    await adminSql`delete from public.account_roles where account_id = ${bob.userId}`
    expect(await sights(bob)).toEqual(only(his))
  })
})
