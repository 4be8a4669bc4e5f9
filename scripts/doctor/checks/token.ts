import type { Asset, Network } from '#lib/money/assets.ts'
import { checkToken, TokenCheckFailed } from '#lib/rails/chain/self-check.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { type Check, fail, ok } from '#scripts/doctor/check.ts'

/** The contract at the pinned address is the token that we take it for. */
export function token(asset: Asset, network: Network): Check {
  const { address, symbol, decimals } = requireToken(asset, network)
  return {
    name: asset,
    look: async ({ chain }) => {
      try {
        await checkToken(network, asset, chain(network))
        return ok(`${address} calls itself ${symbol} and has ${decimals} decimals`)
      } catch (error) {
        const seen = error instanceof TokenCheckFailed ? error.message : `${address} could not be read`
        return fail(
          seen,
          'Sell nothing: compare lib/rails/chain/tokens.ts and the RPC address with what the issuer publishes.',
        )
      }
    },
  }
}
