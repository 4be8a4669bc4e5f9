import { sha256, stringToBytes } from 'viem'
import type { Intent } from '#lib/intents/schema.ts'
import { parseAmount } from '#lib/money/amount.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'

/**
 * The hash of a payment as it stands on the screen, made from what is shown and not taken from the server: what a person
 * approves is what they saw, or the database refuses it. The same as private.intent_hash().
 */
export function shownHash(
  shown: Pick<Intent, 'walletId' | 'network' | 'asset' | 'amount' | 'recipientAddress'>,
): string {
  const units = parseAmount(shown.amount, requireToken(shown.asset, shown.network).decimals)
  const text = [shown.walletId, shown.network, shown.asset, units, shown.recipientAddress.toLowerCase()].join('|')
  return sha256(stringToBytes(text)).slice(2)
}
