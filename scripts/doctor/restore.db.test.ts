import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { as } from '#lib/db/as.ts'
import { retryOnrampDelivery } from '#lib/onramp/retry-delivery.ts'
import { introduceCast, olga } from '#supabase/tests/support/cast.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'
import { deliver, fund, hashOf, read, transferOf, treasuryHolds } from '#supabase/tests/support/purchase.ts'

// What docs/deploy.md tells an owner to run after a restore, as it stands there.

const { adminSql } = await testDatabase()
await introduceCast(adminSql)

/** The one block of statements that has this text in it, with its placeholder filled in. */
async function run(having: string, placeholder: string, value: string) {
  const text = await readFile('docs/deploy.md', 'utf8')
  const blocks = [...text.matchAll(/```sql\n([\s\S]*?)```/g)].flatMap(([, sql]) => (sql?.includes(having) ? [sql] : []))
  expect(blocks).toHaveLength(1)
  return await adminSql.unsafe((blocks[0] ?? '').replaceAll(placeholder, value).replace(/^ *(begin|commit);$/gm, ''))
}

const jobsOf = (key: string) => adminSql`select 1 from graphile_worker.jobs where key = ${key}`

/** An hour goes by, and the worker looks for what stands still. */
async function anHourLater(): Promise<void> {
  await adminSql`alter table public.onramp_sessions disable trigger user`
  await adminSql`update public.onramp_sessions set updated_at = now() - interval '1 hour'`
  await adminSql`alter table public.onramp_sessions enable trigger user`
  await as({ role: 'worker' })((sql) => sql`select app.schedule_stalled_work()`)
}

test('a purchase that was delivered after the point of the restore is held, until an operator lets it go on', async () => {
  const session = await fund()
  expect(await jobsOf(`deliver:${session.id}`)).toHaveLength(1)

  await run("key = 'deliver:<session id>'", '<session id>', session.id)
  expect(await read(session)).toMatchObject({ status: 'needs_attention', attention_code: 'restored' })
  await anHourLater()
  expect(await jobsOf(`deliver:${session.id}`)).toEqual([])

  await treasuryHolds(10n ** 24n, 1)
  await retryOnrampDelivery({ actor: olga, id: session.id })
  expect(await jobsOf(`deliver:${session.id}`)).toHaveLength(1)
  expect(await deliver(session)).toBe('delivering')
})

test('so is one whose delivery was signed again since, which the restored database takes for displaced', async () => {
  const session = await fund()
  await treasuryHolds(10n ** 24n, 2)
  await deliver(session, 1)
  const { id } = await transferOf(session, 'treasury_delivery')
  await as({ role: 'worker' })(
    (sql) =>
      sql`select app.record_transfer_observation(${id}, 'displaced', null, null, null, 100, ${hashOf('block')}, 110, ${hashOf('later')})`,
  )
  expect(await read(session)).toMatchObject({ status: 'needs_attention', attention_code: 'delivery_displaced' })
  expect(await jobsOf(`deliver:${session.id}`)).toHaveLength(1)

  await run("key = 'deliver:<session id>'", '<session id>', session.id)
  await anHourLater()
  expect(await jobsOf(`deliver:${session.id}`)).toEqual([])
  expect(await read(session)).toMatchObject({ status: 'needs_attention', attention_code: 'restored' })
})

test('what is to be compared is listed', async () => {
  const session = await fund()
  const rows = await run('as displaced_by', '<none>', '')
  expect(rows).toContainEqual(expect.objectContaining({ id: session.id, attention_code: null }))
  expect(rows).toContainEqual(expect.objectContaining({ attention_code: 'restored', displaced_by: hashOf('later') }))
})
