import { Download, Link2, SearchX } from 'lucide-react'
import type { Metadata, Route } from 'next'
import { fromTheStart } from '#app/(account)/from-the-start.ts'
import { linkWallets } from '#app/(account)/links/link-wallets.ts'
import { requirePerson } from '#app/(account)/require-person.ts'
import { AccountPage } from '#components/account/account-page.tsx'
import { LiveRefresh } from '#components/activity/live-refresh.tsx'
import { Pager } from '#components/activity/pager.tsx'
import { StatusFilter } from '#components/activity/status-filter.tsx'
import { CreateLink } from '#components/links/create-link.tsx'
import { LinkList } from '#components/links/link-list.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { listLinks } from '#lib/links/list.ts'
import { linkStatuses } from '#lib/links/schema.ts'

export const metadata: Metadata = { title: 'Links', referrer: 'same-origin', robots: { index: false } }

const path = '/links'
const words: Record<string, string> = {
  open: 'Open',
  partly_paid: 'Partly paid',
  paid: 'Paid',
  cancelled: 'Cancelled',
  expired: 'Ended',
}

type LinksPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function LinksPage({ searchParams }: LinksPageProps) {
  const { status, cursor } = await searchParams
  const actor = await requirePerson(path)
  const known = linkStatuses.find((each) => each === status)
  const after = typeof cursor === 'string' ? cursor : undefined
  const [{ links, nextCursor }, wallets] = await Promise.all([
    fromTheStart(path, listLinks(actor, { status: known, ...(after ? { cursor: after } : {}) })),
    linkWallets(actor),
  ])
  const first = after === undefined
  const empty = links.length === 0 && !known && first
  const create = wallets.length > 0 ? <CreateLink wallets={wallets} /> : null
  return (
    <AccountPage
      title="Links"
      lead="Ask anybody to pay you, from any wallet, by a link or a code."
      action={!empty && create}
    >
      <LiveRefresh seconds={links.some(({ endedAt }) => endedAt === null) ? 5 : 15} />
      {!empty && (
        <div className="mb-4 flex flex-col justify-between gap-3 sm:flex-row sm:items-center">
          <StatusFilter path={path} statuses={linkStatuses} current={known} word={(each) => words[each] ?? each} />
          <a
            href={`/api/v1/links?format=csv${known ? `&status=${known}` : ''}`}
            download="causeway-links.csv"
            className={buttonStyle('secondary', 'sm', 'self-start sm:self-auto')}
          >
            <Download aria-hidden="true" className="size-4" /> Export CSV
          </a>
        </div>
      )}
      {links.length > 0 && <LinkList links={links} />}
      {empty && (
        <Card>
          <EmptyState
            icon={Link2}
            title="No links yet"
            action={create ?? <LinkButton href={'/wallets' as Route}>Add a wallet first</LinkButton>}
          >
            A link asks for an amount, or for any, into one of your wallets. Whoever opens it pays from their own.
          </EmptyState>
        </Card>
      )}
      {links.length === 0 && !empty && (
        <Card>
          <EmptyState
            icon={SearchX}
            title={known ? 'None with this status' : 'Nothing older'}
            action={
              <LinkButton href={path as Route} variant="secondary" size="sm">
                Show all
              </LinkButton>
            }
          >
            {known ? 'None of your links is in this state now.' : 'You have reached the end of the list.'}
          </EmptyState>
        </Card>
      )}
      <Pager path={path} query={{ status: known }} first={first} nextCursor={nextCursor} />
    </AccountPage>
  )
}
