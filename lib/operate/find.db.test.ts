import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { find } from '#lib/operate/find.ts'
import { getSessionDetail } from '#lib/operate/session-detail.ts'
import { getTransferDetail } from '#lib/operate/transfer-detail.ts'
import { alice, bob, guest, introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import {
  begin,
  bury,
  fund,
  hashOf,
  musd,
  openCheckout,
  pay,
  send,
  stripeSays,
  transferOf,
  treasury,
  treasuryHolds,
} from '#supabase/tests/support/purchase.ts'
import { ageTransfer } from '#supabase/tests/support/waits.ts'

// One box finds whatever a person has at hand, whole, by an index, and for an operator only.

const { adminSql, as } = await testDatabase()
const worker = as({ role: 'worker' })

beforeAll(async () => {
  await introduceCast(adminSql)
  await treasuryHolds(10n ** 24n, 1)
})

const found = async (text: string) => (await find({ actor: olga, text })).map(({ kind, id }) => `${kind} ${id}`)

async function delivered(to?: string) {
  const session = await fund({ actor: alice, ...(to ? { to } : {}) })
  await bury(await send(session), { amount: musd, from: treasury })
  return session
}

async function receive(eventId: string, body: string): Promise<string> {
  const [row] = await as({ role: 'webhook' })(
    (sql) => sql`select id from app.receive_webhook('stripe', ${eventId}, 'crypto.onramp_session.updated',
      ${Buffer.from(body)}, 'current_key', now())`,
  )
  return row?.id
}

describe('a search', () => {
  test('finds a session by its own id, Stripe’s, its receipt’s and its booking’s', async () => {
    const session = await delivered()
    const [receipt] = await adminSql`select id, number from public.receipts where session_id = ${session.id}`
    const [booking] = await adminSql`select id from public.ledger_transfers where subject = ${session.id} limit 1`
    const names = [
      session.id,
      ` ${session.id.toUpperCase()} `,
      session.stripeId,
      receipt?.id,
      receipt?.number.toLowerCase(),
    ]
    for (const text of [...names, booking?.id]) expect(await found(text), text).toEqual([`session ${session.id}`])
  })

  test('finds a transfer by its id, by its hash, and by the hash of an attempt that was replaced', async () => {
    const id = await send(await fund())
    const first = hashOf(`signed ${id}`)
    await ageTransfer(adminSql, id, '1 minute')
    const second = hashOf('signed again')
    await worker((sql) => sql`select app.record_replacement(${id}, 2, ${second}, ${Buffer.from('signed again')})`)
    for (const text of [id, first, first.toUpperCase().replace('0X', '0x'), second]) {
      expect(await found(text), text).toEqual([`transfer ${id}`])
    }
    const { attempts } = await getTransferDetail({ actor: olga, id })
    expect(attempts.map(({ attempt, hash }) => [attempt, hash])).toEqual([
      [1, first],
      [2, second],
    ])
  })

  test('finds what came to an address, and what left it', async () => {
    const to = `0x${'c0ffee'.padEnd(40, '0')}`
    const session = await delivered(to)
    const { id } = await transferOf(session, 'treasury_delivery')
    expect(await found(to.toUpperCase().replace('0X', '0x'))).toEqual([`session ${session.id}`, `transfer ${id}`])
    expect(await found(treasury)).toContain(`transfer ${id}`)
  })

  test('finds a webhook by the sender’s id, by ours, and by its type', async () => {
    const id = await receive('evt_search', '{}')
    expect(await found('evt_search')).toEqual([`webhook ${id}`])
    expect(await found(id)).toEqual([`webhook ${id}`])
    expect(await found('crypto.onramp_session.updated')).toContain(`webhook ${id}`)
    const notificationId = randomUUID()
    const [row] = await as({ role: 'webhook' })(
      (sql) =>
        sql`select id from app.receive_webhook('circle', ${notificationId}, 'transactions.inbound', ${Buffer.from('{}')}, 'current_key', now())`,
    )
    expect(await found(notificationId)).toEqual([`webhook ${row?.id}`])
  })

  test('finds a job, an alert, a finding and what an operator did', async () => {
    const session = await pay()
    const [job] = await adminSql`select id from graphile_worker.jobs where key = ${`expire:${session.id}`}`
    expect(await found(job?.id)).toEqual([`job ${job?.id}`])
    const [alert] = await adminSql`insert into public.alerts (kind, subject, title, detail, path)
      values ('session_stuck', ${session.id}, 'Stuck', 'It waits.', '/operate') returning id`
    expect(await found(alert?.id)).toEqual([`alert ${alert?.id}`])
    const [finding] = await adminSql`insert into public.reconciliation_findings (kind, subject)
      values ('paid_after_expiry', ${session.id}) returning id`
    expect(await found(finding?.id)).toEqual([`finding ${finding?.id}`])
    await adminSql`insert into public.audit_log (actor, action, subject) values (${`account:${olga.userId}`}, 'webhook.replay', 'x')`
    expect(await found(olga.userId)).toEqual([`account ${olga.userId}`])
    expect(await found(alice.userId)).toEqual(expect.arrayContaining([expect.stringMatching(/^session /)]))
  })

  test.each(['', '  ', '%', "' or true --", '0x12', '0', '9'.repeat(30), `${'\u{1F600}'.repeat(90)}`])(
    'for %j finds nothing',
    async (text) => expect(await found(text)).toEqual([]),
  )

  test('for what does not exist finds nothing', async () => {
    for (const text of [
      randomUUID(),
      hashOf('none'),
      `0x${'9'.repeat(40)}`,
      'cos_none',
      'CW-2026-999999',
      '999999999',
      'evt_none',
    ]) {
      expect(await found(text), text).toEqual([])
    }
  })

  test('shows nobody else what is not theirs', async () => {
    const session = await delivered()
    const { hash } = await transferOf(session, 'treasury_delivery')
    for (const actor of [bob, guest()]) {
      for (const text of [session.id, session.stripeId, treasury]) {
        expect(await find({ actor, text }).catch(({ code }) => code), text).toSatisfy(
          (answer) => Array.isArray(answer) && answer.length === 0,
        )
      }
    }
    await expect(find({ actor: bob, text: hash })).rejects.toMatchObject({ status: 403 })
    await expect(find({ actor: bob, text: '1' })).rejects.toMatchObject({ status: 403 })
  })

  describe('reads indexes and no whole table', () => {
    const hash = hashOf('any')
    const id = randomUUID()
    // As find.ts and the commands it calls ask; what is asked as the operator is bound by row-level security, which lets few
    // expressions into an index.
    const lookups: [name: string, role: 'authenticated' | 'none', query: string][] = [
      [
        'id',
        'authenticated',
        `public.onramp_sessions s where s.id in (select '${id}'::uuid union all select r.session_id from public.receipts r where r.id = '${id}')`,
      ],
      [
        'owner',
        'authenticated',
        `public.onramp_sessions s where s.owner_id = '${id}' order by s.created_at desc limit 50`,
      ],
      [
        'hash',
        'authenticated',
        `public.transfers t where t.hash = '${hash}' or t.displaced_by = '${hash}' or t.id = (select app.find_attempt('${hash}'))`,
      ],
      [
        'to',
        'authenticated',
        `public.transfers t where t.to_address = '${treasury}' order by t.created_at desc limit 50`,
      ],
      [
        'from',
        'authenticated',
        `public.transfers t where t.from_address = '${treasury}' order by t.created_at desc limit 50`,
      ],
      ['event', 'authenticated', `public.webhook_events w where w.source = 'stripe' and w.event_id = 'evt_1'`],
      ['audit', 'authenticated', `public.audit_log l where l.actor = 'account:${id}' order by l.id desc limit 50`],
      ['attempt', 'none', `private.signed_transactions s where s.hash = '${hash}'`],
      [
        'told of',
        'none',
        `public.webhook_events w where private.onramp_session_told_of(w.body) = 'cos_1' and w.type like 'crypto.onramp%'`,
      ],
      [
        'type',
        'none',
        `public.webhook_events w where left(w.type, 100) = 'x' and w.type = 'x' order by w.received_at desc limit 50`,
      ],
    ]
    test.each(lookups)('by %s', async (_name, role, query) => {
      const plan = await adminSql.begin(async (sql) => {
        await sql`select set_config('role', ${role}, true), set_config('request.jwt.claim.sub', ${olga.userId}, true)`
        // With few rows a whole table is the cheapest; this asks whether there is another way.
        await sql`set local enable_seqscan = off`
        const rows = await sql.unsafe(`explain select from ${query}`)
        return rows.map((row) => row['QUERY PLAN']).join('\n')
      })
      expect(plan).not.toContain('Seq Scan')
    })
  })
})

test.each(['cos_1AbC', 'cos_1_AbC-d_'])(
  'a session’s page lists what Stripe told of %s, and its jobs',
  async (stripeId) => {
    const session = await begin()
    session.stripeId = stripeId
    await openCheckout(session)
    await stripeSays(session, 'fulfillment_complete', hashOf(session.id))
    const about = (object: object) => JSON.stringify({ data: { object } })
    const eventId = `evt_of_${stripeId}`
    const id = await receive(eventId, about({ client_secret: `${stripeId}_secret_x`, id: stripeId }))
    await receive(`${eventId}_other`, about({ id: `${stripeId}2` }))
    await receive(`${eventId}_bytes`, '\u0000 no JSON')
    const { webhooks, jobs } = await getSessionDetail({ actor: olga, id: session.id })
    expect(webhooks).toMatchObject([{ id, eventId, status: 'received' }])
    const { id: payout } = await transferOf(session, 'stripe_payout')
    expect(jobs.map(({ key }) => key)).toEqual([`watch:${payout}`, `expire:${session.id}`])
  },
)
