import { beforeAll, describe, expect, test } from 'vitest'
import { endUnknownIntent } from '#lib/intents/end-unknown.ts'
import { lookAtIntent } from '#lib/intents/look.ts'
import { deskCounts } from '#lib/operate/counts.ts'
import { find } from '#lib/operate/find.ts'
import { listLedgerAccounts } from '#lib/operate/ledger.ts'
import { listPayments } from '#lib/operate/list-payments.ts'
import { listShortWallets } from '#lib/operate/list-short-wallets.ts'
import { getPaymentDetail } from '#lib/operate/payment-detail.ts'
import { finish, makeAgent, propose, setGuards, type TestAgent } from '#supabase/tests/support/agents.ts'
import { alice, introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { expectSoundLedger } from '#supabase/tests/support/ledger.ts'

// What operators see of agents' payments, and the little they may do about them.

const { adminSql, as } = await testDatabase()
const worker = as({ role: 'worker' })

beforeAll(() => introduceCast(adminSql))

async function payment(): Promise<{ agent: TestAgent; intent: { id: string } }> {
  const agent = await makeAgent(adminSql, { balance: 100 })
  await setGuards(agent, [{ type: 'single_payment', max: '50.00' }])
  return { agent, intent: await propose(agent, { amount: 5 }) }
}

/** A payment that Circle may have taken, without a word. */
async function unclear() {
  const made = await payment()
  await worker((sql) => sql`select app.start_intent(${made.intent.id}, 1)`)
  await worker((sql) => sql`select app.ask_circle(${made.intent.id})`)
  await worker((sql) => sql`select app.record_circle_outcome(${made.intent.id}, 'unclear', 'x', 'x', null)`)
  return made
}

const age = (id: string) =>
  adminSql.begin((tx) => [
    tx`set local session_replication_role = replica`,
    tx`update public.circle_transfers set asked_at = asked_at - interval '2 hours', created_at = created_at - interval '2 hours'
      where intent_id = ${id}`,
  ])

const note = 'Circle’s support found no transfer under our key.'

describe('the desk', () => {
  test('lists what Circle was asked for, counts what is unclear, and finds it by whatever names it', async () => {
    const { agent, intent } = await payment()
    await finish(intent, 'settled')
    const open = await unclear()
    const { items } = await listPayments({ actor: olga })
    expect(items.map(({ id, status }) => [id, status])).toEqual([
      [open.intent.id, 'unknown'],
      [intent.id, 'settled'],
    ])
    expect((await listPayments({ actor: olga, filter: 'attention' })).items).toHaveLength(1)
    expect((await listPayments({ actor: olga, filter: 'settled' })).items).toHaveLength(1)
    expect((await listPayments({ actor: olga, limit: 1 })).nextCursor).not.toBeNull()
    expect((await deskCounts({ actor: olga })).unknownPayments).toBe(1)
    const detail = await getPaymentDetail({ actor: olga, id: intent.id })
    expect(detail.payment).toMatchObject({ amount: '5.00', from: agent.address, transferStatus: 'confirmed' })
    expect(detail.timeline.map(({ to }) => to)).toContain('confirmed')
    expect(detail.ledger).toMatchObject([{ kind: 'intent_payment', status: 'posted' }])
    const [{ number }] = await adminSql<
      [{ number: string }]
    >`select number from public.receipts where intent_id = ${intent.id}`
    for (const text of [
      intent.id,
      detail.payment.transferId,
      detail.payment.circleId ?? '',
      detail.payment.hash ?? '',
      number,
    ]) {
      expect(await find({ actor: olga, text })).toMatchObject([{ kind: 'payment', id: intent.id }])
    }
    expect((await listLedgerAccounts({ actor: olga })).filter(({ kind }) => kind === 'wallet')).toHaveLength(1)
  })

  test('is nobody else’s', async () => {
    const { intent } = await unclear()
    expect((await listPayments({ actor: alice })).items).toEqual([])
    expect(await listShortWallets({ actor: alice })).toEqual([])
    await expect(getPaymentDetail({ actor: alice, id: intent.id })).rejects.toMatchObject({ status: 404 })
    await age(intent.id)
    await expect(lookAtIntent({ actor: alice, id: intent.id })).rejects.toMatchObject({ status: 403 })
    await expect(endUnknownIntent({ actor: alice, id: intent.id, note })).rejects.toMatchObject({ status: 403 })
  })

  test('has a payment looked at again, as long as it is on its way', async () => {
    const { intent } = await unclear()
    await adminSql`delete from graphile_worker._private_jobs`
    await lookAtIntent({ actor: olga, id: intent.id })
    expect(await adminSql`select from graphile_worker.jobs where key = ${`execute:${intent.id}`}`).toHaveLength(1)
    const ended = await payment()
    await finish(ended.intent, 'settled')
    await expect(lookAtIntent({ actor: olga, id: ended.intent.id })).rejects.toMatchObject({ status: 409 })
  })
})

describe('an unknown payment', () => {
  test('is ended by an operator who says how they know, and not before an hour has passed', async () => {
    const { agent, intent } = await unclear()
    const end = (said = note) => endUnknownIntent({ actor: olga, id: intent.id, note: said })
    await expect(end()).rejects.toMatchObject({ status: 409 })
    await age(intent.id)
    await expect(end('no')).rejects.toMatchObject({ code: 'invalid_field' })
    await end()
    await expect(end()).rejects.toMatchObject({ status: 409 })
    const [row] = await adminSql`select status, reason from public.intents where id = ${intent.id}`
    expect(row).toEqual({ status: 'failed', reason: 'An operator found that it never moved.' })
    const [account] =
      await adminSql`select held::text from public.ledger_accounts where wallet_id = ${agent.walletId} and kind = 'wallet'`
    expect(account?.held).toBe('0')
    expect((await getPaymentDetail({ actor: olga, id: intent.id })).audit).toMatchObject([
      { action: 'intent.end_unknown', detail: { note } },
    ])
    await expectSoundLedger(adminSql)
  })

  test('that Circle has is not ended here, and never one that was paid', async () => {
    const stuck = await payment()
    await finish(stuck.intent, 'unknown')
    await age(stuck.intent.id)
    const paid = await payment()
    await finish(paid.intent, 'settled')
    for (const { intent } of [stuck, paid]) {
      await expect(endUnknownIntent({ actor: olga, id: intent.id, note })).rejects.toMatchObject({ status: 409 })
    }
  })

  test('after an hour is looked for, and Circle is never asked to make it again', async () => {
    const { intent } = await unclear()
    await age(intent.id)
    const [asked] = await worker((sql) => sql`select app.ask_circle(${intent.id}) as may`)
    expect(asked?.may).toBe(false)
    const [row] = await adminSql`select status from public.intents where id = ${intent.id}`
    expect(row?.status).toBe('unknown')
  })
})
