import { randomBytes } from 'node:crypto'
import { join } from 'node:path'

import { type Collection, openStore, type Store } from '#sandbox/http/store.ts'

import type { Currency } from '#sandbox/stripe/rates.ts'

export type OnrampStatus =
  | 'initialized'
  | 'requires_payment'
  | 'fulfillment_processing'
  | 'fulfillment_complete'
  | 'rejected'

export type OnrampSession = {
  id: string
  clientSecret: string
  /** Names the session in the address of its page, so that the address gives away neither id nor client secret. */
  pageHash: string
  created: number
  status: OnrampStatus
  metadata: Record<string, string>
  sourceCurrency: Currency | null
  sourceAmount: string | null
  destinationCurrency: string | null
  destinationNetwork: string | null
  destinationCurrencies: string[] | null
  destinationNetworks: string[] | null
  walletAddresses: Record<string, string> | null
  lockWalletAddress: boolean
  /** Fixed when the page is opened or a machine pays. */
  purchase: { destinationAmount: string; processingFee: string; networkFee: string; totalAmount: string } | null
  card: { brand: string; last4: string } | null
  transactionId: string | null
}

export type CheckoutSession = {
  id: string
  pageHash: string
  created: number
  expiresAt: number
  status: 'open' | 'complete' | 'expired'
  paymentStatus: 'paid' | 'unpaid'
  amountTotal: number
  currency: string
  lines: { name: string; quantity: number; amount: number }[]
  successUrl: string | null
  cancelUrl: string | null
  returnUrl: string | null
  uiMode: string
  clientReferenceId: string | null
  customerEmail: string | null
  metadata: Record<string, string>
  paymentMetadata: Record<string, string>
  paymentIntent: string | null
}

export type StripeEvent = {
  id: string
  object: 'event'
  api_version: string
  created: number
  data: { object: unknown; previous_attributes?: Record<string, unknown> }
  livemode: false
  pending_webhooks: number
  request: { id: string | null; idempotency_key: string | null }
  type: string
}

export type WebhookSettings = { url: string | null; secrets: string[]; onrampEventType: string }

export type State = {
  store: Store
  onramp: Collection<OnrampSession>
  checkout: Collection<CheckoutSession>
  events: Collection<StripeEvent>
  answers: Collection<{ fingerprint: string; body: string }>
  settings: Collection<WebhookSettings>
}

/** Opens what this stand-in remembers. */
export function openState(dir: string): State {
  const store = openStore(join(dir, 'stripe.jsonl'))
  return {
    store,
    onramp: store.collection('onramp_sessions'),
    checkout: store.collection('checkout_sessions'),
    events: store.collection('events'),
    answers: store.collection('idempotent_answers'),
    settings: store.collection('settings'),
  }
}

/** An id in Stripe's manner. */
export function newId(prefix: string, bytes = 15): string {
  return `${prefix}_${randomBytes(bytes).toString('base64url').replace(/[-_]/g, '0')}`
}

export const nowInSeconds = () => Math.floor(Date.now() / 1000)
