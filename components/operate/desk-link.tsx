import type { Route } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'

/** Opens its row. `j` and `k` move the focus from one of these to the next, and Enter opens, as with any link. */
export function DeskLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href as Route}
      prefetch={false}
      data-desk-open
      className="inline-block max-w-60 truncate align-bottom font-medium underline decoration-edge underline-offset-4 hover:decoration-ink"
    >
      {children}
    </Link>
  )
}
