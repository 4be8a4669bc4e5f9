import { stringify } from 'csv-stringify/sync'
import type { AgentActor, PersonActor } from '#lib/auth/actor.ts'
import { type ListIntentsInput, listIntents } from '#lib/intents/list.ts'
import type { Intent } from '#lib/intents/schema.ts'

const columns = [
  'created_at',
  'id',
  'status',
  'agent',
  'amount',
  'asset',
  'network',
  'recipient',
  'recipient_address',
  'purpose',
  'reason',
  'finalized_at',
]

const maxRows = 10_000

/**
 * The payments of a list as CSV, newest first, at most 10,000. Texts that a spreadsheet would take for a formula are escaped.
 */
export async function intentsCsv(
  actor: PersonActor | AgentActor,
  filter: Omit<ListIntentsInput, 'cursor' | 'limit'> = {},
): Promise<string> {
  const rows: string[][] = []
  let cursor: string | undefined
  do {
    const page = await listIntents(actor, { ...filter, limit: 100, cursor })
    rows.push(...page.intents.map(toRow))
    cursor = page.nextCursor ?? undefined
  } while (cursor && rows.length < maxRows)
  return stringify(rows, { header: true, columns, escape_formulas: true })
}

function toRow(intent: Intent): string[] {
  return [
    intent.createdAt,
    intent.id,
    intent.status,
    intent.agentName ?? '',
    intent.amount,
    intent.asset,
    intent.network,
    intent.recipient,
    intent.recipientAddress,
    intent.purpose,
    intent.reason ?? '',
    intent.finalizedAt ?? '',
  ]
}
