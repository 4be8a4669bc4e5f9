import { getAddress } from 'viem'
import { decimalsOf, IntentTransfer } from '#lib/intents/schema.ts'
import { formatAmount } from '#lib/money/amount.ts'
import type { Asset, Network } from '#lib/money/assets.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { explorerTransactionUrl } from '#lib/rails/chain/rpc.ts'

/** A transfer of a payment as the database tells of it: amounts in base units, addresses in lower case. */
export type StoredTransfer = {
  kind: string
  network: Network
  hash: string | null
  from: string
  to: string
  asset: Asset
  amount: string
  status: string
  /** Null for one that was linked once it was final. */
  confirmations: number | null
  required: number | null
  createdAt: string
}

/** A transfer of a payment as the API shows it. */
export function toIntentTransfer(stored: StoredTransfer): IntentTransfer {
  const { network, hash, asset } = stored
  const final = networks[network].confirmations
  return IntentTransfer.parse({
    ...stored,
    from: getAddress(stored.from),
    to: getAddress(stored.to),
    amount: formatAmount(BigInt(stored.amount), decimalsOf(asset), { minimumDecimals: 2 }),
    confirmations: stored.confirmations ?? final,
    required: stored.required ?? final,
    explorerUrl: hash && explorerTransactionUrl(network, hash),
    createdAt: new Date(stored.createdAt).toISOString(),
  })
}
