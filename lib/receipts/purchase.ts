import { getAddress } from 'viem'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'
import { formatAmount, parseAmount } from '#lib/money/amount.ts'
import { currencies } from '#lib/money/currencies.ts'
import type { Quote } from '#lib/onramp/schema.ts'
import { showAmount, toTransfer, transferList } from '#lib/onramp/session.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import type { Issued, Receipt } from '#lib/receipts/schema.ts'
import { verify } from '#lib/receipts/verify.ts'

/** The receipt of a delivered purchase. */
export async function purchaseReceipt(actor: Actor, issued: Issued, sessionId: string): Promise<Receipt> {
  const [row] = await as(actor)(
    (
      sql,
    ) => sql`select s.wallet_address, s.quote, s.asset, s.network, s.delivered_amount::text, ${transferList(sql)} as transfers
      from public.onramp_sessions s where s.id = ${sessionId}`,
  )
  if (!row) throw notFound('receipt')
  const quote: Quote = row.quote
  const delivery = row.transfers.findLast(
    (transfer: { to: string; status: string }) => transfer.to === row.wallet_address && transfer.status === 'confirmed',
  )
  return {
    kind: 'purchase',
    ...issued,
    sessionId,
    walletAddress: getAddress(row.wallet_address),
    quote,
    paidAmount: quote.totalAmount,
    paidCurrency: quote.sourceCurrency,
    fees: quote.fees,
    deliveredAmount: showAmount(row.delivered_amount, row.asset, row.network),
    asset: row.asset,
    network: row.network,
    rate: rate(quote, BigInt(row.delivered_amount)),
    transfers: row.transfers.map(toTransfer),
    verification: await verify({
      receiptId: issued.id,
      network: row.network,
      asset: row.asset,
      hash: delivery.hash,
      to: row.wallet_address,
      units: BigInt(row.delivered_amount),
      required: delivery.required,
    }),
  }
}

/** Currency for one unit of the asset, with four decimals, rounded half up. */
export function rate({ sourceAmount, sourceCurrency, asset, network }: Quote, delivered: bigint): string {
  const decimals = 4
  const paid = parseAmount(sourceAmount, currencies[sourceCurrency].decimals)
  const one = 10n ** BigInt(requireToken(asset, network).decimals)
  const scaled = paid * one * 10n ** BigInt(decimals - currencies[sourceCurrency].decimals)
  return formatAmount((2n * scaled + delivered) / (2n * delivered), decimals, { minimumDecimals: decimals })
}
