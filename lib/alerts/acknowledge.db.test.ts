import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { acknowledgeAlert } from '#lib/alerts/acknowledge.ts'
import { reviewAlerts } from '#lib/alerts/review-alerts.ts'
import { log } from '#lib/log.ts'
import { alice, introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { refusalOf } from '#supabase/tests/support/refusal.ts'

// An operator says that an alert was seen; nobody else may, and what is over stays as it was.

const { adminSql, as } = await testDatabase()

beforeAll(() => introduceCast(adminSql))
beforeEach(() => {
  vi.spyOn(log, 'warn').mockImplementation(() => {})
  vi.spyOn(log, 'info').mockImplementation(() => {})
})

/** Something is wrong, and told. Resolves to the alert's id. */
async function opened(): Promise<string> {
  const subject = randomUUID()
  await adminSql`insert into public.reconciliation_findings (kind, subject) values ('paid_after_expiry', ${subject})`
  await reviewAlerts()
  const [alert] = await adminSql`select id from public.alerts where subject = ${`paid_after_expiry:${subject}`}`
  return alert?.id
}

const mendEverything = () =>
  adminSql`update public.reconciliation_findings set cleared_at = clock_timestamp() where cleared_at is null`

describe('acknowledging', () => {
  test('is an operator’s, once, and leaves a word in the audit log', async () => {
    const id = await opened()
    expect(await refusalOf(acknowledgeAlert({ actor: alice, id }))).toBe('CWFRB')
    await expect(acknowledgeAlert({ actor: { role: 'anon' }, id })).rejects.toMatchObject({ status: 404 })
    await acknowledgeAlert({ actor: olga, id })
    expect(await refusalOf(acknowledgeAlert({ actor: olga, id }))).toBe('CWSTA')
    expect(await refusalOf(acknowledgeAlert({ actor: olga, id: randomUUID() }))).toBe('CWNTF')
    const [alert] =
      await adminSql`select acknowledged_by, acknowledged_at, cleared_at from public.alerts where id = ${id}`
    expect(alert).toMatchObject({
      acknowledged_by: `account:${olga.userId}`,
      acknowledged_at: expect.any(Date),
      cleared_at: null,
    })
    expect(
      await adminSql`select actor from public.audit_log where action = 'alert.acknowledge' and subject = ${id}`,
    ).toEqual([{ actor: `account:${olga.userId}` }])
  })

  test('does not end what is still so', async () => {
    const id = await opened()
    await acknowledgeAlert({ actor: olga, id })
    await reviewAlerts()
    expect(await adminSql`select from public.alerts where id = ${id} and cleared_at is null`).toHaveLength(1)
  })

  test('what is over stays as it was', async () => {
    const id = await opened()
    await mendEverything()
    await reviewAlerts()
    expect(await refusalOf(acknowledgeAlert({ actor: olga, id }))).toBe('CWSTA')
    expect(await refusalOf(adminSql`update public.alerts set cleared_at = null where id = ${id}`)).toBe('CWSTA')
    expect(await refusalOf(adminSql`delete from public.alerts where id = ${id}`)).toBe('CWSTA')
  })

  test('alerts are seen by operators only', async () => {
    await opened()
    for (const table of ['alerts', 'health_checks', 'alert_messages', 'alert_notices']) {
      const seen = (actor: typeof olga) => as(actor)((sql) => sql`select from public.${sql(table)}`)
      expect(await seen(alice)).toHaveLength(0)
      await expect(seen(olga)).resolves.toBeDefined()
    }
    expect((await as(olga)((sql) => sql`select from public.alerts`)).length).toBeGreaterThan(0)
  })
})
