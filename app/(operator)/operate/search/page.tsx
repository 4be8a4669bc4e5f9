import { SearchX } from 'lucide-react'
import type { Metadata, Route } from 'next'
import { redirect } from 'next/navigation'
import { readParams, type SearchParams } from '#app/(operator)/operate/params.ts'
import { requireOperator } from '#app/(operator)/operate/require-operator.ts'
import { DeskLink } from '#components/operate/desk-link.tsx'
import { DeskCell, DeskRow, DeskTable } from '#components/operate/desk-table.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { type FoundKind, find } from '#lib/operate/find.ts'

export const metadata: Metadata = { title: 'Search' }

const nouns: Record<FoundKind, string> = {
  session: 'Session',
  transfer: 'Transfer',
  payment: 'Payment',
  webhook: 'Webhook',
  job: 'Job',
  alert: 'Alert',
  finding: 'Finding',
  account: 'Operator',
  address: 'Address',
}

export default async function SearchPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireOperator()
  const { q = '' } = await readParams(searchParams, ['q'])
  const found = await find({ actor, text: q.slice(0, 200) })
  const [first, ...others] = found
  if (first && others.length === 0) redirect(first.path as Route)
  return (
    <main id="main">
      <h1 className="mb-3 text-base break-all">{q ? `Named ${q}` : 'Search'}</h1>
      {first ? (
        <DeskTable label="Found" columns={['Found', 'What', 'State', 'When']}>
          {found.map(({ kind, id, path, note, at }) => (
            <DeskRow key={`${kind} ${id} ${note}`}>
              <DeskCell>
                <DeskLink href={path}>
                  <span className="font-mono">{id.length === 36 ? id.slice(0, 8) : id}</span>
                </DeskLink>
              </DeskCell>
              <DeskCell>{nouns[kind]}</DeskCell>
              <DeskCell>
                <span className="text-ink-2">{note}</span>
              </DeskCell>
              <DeskCell>{at && <RelativeTime at={at} />}</DeskCell>
            </DeskRow>
          ))}
        </DeskTable>
      ) : (
        <Card>
          <EmptyState icon={SearchX} title={q ? 'Nothing by that name' : 'What are you looking for?'}>
            A search takes the whole of an id, ours or Stripe’s (cos_…, evt_…), an address, a transaction hash, a
            receipt’s number (CW-…) or a job’s, or a type of event.
          </EmptyState>
        </Card>
      )}
    </main>
  )
}
