import type { Route } from 'next'
import Link from 'next/link'
import { sessionWord } from '#components/activity/session-badge.tsx'

type StatusFilterProps = {
  path: string
  statuses: readonly string[]
  current: string | undefined
  /** How a status is called; a session's, unless told otherwise. */
  word?: (status: string) => string
}

const style =
  'inline-flex h-9 items-center rounded-sm px-3 text-sm whitespace-nowrap text-ink-2 hover:bg-sunk hover:text-ink aria-[current=true]:bg-tide-soft aria-[current=true]:font-medium aria-[current=true]:text-tide'

/** Links that narrow a list to one status. On a phone they scroll sideways. */
export function StatusFilter({ path, statuses, current, word = sessionWord }: StatusFilterProps) {
  return (
    <nav aria-label="Status" className="-mx-4 overflow-x-auto px-4 sm:mx-0 sm:px-0">
      <ul className="flex gap-1">
        <li>
          <Link href={path as Route} aria-current={current === undefined} className={style}>
            All
          </Link>
        </li>
        {statuses.map((status) => (
          <li key={status}>
            <Link href={`${path}?status=${status}` as Route} aria-current={status === current} className={style}>
              {word(status)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
