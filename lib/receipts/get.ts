import type postgres from 'postgres'
import { getAddress } from 'viem'
import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'
import { errorText, log } from '#lib/log.ts'
import { formatAmount, parseAmount } from '#lib/money/amount.ts'
import type { Asset, Network } from '#lib/money/assets.ts'
import { currencies } from '#lib/money/currencies.ts'
import type { Quote } from '#lib/onramp/schema.ts'
import { showAmount, toTransfer, transferList } from '#lib/onramp/session.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { observeTransfer } from '#lib/rails/chain/observe.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import type { Receipt } from '#lib/receipts/schema.ts'

/**
 * A receipt, checked against the chain while it is being read: `verified` means that the Transfer log of the pinned token
 * was just seen in a canonical block, with this amount, to this address. For others than its buyer it does not exist.
 */
export async function getReceipt({ actor, id }: { actor: Actor; id: string }): Promise<Receipt> {
  if (!z.uuid().safeParse(id).success) throw notFound('receipt')
  const [row] = await as(actor)(
    (sql) => sql`select r.id, r.number, r.issued_at, s.id as session_id, s.wallet_address, s.quote, s.asset, s.network,
        s.delivered_amount::text, ${transferList(sql)} as transfers
      from public.receipts r join public.onramp_sessions s on s.id = r.session_id where r.id = ${id}`,
  )
  if (!row) throw notFound('receipt')
  const quote: Quote = row.quote
  return {
    id: row.id,
    number: row.number,
    sessionId: row.session_id,
    issuedAt: row.issued_at.toISOString(),
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
    verification: await verify(row),
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

async function verify(row: postgres.Row): Promise<Receipt['verification']> {
  const asset: Asset = row.asset
  const network: Network = row.network
  const delivery = row.transfers.findLast(
    (transfer: { to: string; status: string }) => transfer.to === row.wallet_address && transfer.status === 'confirmed',
  )
  const checkedAt = new Date().toISOString()
  try {
    const seen = await observeTransfer({ network, asset, hash: delivery.hash, to: row.wallet_address })
    return {
      verified:
        seen.state === 'included' &&
        String(seen.amount) === row.delivered_amount &&
        seen.confirmations >= delivery.required,
      method: `The Transfer log of the ${asset} contract ${requireToken(asset, network).address} was read on ${networks[network].label}.`,
      blockNumber: 'blockNumber' in seen ? String(seen.blockNumber) : null,
      confirmations: seen.confirmations,
      checkedAt,
    }
  } catch (error) {
    log.warn('a receipt could not be checked on chain', { receiptId: row.id, network, error: errorText(error) })
    // The receipt stands without it; the page says that the chain could not be asked just now.
    return {
      verified: false,
      method: `${networks[network].label} could not be read just now. What is shown was verified when the receipt was issued.`,
      blockNumber: null,
      confirmations: 0,
      checkedAt,
    }
  }
}
