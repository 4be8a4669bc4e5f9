import type { Route } from 'next'
import { LinkButton } from '#components/ui/link-button.tsx'

type PagerProps = {
  path: string
  /** What narrows the list, kept from page to page. */
  query: Record<string, string | undefined>
  /** Whether this is the list's beginning. */
  first: boolean
  nextCursor: string | null
}

function address(path: string, query: Record<string, string | undefined>): Route {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]))
  const text = new URLSearchParams(given).toString()
  return (text === '' ? path : `${path}?${text}`) as Route
}

/** To the older rows, and back to the newest. Nothing at all when everything fits on one page. */
export function Pager({ path, query, first, nextCursor }: PagerProps) {
  if (first && !nextCursor) return null
  return (
    <nav aria-label="Pages" className="mt-4 flex justify-end gap-2">
      {!first && (
        <LinkButton href={address(path, query)} variant="quiet" size="sm">
          Newest
        </LinkButton>
      )}
      {nextCursor && (
        <LinkButton href={address(path, { ...query, cursor: nextCursor })} variant="secondary" size="sm">
          Older
        </LinkButton>
      )}
    </nav>
  )
}
