import { getAddress } from 'viem'
import type { NetworkFee } from '#lib/chat/schema.ts'
import { decimalsOf } from '#lib/intents/schema.ts'
import { errorText, log } from '#lib/log.ts'
import { parseAmount } from '#lib/money/amount.ts'
import type { Asset } from '#lib/money/assets.ts'
import { hasCircle } from '#lib/rails/circle/client.ts'
import { estimateFee } from '#lib/rails/circle/transfers.ts'
import type { Wallet } from '#lib/wallets/schema.ts'

/** An estimate that takes longer is not worth waiting for: the payment does not depend on it. */
const patienceMs = 3_000

/** What the network would take for a payment now; null where Circle cannot be asked, or does not say in time. */
export async function feeOf(
  { address, network }: Wallet,
  { amount, asset, recipientAddress }: { amount: string; asset: Asset; recipientAddress: string },
): Promise<NetworkFee | null> {
  if (!hasCircle() || address === null) return null
  const late = Promise.withResolvers<null>()
  const timer = setTimeout(() => late.resolve(null), patienceMs)
  const payment = {
    from: getAddress(address),
    to: getAddress(recipientAddress),
    network,
    asset,
    amount: parseAmount(amount, decimalsOf(asset)),
  }
  try {
    return await Promise.race([estimateFee(payment), late.promise])
  } catch (error) {
    log.warn('a network fee could not be estimated', { network, error: errorText(error) })
    return null
  } finally {
    clearTimeout(timer)
  }
}
