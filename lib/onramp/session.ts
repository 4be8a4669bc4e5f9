import type postgres from 'postgres'
import { getAddress } from 'viem'
import { env } from '#lib/env.ts'
import { formatAmount } from '#lib/money/amount.ts'
import { type Asset, isAsset, isNetwork, type Network } from '#lib/money/assets.ts'
import { OnrampSession, type Transfer } from '#lib/onramp/schema.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { explorerTransactionUrl } from '#lib/rails/chain/rpc.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'

type Sql = postgres.TransactionSql

/** The columns from which `toSession` makes a session. Row-level security decides which rows there are. */
export function sessionColumns(sql: Sql): postgres.PendingQuery<postgres.Row[]> {
  return sql`s.id, s.status, s.wallet_address, s.asset, s.network, s.delivery, s.quote, s.delivered_amount::text, s.attention_code,
    s.attention_detail, s.paid_after_expiry_at, s.paid_after_expiry_settled_at, s.checkout_url, s.created_at, s.expires_at, s.finalized_at,
    (select r.id from public.receipts r where r.session_id = s.id) as receipt_id,
    (select coalesce(jsonb_agg(jsonb_build_object('from', e.from_status, 'to', e.to_status, 'at', e.at, 'actor', e.actor) order by e.version), '[]')
       from public.onramp_events e where e.session_id = s.id) as events,
    ${transferList(sql)} as transfers`
}

/** A session's transfers as JSON, oldest first; amounts as text. */
export function transferList(sql: Sql): postgres.PendingQuery<postgres.Row[]> {
  return sql`(select coalesce(jsonb_agg(jsonb_build_object(
      'kind', t.kind, 'network', t.network, 'hash', t.hash, 'from', t.from_address, 'to', t.to_address, 'asset', t.asset,
      'amount', t.amount::text, 'status', t.status, 'confirmations', t.confirmations, 'required', t.required_confirmations,
      'createdAt', t.created_at) order by t.created_at, t.id), '[]')
    from public.transfers t where t.session_id = s.id)`
}

const iso = (value: string | Date): string => new Date(value).toISOString()

/** Base units as a decimal text, for a known asset on a known network. */
export function showAmount(units: string, asset: Asset, network: Network): string {
  return formatAmount(BigInt(units), requireToken(asset, network).decimals, { minimumDecimals: 2 })
}

type StoredTransfer = {
  asset: string
  network: string
  amount: string | null
  hash: string | null
  from: string | null
  to: string
  status: string
  createdAt: string
}

/** A stored transfer as the API shows it. */
export function toTransfer(stored: StoredTransfer): Transfer {
  const { asset, network } = stored
  if (!isAsset(asset) || !isNetwork(network)) throw new Error(`A transfer names ${asset} on ${network}`)
  return {
    ...(stored as unknown as Transfer),
    ...toPlaces(stored),
    amount: stored.amount === null ? null : showAmount(stored.amount, asset, network),
  }
}

/** Where and when a stored transfer is, whatever it moves. */
export function toPlaces(
  stored: Pick<StoredTransfer, 'network' | 'hash' | 'from' | 'to' | 'status' | 'createdAt'>,
): Pick<Transfer, 'from' | 'to' | 'explorerUrl' | 'createdAt'> {
  const sent = stored.hash !== null && !['prepared', 'signed'].includes(stored.status)
  return {
    from: stored.from && getAddress(stored.from),
    to: getAddress(stored.to),
    explorerUrl: sent && stored.hash ? explorerTransactionUrl(stored.network as Network, stored.hash) : null,
    createdAt: iso(stored.createdAt),
  }
}

type StoredEvent = { at: string; actor: string }

/** Who moved it, without saying which account: a session's link may be shared. */
function kindOfActor(actor: string): string {
  return actor.split(':')[0] ?? actor
}

/** A row of `sessionColumns` as the API shows it. `secret` goes into the receipt's link of a guest, whose only key it is. */
export function toSession(row: postgres.Row, secret?: string): OnrampSession {
  const key = secret === undefined ? '' : `#${secret}`
  return OnrampSession.parse({
    id: row.id,
    status: row.status,
    walletAddress: getAddress(row.wallet_address),
    asset: row.asset,
    network: row.network,
    chain: networks[row.network as Network].caip2,
    delivery: row.delivery,
    quote: row.quote,
    deliveredAmount: row.delivered_amount === null ? null : showAmount(row.delivered_amount, row.asset, row.network),
    transfers: row.transfers.map(toTransfer),
    events: row.events.map((event: StoredEvent) => ({ ...event, at: iso(event.at), actor: kindOfActor(event.actor) })),
    attention: row.attention_code === null ? null : { code: row.attention_code, detail: row.attention_detail },
    paidAfterExpiry: row.paid_after_expiry_at !== null,
    paidAfterExpirySettled: row.paid_after_expiry_settled_at !== null,
    checkoutUrl: row.status === 'awaiting_payment' ? row.checkout_url : null,
    receiptUrl: row.receipt_id === null ? null : `${env().APP_URL}/receipts/${row.receipt_id}${key}`,
    createdAt: iso(row.created_at),
    expiresAt: iso(row.expires_at),
    deliveredAt: row.status === 'delivered' ? iso(row.finalized_at) : null,
  })
}
