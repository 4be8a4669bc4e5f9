import type Stripe from 'stripe'
import { z } from 'zod'

import { decimalAmount, parseAnswer } from '#lib/rails/stripe/answer.ts'
import { stripe } from '#lib/rails/stripe/client.ts'
import { networkKey, type StripeNetwork } from '#lib/rails/stripe/networks.ts'

const Fees = z.object({ network_fee_amount: decimalAmount, transaction_fee_amount: decimalAmount })

const Session = z.object({
  id: z.string().startsWith('cos_'),
  client_secret: z.string().nullish(),
  created: z.number().int(),
  livemode: z.boolean(),
  metadata: z.record(z.string(), z.string()).nullish(),
  redirect_url: z.url({ protocol: /^https?$/ }).nullish(),
  status: z.enum(['initialized', 'requires_payment', 'fulfillment_processing', 'fulfillment_complete', 'rejected']),
  transaction_details: z.object({
    destination_amount: decimalAmount.nullish(),
    destination_currency: z.string().nullish(),
    destination_network: z.string().nullish(),
    fees: Fees.nullish(),
    source_amount: decimalAmount.nullish(),
    source_currency: z.string().nullish(),
    transaction_id: z.string().nullish(),
    wallet_address: z.string().nullish(),
  }),
})

export type StripeOnrampSession = {
  id: string
  status: z.infer<typeof Session>['status']
  livemode: boolean
  createdAt: Date
  metadata: Record<string, string>
  /** Lets a browser take the session over. Goes to that browser only; never into a log or an address. */
  clientSecret: string | null
  redirectUrl: string | null
  walletAddress: string | null
  sourceAmount: string | null
  sourceCurrency: string | null
  destinationAmount: string | null
  destinationCurrency: string | null
  destinationNetwork: string | null
  fees: { network: string; processing: string } | null
  /** The hash of Stripe's payout on chain; known only once the session is complete. */
  transactionHash: string | null
}

export type CreateOnrampSession = {
  /** Derived from our own row, so that a repeat finds the same session. */
  idempotencyKey: string
  walletAddress: string
  stripeNetwork: StripeNetwork
  sourceAmount: string
  sourceCurrency: 'USD' | 'EUR'
  customerIp?: string | undefined
  metadata: Record<string, string>
}

/**
 * Opens a session that can only buy USDC, only on the given network and only to the given address: lists of one value
 * and `lock_wallet_address` take the choice away from the page.
 */
export async function createOnrampSession(
  input: CreateOnrampSession,
  client: Stripe = stripe(),
): Promise<StripeOnrampSession> {
  const parameters = {
    wallet_addresses: { [networkKey(input.stripeNetwork)]: input.walletAddress },
    lock_wallet_address: true,
    source_currency: input.sourceCurrency.toLowerCase(),
    source_amount: input.sourceAmount,
    destination_currency: 'usdc',
    destination_network: input.stripeNetwork,
    destination_currencies: ['usdc'],
    destination_networks: [input.stripeNetwork],
    metadata: input.metadata,
    ...(input.customerIp === undefined ? {} : { customer_ip_address: input.customerIp }),
  }
  const options = { idempotencyKey: input.idempotencyKey }
  return toSession(await client.rawRequest('POST', '/v1/crypto/onramp_sessions', parameters, options))
}

/** The session as Stripe has it now. Throws a refused error when Stripe does not know it. */
export async function retrieveOnrampSession(id: string, client: Stripe = stripe()): Promise<StripeOnrampSession> {
  return toSession(await client.rawRequest('GET', `/v1/crypto/onramp_sessions/${encodeURIComponent(id)}`))
}

/** Reads a session out of an API answer or a webhook body. Amounts stay the decimal strings that Stripe wrote. */
export function toSession(answer: unknown): StripeOnrampSession {
  const session = parseAnswer(Session, answer, 'onramp session')
  const details = session.transaction_details
  return {
    id: session.id,
    status: session.status,
    livemode: session.livemode,
    createdAt: new Date(session.created * 1000),
    metadata: session.metadata ?? {},
    clientSecret: session.client_secret ?? null,
    redirectUrl: session.redirect_url ?? null,
    walletAddress: details.wallet_address ?? null,
    sourceAmount: details.source_amount ?? null,
    sourceCurrency: details.source_currency?.toUpperCase() ?? null,
    destinationAmount: details.destination_amount ?? null,
    destinationCurrency: details.destination_currency?.toUpperCase() ?? null,
    destinationNetwork: details.destination_network ?? null,
    fees: details.fees
      ? { network: details.fees.network_fee_amount, processing: details.fees.transaction_fee_amount }
      : null,
    transactionHash: details.transaction_id ?? null,
  }
}
