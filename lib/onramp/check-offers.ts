import { onrampOffers } from '#lib/onramp/offers.ts'
import { checkToken } from '#lib/rails/chain/self-check.ts'

/** Checks on chain every token that this deployment sells or receives: chain id, code, symbol, decimals. Throws on the first that differs. */
export async function checkOffers(): Promise<void> {
  for (const offer of onrampOffers()) {
    await checkToken(offer.network, offer.asset)
    if (offer.delivery === 'treasury') await checkToken(offer.settlementNetwork, 'USDC')
  }
}
