import { type Hex, isAddressEqual, parseAbi, parseEventLogs } from 'viem'
import type { Actor } from '#lib/auth/actor.ts'
import { notFound } from '#lib/http/problem.ts'
import { getLink } from '#lib/links/get.ts'
import type { Link, LinkPayment } from '#lib/links/schema.ts'
import { errorText, log } from '#lib/log.ts'
import { parseAmount } from '#lib/money/amount.ts'
import { freshestClient } from '#lib/rails/chain/client.ts'
import { findInclusion } from '#lib/rails/chain/inclusion.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'

type Verification = {
  verified: boolean
  method: string
  blockNumber: string | null
  confirmations: number
  checkedAt: string
}
export type LinkReceipt = { link: Link; payments: (LinkPayment & { verification: Verification })[] }

const transferEvent = parseAbi(['event Transfer(address indexed from, address indexed to, uint256 value)'])

/**
 * What proves that a link was paid: each payment that counts for it, read on chain while it is asked for. Whoever has the link may see
 * it. Throws not_found while nothing has arrived.
 */
export async function getLinkReceipt(actor: Actor, id: string): Promise<LinkReceipt> {
  const link = await getLink(actor, id)
  const counted = link.payments.filter((payment) => payment.counted)
  if (counted.length === 0) throw notFound('receipt')
  const payments = await Promise.all(
    counted.map(async (payment) => ({ ...payment, verification: await verify(payment) })),
  )
  return { link, payments }
}

async function verify(payment: LinkPayment): Promise<Verification> {
  const { network, asset, required } = payment
  const { label } = networks[network]
  const checkedAt = new Date().toISOString()
  try {
    const client = await freshestClient(network)
    const found = await findInclusion(client, payment.hash as Hex)
    const mined = found.state === 'mined'
    return {
      verified: mined && found.confirmations >= required && has(found.receipt.logs, payment),
      method: `The Transfer log of the ${asset} contract ${requireToken(asset, network).address} was read on ${label}.`,
      blockNumber: mined ? String(found.blockNumber) : null,
      confirmations: found.state === 'mined' ? found.confirmations : 0,
      checkedAt,
    }
  } catch (error) {
    log.warn('a payment of a link could not be checked on chain', {
      paymentId: payment.id,
      network,
      error: errorText(error),
    })
    return {
      verified: false,
      method: `${label} could not be read just now. What is shown was read there when the payment became final.`,
      blockNumber: null,
      confirmations: 0,
      checkedAt,
    }
  }
}

/** Whether one of the transaction's logs is this payment: the pinned token, from, to and the exact amount. */
function has(
  logs: Parameters<typeof parseEventLogs>[0]['logs'],
  { network, asset, from, to, amount }: LinkPayment,
): boolean {
  const { address, decimals } = requireToken(asset, network)
  const units = parseAmount(amount, decimals)
  return parseEventLogs({ abi: transferEvent, logs }).some(
    (entry) =>
      isAddressEqual(entry.address, address) &&
      entry.args.from.toLowerCase() === from.toLowerCase() &&
      entry.args.to.toLowerCase() === to.toLowerCase() &&
      entry.args.value === units,
  )
}
