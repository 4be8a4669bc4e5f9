import { ScrollText, X } from 'lucide-react'
import type { Metadata, Route } from 'next'
import Link from 'next/link'
import { orFromTheBeginning, readParams, type SearchParams } from '#app/(operator)/operate/params.ts'
import { requireOperator } from '#app/(operator)/operate/require-operator.ts'
import { Pager } from '#components/activity/pager.tsx'
import { AuditRows } from '#components/operate/audit-rows.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { listAudit, listAuditActions } from '#lib/operate/audit.ts'

export const metadata: Metadata = { title: 'Audit' }

const path = '/operate/audit'
const names = ['by', 'action', 'subject'] as const
const words = { by: 'Who', action: 'What', subject: 'To what' }

type Query = Partial<Record<(typeof names)[number], string>>

const addressOf = (query: Query): Route => `${path}?${new URLSearchParams(query)}` as Route

export default async function AuditPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireOperator()
  const { cursor, ...query } = await readParams(searchParams, [...names, 'cursor'])
  const [actions, { items, nextCursor }] = await Promise.all([
    listAuditActions({ actor }),
    orFromTheBeginning(path, () => listAudit({ actor, ...query, ...(cursor ? { cursor } : {}) })),
  ])
  return (
    <main id="main">
      <h1 className="sr-only">Audit</h1>
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <Narrowed query={query} />
        {!query.action && <Actions actions={actions} query={query} />}
      </div>
      {items.length === 0 ? (
        <Card>
          <EmptyState icon={ScrollText} title={Object.keys(query).length > 0 ? 'None like this' : 'Nothing done yet'}>
            Whatever an operator does here is written down with their name, in the same step as the change, and is never
            edited.
          </EmptyState>
        </Card>
      ) : (
        <AuditRows entries={items} />
      )}
      <Pager path={path} query={query} first={!cursor} nextCursor={nextCursor} />
    </main>
  )
}

/** By what the list is narrowed, each with a way to take it away. */
function Narrowed({ query }: { query: Query }) {
  return names.map((name) => {
    const value = query[name]
    if (!value) return null
    const { [name]: _, ...rest } = query
    return (
      <Link
        key={name}
        href={addressOf(rest)}
        className="inline-flex h-9 max-w-full items-center gap-2 rounded-sm bg-tide-soft px-3 text-sm text-tide hover:bg-sunk"
      >
        <span className="truncate">
          {words[name]}: <span className="font-mono">{value}</span>
        </span>
        <X aria-hidden="true" className="size-3.5 shrink-0" />
        <span className="sr-only">Show all</span>
      </Link>
    )
  })
}

function Actions({ actions, query }: { actions: string[]; query: Query }) {
  return (
    <nav aria-label="Actions" className="flex flex-wrap gap-1">
      {actions.map((action) => (
        <Link
          key={action}
          href={addressOf({ ...query, action })}
          className="inline-flex h-9 items-center rounded-sm px-3 font-mono text-xs text-ink-2 hover:bg-sunk hover:text-ink"
        >
          {action}
        </Link>
      ))}
    </nav>
  )
}
