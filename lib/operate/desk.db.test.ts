import { beforeAll, describe, expect, test } from 'vitest'
import { deskCounts } from '#lib/operate/counts.ts'
import { listLedgerAccounts, listLedgerLines } from '#lib/operate/ledger.ts'
import { listDeskSessions } from '#lib/operate/list-sessions.ts'
import { listTransfers } from '#lib/operate/list-transfers.ts'
import { getSessionDetail } from '#lib/operate/session-detail.ts'
import { alice, bob, guest, introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { begin, bury, fund, musd, send, transferOf, treasury, treasuryHolds } from '#supabase/tests/support/purchase.ts'

// What the desk shows, and to whom: an operator sees everything, anyone else nothing that is not theirs.

const { adminSql } = await testDatabase()
const ids = (page: { items: { id: string }[] }) => page.items.map(({ id }) => id)

beforeAll(async () => {
  await introduceCast(adminSql)
  await treasuryHolds(10n ** 24n, 1)
})

async function delivered() {
  const session = await fund({ actor: alice })
  await bury(await send(session), { amount: musd, from: treasury })
  return session
}

describe('sessions', () => {
  test('to look at are those that wait, are unclear, or were paid too late', async () => {
    const [waiting, fine] = [await fund(), await fund()]
    await adminSql`update public.onramp_sessions set status = 'needs_attention', attention_code = 'treasury_low', attention_detail = 'Short.'
      where id = ${waiting.id}`
    const found = ids(await listDeskSessions({ actor: olga, filter: 'attention', limit: 200 }))
    expect(found).toContain(waiting.id)
    expect(found).not.toContain(fine.id)
    expect((await deskCounts({ actor: olga })).attention).toBe(found.length)
  })

  test('come each once over all pages', async () => {
    for (let index = 0; index < 3; index += 1) await begin({ actor: bob })
    const all = ids(await listDeskSessions({ actor: olga, limit: 200 }))
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof listDeskSessions>> = await listDeskSessions({
        actor: olga,
        limit: 2,
        ...(cursor === null ? {} : { cursor }),
      })
      seen.push(...ids(page))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(seen).toEqual(all)
  })
})

test('a session’s page has its whole course in order, its transfers’ course and its bookings, which add up to nothing', async () => {
  const session = await delivered()
  const { timeline, ledger, receiptNumber, transfers } = await getSessionDetail({ actor: olga, id: session.id })
  expect(timeline.filter(({ what }) => what === 'Session').map(({ to }) => to)).toEqual([
    'created',
    'awaiting_payment',
    'processing',
    'funded',
    'delivering',
    'delivered',
  ])
  expect(timeline.filter(({ what }) => what === 'Our delivery').at(-1)?.to).toBe('confirmed')
  expect(timeline.map(({ at }) => at)).toEqual(timeline.map(({ at }) => at).toSorted())
  expect(ledger.map(({ kind }) => kind).toSorted()).toEqual(['onramp_delivery', 'onramp_funding'])
  for (const { entries } of ledger) expect(entries[0]?.amount).toBe(`-${entries[1]?.amount}`)
  expect(receiptNumber).toMatch(/^CW-/)
  const { hash } = await transferOf(session, 'treasury_delivery')
  expect(transfers.map(({ kind, attempts }) => [kind, attempts.map((attempt) => attempt.hash)])).toEqual([
    ['stripe_payout', []],
    ['treasury_delivery', [hash]],
  ])
})

test('transfers and the ledger list what was sent and booked', async () => {
  const session = await delivered()
  const sent = await listTransfers({ actor: olga, sessionId: session.id })
  expect(sent.items.map(({ kind, status }) => [kind, status])).toEqual([
    ['treasury_delivery', 'confirmed'],
    ['stripe_payout', 'confirmed'],
  ])
  expect((await listLedgerAccounts({ actor: olga }))[0]).toMatchObject({ kind: 'treasury' })
  expect((await listLedgerLines({ actor: olga })).items.length).toBeGreaterThan(1)
})

test('for anyone but an operator the desk is empty', async () => {
  const session = await delivered()
  for (const actor of [bob, guest()]) {
    expect(ids(await listDeskSessions({ actor }))).not.toContain(session.id)
    expect(ids(await listTransfers({ actor, sessionId: session.id }))).toEqual([])
    await expect(getSessionDetail({ actor, id: session.id })).rejects.toMatchObject({ status: 404 })
  }
  expect(await listLedgerAccounts({ actor: alice })).toEqual([])
  expect((await listLedgerLines({ actor: alice })).items).toEqual([])
})
