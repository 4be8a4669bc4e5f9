import { expect, test } from 'vitest'
import { testDatabase } from '#supabase/tests/support/database.ts'
import {
  deliver,
  fund,
  look,
  recordBroadcast,
  send,
  sign,
  transferOf,
  treasuryHolds,
} from '#supabase/tests/support/purchase.ts'

// Found by the simulation: a node that takes a transaction and does not know it afterwards kept two jobs running without a pause.

const { adminSql } = await testDatabase()

const nextLook = async (id: string) => {
  const [job] = await adminSql`select run_at > now() as later from graphile_worker.jobs where key = ${`watch:${id}`}`
  return job
}

test('what was just signed and sent is looked for at once', async () => {
  await treasuryHolds(10n ** 21n, 1)
  const session = await fund()
  await deliver(session)
  const { id } = await transferOf(session, 'treasury_delivery')
  await sign(id)
  await recordBroadcast(id, 'accepted')
  expect(await nextLook(id)).toEqual({ later: false })
})

test('what was sent before, and is sent again as nobody knows it, is looked for after a pause', async () => {
  const id = await send(await fund())
  await look(id, { state: 'absent' })
  await recordBroadcast(id, 'accepted')
  expect(await nextLook(id)).toEqual({ later: true })
})
