import type { SessionStatus } from '#components/onramp/types.ts'
import type { OnrampSession, QuoteRate, Transfer } from '#lib/onramp/schema.ts'

const way: SessionStatus[] = ['created', 'awaiting_payment', 'processing', 'funded', 'delivering', 'delivered']

/** The states a session passes on its way to each that leaves the straight way. */
const detours: Partial<Record<SessionStatus, SessionStatus[]>> = {
  expired: ['created', 'awaiting_payment', 'expired'],
  rejected: ['created', 'awaiting_payment', 'processing', 'rejected'],
  unknown: ['created', 'awaiting_payment', 'processing', 'funded', 'delivering', 'unknown'],
  settled_by_hand: [
    'created',
    'awaiting_payment',
    'processing',
    'funded',
    'delivering',
    'needs_attention',
    'settled_by_hand',
  ],
  needs_attention: ['created', 'awaiting_payment', 'processing', 'funded', 'needs_attention'],
}

const wallet = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
const treasury = '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359'
const at = (minute: number) => `2026-11-21T12:${String(minute).padStart(2, '0')}:00.000Z`

/** The prices of a quote, for tests. */
export const aRate: QuoteRate = {
  base: 'MUSD',
  quote: 'USD',
  raw: '0.9985',
  markup: { absolute: '0', basisPoints: 0 },
  price: '0.9985',
  at: at(0),
  ageSeconds: 200,
  sources: ['coinbase', 'coingecko'],
  spreadBasisPoints: 2,
  settlement: {
    base: 'USDC',
    amount: '24.93',
    raw: '0.9999',
    at: at(0),
    ageSeconds: 200,
    sources: ['coingecko'],
    spreadBasisPoints: 0,
  },
}

/** A session as the API would show it in a status, for tests. */
export function aSession(status: SessionStatus, own: Partial<OnrampSession> = {}): OnrampSession {
  const passed = detours[status] ?? way.slice(0, way.indexOf(status) + 1)
  return {
    id: '0197a4c2-7d11-7c31-b1a4-1d2e3f405162',
    status,
    walletAddress: wallet,
    asset: 'MUSD',
    network: 'mezo',
    chain: 'eip155:31612',
    delivery: 'treasury',
    quote: {
      id: 'quote_1',
      sourceAmount: '25.00',
      sourceCurrency: 'USD',
      fees: [{ kind: 'processing', amount: '1.10', currency: 'USD' }],
      totalAmount: '26.10',
      destinationAmount: '24.61',
      asset: 'MUSD',
      network: 'mezo',
      chain: 'eip155:31612',
      rate: aRate,
      expiresAt: at(1),
    },
    deliveredAmount: status === 'delivered' ? '24.61' : null,
    transfers: [],
    events: passed.map((to, index) => ({ from: passed[index - 1] ?? null, to, at: at(index), actor: 'worker' })),
    attention: status === 'needs_attention' ? { code: 'treasury_short', detail: 'The treasury is short.' } : null,
    paidAfterExpiry: false,
    paidAfterExpirySettled: false,
    checkoutUrl: status === 'awaiting_payment' ? 'https://crypto.link.com/x' : null,
    receiptUrl: null,
    createdAt: at(0),
    expiresAt: at(59),
    deliveredAt: status === 'delivered' ? at(5) : null,
    ...own,
  }
}

/** A transfer on its way, for tests. */
export function aTransfer(kind: Transfer['kind'], amount: string): Transfer {
  return {
    kind,
    network: 'mezo',
    hash: `0x${'ab'.repeat(32)}`,
    from: treasury,
    to: kind === 'stripe_payout' ? treasury : wallet,
    asset: kind === 'stripe_payout' ? 'USDC' : 'MUSD',
    amount,
    status: 'included',
    confirmations: 1,
    required: 3,
    explorerUrl: null,
    createdAt: at(4),
  }
}
