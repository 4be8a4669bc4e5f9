import type { Route } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'

const style =
  'inline-block max-w-90 truncate align-bottom underline decoration-edge underline-offset-4 hover:decoration-ink'

type DeskLinkProps = { href: string; children: ReactNode }

/** Opens its row. `j` and `k` move the focus from one of these to the next, and Enter opens, as with any link. */
export function DeskLink({ href, children }: DeskLinkProps) {
  return (
    <Link href={href as Route} prefetch={false} data-desk-open className={`${style} font-medium`}>
      {children}
    </Link>
  )
}

/** Leads from a row to something else that it names. */
export function AsideLink({ href, children }: DeskLinkProps) {
  return (
    <Link href={href as Route} prefetch={false} className={style}>
      {children}
    </Link>
  )
}
