import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'
import type { Asset, Network } from '#lib/money/assets.ts'
import { type DeskSession, deskColumns, toDeskSession } from '#lib/onramp/search.ts'
import { sessionColumns, showAmount } from '#lib/onramp/session.ts'

export type LedgerLine = {
  kind: string
  status: string
  account: string
  network: string
  asset: string
  amount: string
  at: string
}
export type AuditLine = { at: string; actor: string; action: string }
export type DeskSessionDetail = DeskSession & { ledger: LedgerLine[]; audit: AuditLine[] }

/** One session with its ledger lines and audit entries. What the caller may not see is left out by row-level security. */
export async function getDeskSession({ actor, id }: { actor: Actor; id: string }): Promise<DeskSessionDetail> {
  if (!z.uuid().safeParse(id).success) throw notFound('session')
  const [row] = await as(actor)(
    (sql) => sql`select ${sessionColumns(sql)}, ${deskColumns(sql)},
        (select coalesce(jsonb_agg(jsonb_build_object('kind', l.kind, 'status', l.status, 'account', a.kind, 'network', a.network,
             'asset', a.asset, 'amount', e.amount::text, 'at', l.created_at) order by l.created_at, a.kind), '[]')
           from public.ledger_transfers l join public.ledger_entries e on e.transfer_id = l.id
           join public.ledger_accounts a on a.id = e.account_id where l.subject = s.id) as ledger,
        (select coalesce(jsonb_agg(jsonb_build_object('at', u.at, 'actor', u.actor, 'action', u.action) order by u.at), '[]')
           from public.audit_log u where u.subject = s.id::text) as audit
      from public.onramp_sessions s where s.id = ${id}`,
  )
  if (!row) throw notFound('session')
  const signed = (units: string, asset: Asset, network: Network) =>
    units.startsWith('-') ? `-${showAmount(units.slice(1), asset, network)}` : showAmount(units, asset, network)
  return {
    ...toDeskSession(row),
    ledger: row.ledger.map((line: LedgerLine) => ({
      ...line,
      amount: signed(line.amount, line.asset as Asset, line.network as Network),
    })),
    audit: row.audit,
  }
}
