import type { Intent } from '#lib/intents/schema.ts'
import type { SignatureRequest } from '#lib/intents/signature-request.ts'
import type { Link, LinkPayment, OwnLink } from '#lib/links/schema.ts'
import { approved, externalWallet } from '#lib/openapi/agent-examples.ts'
import { exampleSite } from '#lib/openapi/examples.ts'

// One payment link, asked for, paid and shown. The tests hold each example to its schema.

const id = '0197b2e4-1a2b-7c3d-8e4f-5a6b7c8d9e0f'
const hash = '0x7e3a5c9b1d2f4e6a8c0b2d4f6e8a1c3b5d7f9e0a2c4b6d8f1e3a5c7b9d0f2e4a'
const payer = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC'
const token = '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'
const address = externalWallet.address ?? ''

const payment: LinkPayment = {
  id: '0197b2e6-3c4d-7e5f-9a6b-7c8d9e0f1a2b',
  network: 'base',
  hash,
  from: payer,
  to: address,
  asset: 'USDC',
  amount: '25.00',
  status: 'confirmed',
  confirmations: 12,
  required: 12,
  counted: true,
  explorerUrl: `https://basescan.org/tx/${hash}`,
  at: '2026-11-21T10:04:10.000Z',
}

export const openLink: Link = {
  id,
  status: 'open',
  note: 'Invoice 7',
  payee: 'ada',
  network: 'base',
  chain: 'eip155:8453',
  asset: 'USDC',
  token,
  address,
  amount: '25.00',
  received: '0.00',
  due: '25.00',
  url: `${exampleSite}/l/${id}`,
  paymentUri: `ethereum:${token}@8453/transfer?address=${address}&uint256=25000000`,
  expiresAt: '2026-12-21T10:00:00.000Z',
  endedAt: null,
  createdAt: '2026-11-21T10:00:00.000Z',
  events: [{ from: null, to: 'open', at: '2026-11-21T10:00:00.000Z', actor: 'account' }],
  payments: [],
}

export const paidLink: Link = {
  ...openLink,
  status: 'paid',
  received: '25.00',
  due: '0.00',
  endedAt: '2026-11-21T10:04:36.000Z',
  events: [...openLink.events, { from: 'open', to: 'paid', at: '2026-11-21T10:04:36.000Z', actor: 'worker' }],
  payments: [payment],
}

const own = { walletId: externalWallet.id }
export const ownOpenLink: OwnLink = { ...openLink, ...own, unassigned: [] }
export const ownPaidLink: OwnLink = { ...paidLink, ...own, unassigned: [] }
export const ownCancelledLink: OwnLink = {
  ...ownOpenLink,
  status: 'cancelled',
  endedAt: '2026-11-21T11:00:00.000Z',
  events: [...openLink.events, { from: 'open', to: 'cancelled', at: '2026-11-21T11:00:00.000Z', actor: 'account' }],
}

export const linksCsvExample = [
  'created_at,id,status,note,asked,received,asset,network,address,expires_at,ended_at,transactions,url',
  `2026-11-21T10:00:00.000Z,${id},paid,Invoice 7,25.00,25.00,USDC,base,${address},,2026-11-21T10:04:36.000Z,${hash},${openLink.url}`,
].join('\n')

export const paymentId = payment.id

export const toSign: SignatureRequest = {
  chain: {
    chainId: 8453,
    name: 'Base',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrl: 'https://mainnet.base.org',
    explorerUrl: 'https://basescan.org',
  },
  asset: 'USDC',
  token,
  from: address,
  to: payer,
  amount: '10.00',
  units: '10000000',
}

/** A payment from a person's own wallet, once its transaction was named. */
export const signed: Intent = {
  ...approved,
  id: '0197b2f0-5e6f-7a1b-8c2d-3e4f5a6b7c8d',
  walletId: externalWallet.id,
  agentId: null,
  agentName: null,
  recipient: payer,
  recipientAddress: payer,
  status: 'executing',
  events: [
    ...approved.events,
    { from: 'approved', to: 'awaiting_signature', at: '2026-11-21T10:06:00.000Z', actor: 'account' },
    { from: 'awaiting_signature', to: 'executing', at: '2026-11-21T10:06:40.000Z', actor: 'account' },
  ],
}
