import type { z } from 'zod'
import type { OnrampOptions } from '#lib/onramp/options.ts'
import type { CreatedSession, CreateSessionInput, OnrampSession, Quote } from '#lib/onramp/schema.ts'
import type { Receipt } from '#lib/receipts/schema.ts'

// One purchase, told by every operation it passes through. The tests hold each example to its schema.

const wallet = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'
const treasury = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const sessionId = '0197a4c2-6d1e-7c3a-9f40-5b8f2d1c7e90'
const receiptId = '0197a4c4-11f3-7e55-8a0c-9c2e4b6d8f01'
const secret = 'b1Zk0XgQ2n7yXv3m8dP4sT6wA9cE5fH1jK2lM3nO4pQ'
const deliveryHash = '0x9f2c4a1b7d3e5f60819a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f70'
const payoutHash = '0x3b1d5f7092a4c6e80b2d4f6181a3c5e70a2c4e6081b3d5f70921436587a9cbed'

/** The site that the examples speak of. */
export const exampleSite = 'https://causeway.example'

const agreed = {
  sourceAmount: '25.00',
  sourceCurrency: 'USD',
  fees: [
    { kind: 'processing', amount: '0.68', currency: 'USD' },
    { kind: 'network', amount: '0.05', currency: 'USD' },
    { kind: 'delivery', amount: '0.12465', currency: 'MUSD' },
  ],
  totalAmount: '25.73',
  destinationAmount: '24.80535',
  asset: 'MUSD',
  network: 'mezo',
  chain: 'eip155:31612',
} satisfies Partial<Quote>

const read = {
  raw: '0.9998',
  at: '2026-11-21T09:58:41.000Z',
  ageSeconds: 79,
  sources: ['coingecko', 'coinbase'],
  spreadBasisPoints: 1,
}

export const quote: Quote = {
  id: 'quote_eyJzb3VyY2VBbW91bnQiOiIyNS4wMCJ9.pX1v9Qm0s7Jc2rVb3kUe8A',
  ...agreed,
  rate: {
    base: 'MUSD',
    quote: 'USD',
    ...read,
    markup: { absolute: '0', basisPoints: 0 },
    price: '0.9998',
    settlement: { base: 'USDC', amount: '24.93', ...read },
  },
  expiresAt: '2026-11-21T10:01:00.000Z',
}

export const createSession: z.input<typeof CreateSessionInput> = {
  walletAddress: wallet,
  asset: 'MUSD',
  network: 'mezo',
  sourceAmount: '25.00',
  sourceCurrency: 'USD',
}

export const createdSession: CreatedSession = {
  id: sessionId,
  secret,
  status: 'awaiting_payment',
  quote,
  checkoutUrl: 'https://crypto.link.com?session_hash=CCwQARoXChVhY2N0',
  clientSecret: 'cos_1QhY2eLkdIwHu7ix_secret_4fJq',
  statusUrl: `${exampleSite}/pay/${sessionId}#${secret}`,
  expiresAt: '2026-11-22T10:00:12.000Z',
}

const transfers: OnrampSession['transfers'] = [
  {
    kind: 'stripe_payout',
    network: 'base',
    hash: payoutHash,
    from: '0x1a5A3F1C2B6d4E8f90718293A4b5C6D7e8F90123',
    to: treasury,
    asset: 'USDC',
    amount: '24.93',
    status: 'confirmed',
    confirmations: 12,
    required: 12,
    explorerUrl: `https://basescan.org/tx/${payoutHash}`,
    createdAt: '2026-11-21T10:02:40.000Z',
  },
  {
    kind: 'treasury_delivery',
    network: 'mezo',
    hash: deliveryHash,
    from: treasury,
    to: wallet,
    asset: 'MUSD',
    amount: '24.80535',
    status: 'confirmed',
    confirmations: 6,
    required: 6,
    explorerUrl: `https://explorer.mezo.org/tx/${deliveryHash}`,
    createdAt: '2026-11-21T10:03:10.000Z',
  },
]

export const session: OnrampSession = {
  id: sessionId,
  status: 'delivered',
  walletAddress: wallet,
  asset: 'MUSD',
  network: 'mezo',
  chain: 'eip155:31612',
  delivery: 'treasury',
  quote,
  deliveredAmount: '24.80535',
  transfers,
  events: [
    { from: null, to: 'created', at: '2026-11-21T10:00:11.000Z', actor: 'anon' },
    { from: 'created', to: 'awaiting_payment', at: '2026-11-21T10:00:12.000Z', actor: 'worker' },
    { from: 'awaiting_payment', to: 'processing', at: '2026-11-21T10:02:05.000Z', actor: 'worker' },
    { from: 'processing', to: 'funded', at: '2026-11-21T10:02:40.000Z', actor: 'worker' },
    { from: 'funded', to: 'delivering', at: '2026-11-21T10:03:10.000Z', actor: 'worker' },
    { from: 'delivering', to: 'delivered', at: '2026-11-21T10:03:34.000Z', actor: 'worker' },
  ],
  attention: null,
  paidAfterExpiry: false,
  paidAfterExpirySettled: false,
  checkoutUrl: null,
  receiptUrl: `${exampleSite}/receipts/${receiptId}#${secret}`,
  createdAt: '2026-11-21T10:00:11.000Z',
  expiresAt: '2026-11-22T10:00:11.000Z',
  deliveredAt: '2026-11-21T10:03:34.000Z',
}

export const receipt: Receipt = {
  kind: 'purchase',
  id: receiptId,
  number: 'CW-2026-000042',
  sessionId,
  issuedAt: '2026-11-21T10:03:34.000Z',
  walletAddress: wallet,
  quote,
  paidAmount: agreed.totalAmount,
  paidCurrency: 'USD',
  fees: agreed.fees,
  deliveredAmount: '24.80535',
  asset: 'MUSD',
  network: 'mezo',
  rate: '1.0078',
  transfers,
  verification: {
    verified: true,
    method: 'The Transfer log of the MUSD contract 0xdD468A1DDc392dcdbEf6db6e34E89AA338F9F186 was read on Mezo.',
    blockNumber: '4821907',
    confirmations: 61,
    checkedAt: '2026-11-21T10:09:02.000Z',
  },
}

export const options: OnrampOptions = {
  pairs: [
    {
      asset: 'MUSD',
      network: 'mezo',
      label: 'MUSD on Mezo',
      chain: 'eip155:31612',
      chainId: 31612,
      chainName: 'Mezo',
      nativeCurrency: { name: 'Bitcoin', symbol: 'BTC', decimals: 18 },
      rpcUrl: 'https://rpc.mezo.org',
      explorerUrl: 'https://explorer.mezo.org',
      tokenAddress: '0xdD468A1DDc392dcdbEf6db6e34E89AA338F9F186',
      decimals: 18,
      delivery: 'treasury',
      testnet: false,
    },
  ],
  currencies: [{ code: 'USD', minAmount: '1.00', maxAmount: '10000.00' }],
  quoteSeconds: 60,
  stripePublishableKey: 'pk_live_51Qh',
  walletConnect: { projectId: '5f0c7a523d2e4b1c9a772f6f0f1f8a10', relayUrl: null },
}

export const historyCsv = `created_at,id,status,paid,currency,fees,received,asset,network,wallet,transaction,delivered_at,receipt
${session.createdAt},${sessionId},delivered,25.73,USD,processing 0.68 USD; network 0.05 USD; delivery 0.12465 MUSD,24.80535,MUSD,mezo,${wallet},${deliveryHash},${session.deliveredAt},${session.receiptUrl}
`
