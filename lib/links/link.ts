import { getAddress } from 'viem'
import { env } from '#lib/env.ts'
import { paymentUri } from '#lib/links/payment-uri.ts'
import { Link, LinkPayment, OwnLink } from '#lib/links/schema.ts'
import { parseAmount } from '#lib/money/amount.ts'
import type { Asset, Network } from '#lib/money/assets.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { explorerTransactionUrl } from '#lib/rails/chain/rpc.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'

const iso = (text: string): string => new Date(text).toISOString()

type StoredPayment = {
  network: Network
  hash: string
  from: string
  to: string
  status: string
  blockTime: string | null
  createdAt: string
}

function toPayment(stored: StoredPayment): LinkPayment {
  const { blockTime, createdAt, ...rest } = stored
  return LinkPayment.parse({
    ...rest,
    from: getAddress(stored.from),
    to: getAddress(stored.to),
    explorerUrl: explorerTransactionUrl(stored.network, stored.hash),
    at: iso(blockTime ?? createdAt),
  })
}

/** What private.link_json() makes of a link. */
export type StoredLink = {
  id: string
  network: Network
  asset: Asset
  address: string
  due: string | null
  expiresAt: string | null
  endedAt: string | null
  createdAt: string
  events: { at: string }[]
  payments: StoredPayment[]
}

function shared(stored: StoredLink) {
  const { network, asset, due } = stored
  const { chainId, caip2 } = networks[network]
  const { address: token, decimals } = requireToken(asset, network)
  const to = getAddress(stored.address)
  return {
    ...stored,
    chain: caip2,
    token,
    address: to,
    url: `${env().APP_URL}/l/${stored.id}`,
    paymentUri: paymentUri({ chainId, token, to, units: due === null ? null : parseAmount(due, decimals) }),
    expiresAt: stored.expiresAt && iso(stored.expiresAt),
    endedAt: stored.endedAt && iso(stored.endedAt),
    createdAt: iso(stored.createdAt),
    events: stored.events.map((event) => ({ ...event, at: iso(event.at) })),
    payments: stored.payments.map(toPayment),
  }
}

/** A link as the API shows it to anybody who has its id. */
export function toLink(stored: StoredLink): Link {
  return Link.parse(shared(stored))
}

/** A link as the API shows it to its owner. */
export function toOwnLink(stored: StoredLink & { unassigned: StoredPayment[] }): OwnLink {
  return OwnLink.parse({ ...shared(stored), unassigned: stored.unassigned.map(toPayment) })
}
