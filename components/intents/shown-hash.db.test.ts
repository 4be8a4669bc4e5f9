import { expect, test } from 'vitest'
import { shownHash } from '#components/intents/shown-hash.ts'
import { toIntent } from '#lib/intents/intent.ts'
import { decide, makeAgent, propose } from '#supabase/tests/support/agents.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

// What a browser makes of what it shows is what the database has stored, to the last bit, and nothing else is.

const { adminSql } = await testDatabase()

test.each([10, 0.000001, 27.123456, 999])('of %d USDC it is the database’s own', async (amount) => {
  const intent = toIntent(await propose(await makeAgent(adminSql), { amount }))
  expect(shownHash(intent)).toBe(intent.intentHash)
})

test('what was shown otherwise is another payment, which the database does not approve', async () => {
  const agent = await makeAgent(adminSql)
  const intent = toIntent(await propose(agent, { amount: 10 }))
  const others = [
    { amount: '10.000001' },
    { asset: 'MUSD' as const },
    { network: 'mezo' as const },
    { recipientAddress: '0x1111111111111111111111111111111111111111' },
    { walletId: crypto.randomUUID() },
  ]
  for (const other of others) {
    const intentHash = shownHash({ ...intent, ...other })
    await expect(decide(agent, { id: intent.id, intentHash }, 'approve')).rejects.toMatchObject({
      code: 'intent_changed',
    })
  }
  const [row] = await adminSql`select status from public.intents where id = ${intent.id}`
  expect(row?.status).toBe('needs_approval')
})
