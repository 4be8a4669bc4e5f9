import { stringify } from 'csv-stringify/sync'
import type { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { type ListLinksInput, listLinks } from '#lib/links/list.ts'
import type { OwnLink } from '#lib/links/schema.ts'

const columns = [
  'created_at',
  'id',
  'status',
  'note',
  'asked',
  'received',
  'asset',
  'network',
  'address',
  'expires_at',
  'ended_at',
  'transactions',
  'url',
]

const maxRows = 10_000

/** All links of a person as CSV, newest first, at most 10,000. Texts that a spreadsheet would take for a formula are escaped. */
export async function linksCsv(actor: Actor, query: Pick<z.input<typeof ListLinksInput>, 'status'>): Promise<string> {
  const rows: string[][] = []
  let cursor: string | undefined
  do {
    const page = await listLinks(actor, { ...query, limit: 100, ...(cursor ? { cursor } : {}) })
    rows.push(...page.links.map(toRow))
    cursor = page.nextCursor ?? undefined
  } while (cursor && rows.length < maxRows)
  return stringify(rows, { header: true, columns, escape_formulas: true })
}

function toRow(link: OwnLink): string[] {
  return [
    link.createdAt,
    link.id,
    link.status,
    link.note,
    link.amount ?? '',
    link.received,
    link.asset,
    link.network,
    link.address,
    link.expiresAt ?? '',
    link.endedAt ?? '',
    link.payments.map(({ hash }) => hash).join(' '),
    link.url,
  ]
}
