import { describe, expect, test } from 'vitest'
import { listStandingApprovals } from '#lib/intents/list-standing-approvals.ts'
import { revokeStandingApproval } from '#lib/intents/revoke-standing-approval.ts'
import { decide, makeAgent, merchant, newPerson, propose, setGuards } from '#supabase/tests/support/agents.ts'
import { testDatabase } from '#supabase/tests/support/database.ts'

// What a person approved beforehand is theirs to see and to take back, and once it is taken back no payment goes through by it.

const { adminSql } = await testDatabase()

async function approvedBeforehand() {
  const agent = await makeAgent(adminSql)
  await setGuards(agent, [{ type: 'approval', threshold: '0' }])
  await decide(agent, await propose(agent, { amount: 10 }), 'approve', true)
  const [approval] = await listStandingApprovals(agent.owner)
  if (!approval) throw new Error('Nothing was approved beforehand')
  return { agent, approval }
}

const stored = async (id: string) => (await adminSql`select * from public.standing_approvals where id = ${id}`)[0]

test('it is listed with its bounds, and with how many payments are left of it', async () => {
  const { agent, approval } = await approvedBeforehand()
  expect(approval).toMatchObject({
    walletId: agent.walletId,
    agentId: agent.id,
    network: 'mezo-testnet',
    asset: 'USDC',
    amountLimit: '10.00',
    usesLeft: 10,
  })
  expect(approval.recipientAddress.toLowerCase()).toBe(merchant)
  const hours = (Date.parse(approval.expiresAt) - Date.parse(approval.grantedAt)) / 3_600_000
  expect(hours).toBeGreaterThan(23.9)
  expect(hours).toBeLessThanOrEqual(24)
  expect(await propose(agent, { amount: 10 })).toMatchObject({ status: 'approved' })
  expect(await propose(agent, { amount: 10.000001 })).toMatchObject({ status: 'needs_approval' })
  expect(await listStandingApprovals(agent.owner)).toMatchObject([{ usesLeft: 9 }])
})

describe('taken back', () => {
  test('it lets nothing through, is listed no more, and says who took it back', async () => {
    const { agent, approval } = await approvedBeforehand()
    await revokeStandingApproval(agent.owner, approval.id)
    expect(await propose(agent, { amount: 1 })).toMatchObject({ status: 'needs_approval' })
    expect(await listStandingApprovals(agent.owner)).toEqual([])
    const [entry] =
      await adminSql`select actor from public.audit_log where action = 'standing_approval.revoke' and subject = ${approval.id}`
    expect(entry?.actor).toBe(`account:${agent.owner.userId}`)
  })

  test('twice, it is taken back once', async () => {
    const { agent, approval } = await approvedBeforehand()
    await revokeStandingApproval(agent.owner, approval.id)
    const before = await stored(approval.id)
    await revokeStandingApproval(agent.owner, approval.id)
    expect(await stored(approval.id)).toEqual(before)
  })

  test('while payments are proposed, none goes through after the answer', async () => {
    const { agent, approval } = await approvedBeforehand()
    const during = Array.from({ length: 6 }, () => propose(agent, { amount: 1 }))
    await revokeStandingApproval(agent.owner, approval.id)
    expect(await propose(agent, { amount: 1 })).toMatchObject({ status: 'needs_approval' })
    const through = (await Promise.all(during)).filter(({ status }) => status === 'approved').length
    expect((await stored(approval.id))?.uses_left).toBe(10 - through)
  })

  test('by somebody else, or by the agent itself, it stays', async () => {
    const { agent, approval } = await approvedBeforehand()
    const stranger = await newPerson(adminSql)
    expect(await listStandingApprovals(stranger)).toEqual([])
    await expect(revokeStandingApproval(stranger, approval.id)).rejects.toMatchObject({ status: 404 })
    await expect(revokeStandingApproval(agent.actor, approval.id)).rejects.toMatchObject({ status: 403 })
    await expect(revokeStandingApproval({ role: 'anon' }, approval.id)).rejects.toMatchObject({
      status: 401,
    })
    expect((await stored(approval.id))?.revoked_at).toBeNull()
  })
})
