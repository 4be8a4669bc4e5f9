import type { Agent } from '#lib/agents/schema.ts'
import type { CreatedApiKey } from '#lib/api-keys/schema.ts'
import type { Contact } from '#lib/contacts/schema.ts'
import type { Handle } from '#lib/handles/schema.ts'
import type { Intent, IntentDetail, IntentRequest, Simulation } from '#lib/intents/schema.ts'
import type { Wallet } from '#lib/wallets/schema.ts'

// One agent and its first payment, told by every operation they pass through. The tests hold each example to its schema.

const agentId = '0197b1d0-2c3a-7b11-8e5f-6a7b8c9d0e1f'
const intentId = '0197b1d4-9f0e-7c22-a1b2-c3d4e5f60718'
const merchant = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'
const hash = '0x5d1c3b7a9f2e4d6c8b0a1f3e5d7c9b8a0f2e4d6c8b1a3f5e7d9c0b2a4f6e8d1c'

export const wallet: Wallet = {
  id: '0197b1d0-2c3b-7d44-9a6b-1c2d3e4f5a6b',
  kind: 'circle',
  agentId,
  network: 'base',
  chain: 'eip155:8453',
  address: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
  explorerUrl: 'https://basescan.org/address/0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
  balances: [{ asset: 'USDC', balance: '50.00', held: '10.00', available: '40.00' }],
  createdAt: '2026-11-21T10:00:00.000Z',
}

export const externalWallet: Wallet = {
  id: '0197b1d2-77aa-7e55-8b3c-4d5e6f708192',
  kind: 'external',
  agentId: null,
  network: 'base',
  chain: 'eip155:8453',
  address: merchant,
  explorerUrl: `https://basescan.org/address/${merchant}`,
  balances: [],
  createdAt: '2026-11-21T10:01:00.000Z',
}

export const agent: Agent = {
  id: agentId,
  name: 'Ada',
  frozenAt: null,
  createdAt: '2026-11-21T10:00:00.000Z',
  wallets: [wallet],
}

export const createdApiKey: CreatedApiKey = {
  id: '0197b1d1-5e6f-7a33-b4c5-d6e7f8091a2b',
  agentId,
  name: 'Shopping assistant',
  prefix: 'cw_b1Zk0X',
  scopes: ['read', 'simulate', 'propose', 'cancel'],
  paymentLimit: '25.00',
  createdAt: '2026-11-21T10:02:00.000Z',
  expiresAt: '2027-11-21T10:02:00.000Z',
  lastUsedAt: null,
  revokedAt: null,
  key: 'cw_b1Zk0XgQ2n7yXv3m8dP4sT6wA9cE5fH1jK2lM3nO4pQ',
}

export const contact: Contact = {
  id: '0197b1d3-0a1b-7c77-8d9e-0f1a2b3c4d5e',
  name: 'Merchant',
  address: merchant,
  domain: 'shop.example',
  createdAt: '2026-11-21T10:03:00.000Z',
}

export const handle: Handle = { handle: 'grace', walletId: wallet.id, createdAt: '2026-11-21T10:04:00.000Z' }

export const intentRequest: IntentRequest = {
  walletId: wallet.id,
  recipient: 'Merchant',
  amount: '10.00',
  asset: 'USDC',
  purpose: 'Hosting in November',
}

const guardResults: Intent['guardResults'] = [
  {
    scope: 'agent',
    guard: 'budget',
    rule: { type: 'budget', period: 'day', limit: '100.00' },
    outcome: 'pass',
    reason: 'Within the budget of the day.',
    limit: '100.00',
    used: '20.00',
    remaining: '80.00',
  },
  {
    scope: 'person',
    guard: 'approval',
    rule: { type: 'approval', threshold: '10.00' },
    outcome: 'ask',
    reason: 'From $10.00 on a person approves.',
    limit: '10.00',
    used: null,
    remaining: null,
  },
]

export const simulation: Simulation = { status: 'needs_approval', recipientAddress: merchant, guardResults }

export const proposed: Intent = {
  id: intentId,
  status: 'needs_approval',
  walletId: wallet.id,
  agentId,
  agentName: 'Ada',
  network: 'base',
  chain: 'eip155:8453',
  asset: 'USDC',
  amount: '10.00',
  recipient: 'Merchant',
  recipientAddress: merchant,
  purpose: 'Hosting in November',
  intentHash: 'd2d2d0e5c2d3a9f6f6d9e0a36a1f5d0b5a0dd4c0ff2c8d8e6a0c7d9a9f6b1c23',
  guardResults,
  reason: null,
  approval: null,
  executeAfter: '2026-11-21T10:05:00.000Z',
  expiresAt: '2026-11-22T10:05:00.000Z',
  createdAt: '2026-11-21T10:05:00.000Z',
  finalizedAt: null,
  events: [
    { from: null, to: 'proposed', at: '2026-11-21T10:05:00.000Z', actor: 'agent' },
    { from: 'proposed', to: 'needs_approval', at: '2026-11-21T10:05:00.000Z', actor: 'agent' },
  ],
}

export const approved: Intent = {
  ...proposed,
  status: 'approved',
  approval: { decision: 'approve', at: '2026-11-21T10:07:00.000Z' },
  events: [
    ...proposed.events,
    { from: 'needs_approval', to: 'approved', at: '2026-11-21T10:07:00.000Z', actor: 'account' },
  ],
}

export const cancelled: Intent = {
  ...proposed,
  status: 'cancelled',
  reason: 'It was cancelled before anything moved.',
  finalizedAt: '2026-11-21T10:06:00.000Z',
  events: [
    ...proposed.events,
    { from: 'needs_approval', to: 'cancelled', at: '2026-11-21T10:06:00.000Z', actor: 'agent' },
  ],
}

export const settled: IntentDetail = {
  ...approved,
  status: 'settled',
  finalizedAt: '2026-11-21T10:07:40.000Z',
  events: [
    ...approved.events,
    { from: 'approved', to: 'executing', at: '2026-11-21T10:07:01.000Z', actor: 'worker' },
    { from: 'executing', to: 'settled', at: '2026-11-21T10:07:40.000Z', actor: 'worker' },
  ],
  transfers: [
    {
      kind: 'circle_transfer',
      network: 'base',
      hash,
      from: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
      to: merchant,
      asset: 'USDC',
      amount: '10.00',
      status: 'confirmed',
      confirmations: 12,
      required: 12,
      explorerUrl: `https://basescan.org/tx/${hash}`,
      createdAt: '2026-11-21T10:07:01.000Z',
    },
  ],
  receiptId: '0197b1d8-3344-7f99-a5b6-c7d8e9f00112',
}

export const refunded: IntentDetail = {
  ...settled,
  status: 'refunded',
  reason: 'It was paid back.',
  finalizedAt: '2026-11-22T09:00:00.000Z',
  events: [...settled.events, { from: 'settled', to: 'refunded', at: '2026-11-22T09:00:00.000Z', actor: 'worker' }],
}

export const intentsCsv = `created_at,id,status,agent,amount,asset,network,recipient,recipient_address,purpose,reason,finalized_at
2026-11-21T10:05:00.000Z,${intentId},settled,Ada,10.00,USDC,base,Merchant,${merchant},Hosting in November,,2026-11-21T10:07:40.000Z
`
