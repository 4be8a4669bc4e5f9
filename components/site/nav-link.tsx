'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { cx } from '#components/ui/cx.ts'

/** A link of the header that knows when it is the page being looked at. */
export function NavLink({ href, children, className }: { href: Route; children: ReactNode; className?: string }) {
  const path = usePathname()
  const here = path === href || path.startsWith(`${href}/`)
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={here ? 'page' : undefined}
      className={cx(
        'rounded-sm px-3 py-2 text-sm text-ink-2 transition-colors hover:text-ink aria-[current=page]:font-medium aria-[current=page]:text-ink',
        className,
      )}
    >
      {children}
    </Link>
  )
}
