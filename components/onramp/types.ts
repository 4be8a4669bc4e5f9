/** What the API answers, as the browser sees it. The shapes are those of /api/openapi.json. */

export type Fee = { kind: 'processing' | 'network' | 'delivery'; amount: string; currency: string }

export type Quote = {
  id: string
  sourceAmount: string
  sourceCurrency: string
  fees: Fee[]
  totalAmount: string
  destinationAmount: string
  asset: string
  network: string
  chain: string
  expiresAt: string
}

export type Pair = {
  asset: string
  network: string
  label: string
  chain: string
  chainId: number
  chainName: string
  nativeCurrency: { name: string; symbol: string; decimals: number }
  rpcUrl: string
  explorerUrl: string
  tokenAddress: string
  decimals: number
  delivery: 'stripe' | 'treasury'
  testnet: boolean
}

export type CurrencyOption = { code: string; minAmount: string; maxAmount: string }

export type Options = {
  pairs: Pair[]
  currencies: CurrencyOption[]
  quoteSeconds: number
  stripePublishableKey: string | null
}

export type SessionStatus =
  | 'created'
  | 'awaiting_payment'
  | 'processing'
  | 'funded'
  | 'delivering'
  | 'delivered'
  | 'expired'
  | 'rejected'
  | 'unknown'
  | 'needs_attention'

export type Transfer = {
  kind: 'stripe_payout' | 'treasury_delivery'
  network: string
  hash: string | null
  from: string | null
  to: string
  asset: string
  amount: string
  status: 'prepared' | 'signed' | 'broadcast' | 'included' | 'confirmed' | 'failed'
  confirmations: number
  required: number
  explorerUrl: string | null
  createdAt: string
}

export type SessionEvent = { from: SessionStatus | null; to: SessionStatus; at: string; actor: string }

export type Session = {
  id: string
  status: SessionStatus
  walletAddress: string
  asset: string
  network: string
  chain: string
  quote: Quote
  transfers: Transfer[]
  events: SessionEvent[]
  attention: { code: string; detail: string } | null
  checkoutUrl: string | null
  receiptUrl: string | null
  createdAt: string
  expiresAt: string
  deliveredAt: string | null
}

export type CreatedSession = {
  id: string
  secret: string
  status: SessionStatus
  quote: Quote
  checkoutUrl: string | null
  clientSecret: string | null
  statusUrl: string
  expiresAt: string
}
