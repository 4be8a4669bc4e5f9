import { networks } from '#sandbox/stripe/rates.ts'
import type { OnrampSession } from '#sandbox/stripe/state.ts'

/** The session as Stripe's API and webhooks show it. `origin` is where this stand-in serves its card page. */
export function onrampWire(session: OnrampSession, origin: string) {
  const { purchase } = session
  return {
    id: session.id,
    object: 'crypto.onramp_session' as const,
    client_secret: session.clientSecret,
    created: session.created,
    kyc_details_provided: false,
    livemode: false,
    metadata: session.metadata,
    redirect_url: `${origin}/onramp/${session.pageHash}`,
    status: session.status,
    transaction_details: {
      destination_amount: purchase?.destinationAmount ?? null,
      destination_currencies: session.destinationCurrencies ?? ['usdc'],
      destination_currency: session.destinationCurrency ?? (purchase ? 'usdc' : null),
      destination_network: session.destinationNetwork ?? (purchase ? payoutOf(session)?.network : null) ?? null,
      destination_networks: session.destinationNetworks ?? networks.filter(({ usdc }) => usdc).map(({ name }) => name),
      fees: purchase
        ? { network_fee_amount: purchase.networkFee, transaction_fee_amount: purchase.processingFee }
        : null,
      lock_wallet_address: session.lockWalletAddress,
      settlement_speed: null,
      source_amount: session.sourceAmount,
      source_currency: session.sourceCurrency,
      transaction_id: session.transactionId,
      wallet_address: purchase ? (payoutOf(session)?.address ?? null) : null,
      wallet_addresses: session.walletAddresses,
    },
  }
}

/** Where the USDC goes: the session's own choice, else the first address it was given. */
export function payoutOf(session: OnrampSession): { network: string; address: string } | undefined {
  const wanted = session.destinationNetwork ?? session.destinationNetworks?.[0]
  const network =
    networks.find(({ name }) => name === wanted) ?? networks.find(({ key }) => session.walletAddresses?.[key])
  const address = network && session.walletAddresses?.[network.key]
  return address ? { network: network.name, address } : undefined
}
