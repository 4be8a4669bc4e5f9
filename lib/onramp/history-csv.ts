import { stringify } from 'csv-stringify/sync'
import type { Actor } from '#lib/auth/actor.ts'
import { listOnrampSessions } from '#lib/onramp/list.ts'
import type { OnrampSession, SessionStatus } from '#lib/onramp/schema.ts'

const columns = [
  'created_at',
  'id',
  'status',
  'paid',
  'currency',
  'fees',
  'received',
  'asset',
  'network',
  'wallet',
  'transaction',
  'delivered_at',
  'receipt',
]

const maxRows = 10_000

/**
 * All of a person's purchases as CSV, newest first, at most 10,000. Texts that a spreadsheet would take for a formula are
 * escaped.
 */
export async function historyCsv({
  actor,
  status,
}: {
  actor: Actor
  status?: SessionStatus | undefined
}): Promise<string> {
  const rows: string[][] = []
  let cursor: string | undefined
  do {
    const page = await listOnrampSessions({ actor, limit: 100, cursor, status })
    rows.push(...page.items.map(toRow))
    cursor = page.nextCursor ?? undefined
  } while (cursor && rows.length < maxRows)
  return stringify(rows, { header: true, columns, escape_formulas: true })
}

function toRow(session: OnrampSession): string[] {
  const delivery = session.transfers.findLast((transfer) => transfer.to === session.walletAddress)
  return [
    session.createdAt,
    session.id,
    session.status,
    session.quote.totalAmount,
    session.quote.sourceCurrency,
    session.quote.fees.map((fee) => `${fee.kind} ${fee.amount} ${fee.currency}`).join('; '),
    session.deliveredAmount ?? '',
    session.asset,
    session.network,
    session.walletAddress,
    delivery?.hash ?? '',
    session.deliveredAt ?? '',
    session.receiptUrl ?? '',
  ]
}
