import { type Address, type Hash, isAddress, isHash } from 'viem'
import { z } from 'zod'
import { formatAmount } from '#lib/money/amount.ts'
import type { Asset, Network } from '#lib/money/assets.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { decimalAmount, readAnswer, UnexpectedCircleAnswer } from '#lib/rails/circle/answer.ts'
import { type CircleClient, call, circle } from '#lib/rails/circle/client.ts'
import { isMissing } from '#lib/rails/circle/errors.ts'
import { requireBlockchain } from '#lib/rails/circle/networks.ts'
import { requireApproved } from '#lib/rails/circle/screening.ts'

const states = [
  'INITIATED',
  'CLEARED',
  'QUEUED',
  'SENT',
  'STUCK',
  'CONFIRMED',
  'COMPLETE',
  'FAILED',
  'DENIED',
  'CANCELLED',
] as const

/** As Circle has it. COMPLETE, FAILED, DENIED and CANCELLED are final; a STUCK one may still move. */
export type CircleState = (typeof states)[number]

export type Payment = {
  /** The address of a wallet that Circle keeps for us on that network. */
  from: Address
  network: Network
  asset: Asset
  to: Address
  /** In base units. */
  amount: bigint
}

export type CreateTransfer = Payment & {
  /** A version 4 UUID of our own row, stored before the call, so that a repeat finds the same transfer. */
  idempotencyKey: string
  /** Our own id of the transfer. */
  refId: string
}

const Created = z.object({ id: z.uuid(), state: z.enum(states) })

/**
 * Asks Circle to pay, once its screening lets the recipient pass, where one is agreed. The same key and request answer with the same transfer and never pay twice; so a repeat after an
 * unclear outcome is safe. Throws as lib/rails/circle/errors.ts sorts it.
 */
export async function createTransfer(
  { idempotencyKey, refId, ...payment }: CreateTransfer,
  client: CircleClient = circle(),
): Promise<{ id: string; state: CircleState }> {
  await requireApproved({ address: payment.to, network: payment.network })
  const answer = await call('createTransaction', () =>
    client.createTransaction({
      idempotencyKey,
      refId,
      walletAddress: payment.from,
      ...termsOf(payment),
      fee: { type: 'level', config: { feeLevel: 'MEDIUM' } },
    }),
  )
  return readAnswer(Created, answer.data, 'transfer')
}

/** The token is named by its contract, which we pin, and not by an id or a symbol of Circle's. */
function termsOf({ network, asset, to, amount }: Payment) {
  const token = requireToken(asset, network)
  return {
    blockchain: requireBlockchain(network),
    tokenAddress: token.address,
    destinationAddress: to,
    amount: [formatAmount(amount, token.decimals)],
  }
}

const Transaction = z.object({
  id: z.uuid(),
  state: z.enum(states),
  txHash: z
    .string()
    .refine((text) => isHash(text))
    .nullish(),
  destinationAddress: z
    .string()
    .refine((text) => isAddress(text))
    .nullish(),
  amounts: z.array(decimalAmount).nullish(),
  walletId: z.string().nullish(),
  refId: z.string().nullish(),
  errorReason: z.string().nullish(),
  networkFee: decimalAmount.nullish(),
  transactionType: z.string().nullish(),
})

export type CircleTransaction = {
  id: string
  state: CircleState
  hash: Hash | null
  to: Address | null
  /** The decimal text that Circle wrote, in the token's unit. */
  amount: string | null
  circleWalletId: string | null
  refId: string | null
  errorReason: string | null
  /** What the network took, in its own coin. */
  networkFee: string | null
}

function toTransaction(found: z.infer<typeof Transaction>): CircleTransaction {
  return {
    id: found.id,
    state: found.state,
    hash: found.txHash ?? null,
    to: found.destinationAddress ?? null,
    amount: found.amounts?.[0] ?? null,
    circleWalletId: found.walletId ?? null,
    refId: found.refId ?? null,
    errorReason: found.errorReason ?? null,
    networkFee: found.networkFee ?? null,
  }
}

/** The transfer as Circle has it now, or null when Circle does not know it. */
export async function getTransaction(id: string, client: CircleClient = circle()): Promise<CircleTransaction | null> {
  try {
    const answer = await call('getTransaction', () => client.getTransaction({ id }))
    return toTransaction(readAnswer(z.object({ transaction: Transaction }), answer.data, 'transaction').transaction)
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

const pageSize = 50
const maxPages = 100

/**
 * The outgoing transfer of a wallet that carries our reference, or null when there is none since then. A list that cannot be
 * read to its end throws: that a transfer is not there is said of a whole list only.
 */
export async function findTransactionByRef(
  { circleWalletId, refId, since }: { circleWalletId: string; refId: string; since: Date },
  client: CircleClient = circle(),
): Promise<CircleTransaction | null> {
  const Page = z.object({ transactions: z.array(Transaction) })
  let pageAfter: string | undefined
  for (let page = 0; page < maxPages; page += 1) {
    const answer = await call('listTransactions', () =>
      client.listTransactions({
        walletIds: [circleWalletId],
        txType: 'OUTBOUND',
        includeAll: true,
        from: since.toISOString(),
        pageSize,
        ...(pageAfter !== undefined && { pageAfter }),
      }),
    )
    const { transactions } = readAnswer(Page, answer.data, 'list of transactions')
    const found = transactions.find((transaction) => transaction.refId === refId)
    if (found) return toTransaction(found)
    if (transactions.length < pageSize) return null
    pageAfter = transactions.at(-1)?.id
  }
  throw new UnexpectedCircleAnswer(`Circle's list of transactions has more than ${maxPages} pages.`)
}

const Estimate = z.object({ medium: z.object({ networkFee: decimalAmount }) })

/** What the network would take for a payment now, in its own coin. It is paid beside the amount, by the wallet. */
export async function estimateFee(
  payment: Payment,
  client: CircleClient = circle(),
): Promise<{ amount: string; currency: string }> {
  const answer = await call('estimateTransferFee', () =>
    client.estimateTransferFee({ sourceAddress: payment.from, ...termsOf(payment) }),
  )
  const { medium } = readAnswer(Estimate, answer.data, 'estimate')
  return { amount: medium.networkFee, currency: networks[payment.network].nativeCurrency.symbol }
}
