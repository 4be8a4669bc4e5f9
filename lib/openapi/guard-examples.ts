import type { GuardReplay, GuardSet, GuardTrial, PolicyReading } from '#lib/guards/schema.ts'
import { intentRequest, settled, simulation, wallet } from '#lib/openapi/agent-examples.ts'

// One set of guards, told by every operation it passes through. The tests hold each example to its schema.

const guards: GuardSet['guards'] = [
  { type: 'budget', period: 'day', limit: '100.00' },
  { type: 'single_payment', max: '25.00' },
  { type: 'approval', threshold: '10.00' },
]

export const guardSet: GuardSet = { version: 3, guards, setAt: '2026-11-21T10:05:00.000Z' }

export const guardEdit = { guards, version: 2 }

export const guardTrialRequest = {
  guards,
  payment: { walletId: wallet.id, recipient: 'Merchant', amount: intentRequest.amount, asset: intentRequest.asset },
}

export const guardTrial: GuardTrial = {
  status: 'needs_approval',
  saved: 'approved',
  heldBack: null,
  recipientAddress: simulation.recipientAddress,
  guardResults: simulation.guardResults,
}

const none = { payments: 0, dollars: '0.00' }
const one = { payments: 1, dollars: '10.00' }

export const guardReplay: GuardReplay = {
  saved: { approved: one, needs_approval: none, denied: none },
  edited: { approved: none, needs_approval: one, denied: none },
  payments: [
    {
      intentId: settled.id,
      agentId: settled.agentId,
      at: settled.createdAt,
      recipient: settled.recipient,
      recipientAddress: settled.recipientAddress,
      amount: settled.amount,
      asset: settled.asset,
      decided: 'needs_approval',
      saved: 'approved',
      edited: 'needs_approval',
      guardResults: simulation.guardResults,
    },
  ],
}

export const policyReading: PolicyReading = {
  by: 'parser',
  understood: [{ text: 'At most $100 a day', guard: { type: 'budget', period: 'day', limit: '100.00' } }],
  notUnderstood: ['be nice'],
}
