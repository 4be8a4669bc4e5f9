'use client'

import { CircleUser, SlidersHorizontal } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { useMe } from '#components/site/use-me.ts'
import { buttonStyle } from '#components/ui/button-style.ts'

/**
 * The end of the header: "Sign in" for a guest, and in the same place and size the way to the account once the browser
 * knows who it is.
 */
export function AccountLink() {
  const me = useMe()
  if (!me) {
    return (
      <Link href={'/sign-in' as Route} prefetch={false} className={buttonStyle('secondary', 'sm')}>
        Sign in
      </Link>
    )
  }
  const name = me.email ?? (me.address ? `${me.address.slice(0, 6)}…${me.address.slice(-4)}` : 'Account')
  return (
    <>
      {me.operator && (
        <Link href={'/operate' as Route} prefetch={false} title="Operate" className={buttonStyle('quiet', 'sm')}>
          <SlidersHorizontal aria-hidden="true" className="size-4 sm:hidden" />
          <span className="max-sm:sr-only">Operate</span>
        </Link>
      )}
      <Link
        href={'/dashboard' as Route}
        prefetch={false}
        title={name}
        className={buttonStyle('secondary', 'sm', 'max-w-48 animate-arrive')}
      >
        <CircleUser aria-hidden="true" className="size-4 shrink-0" />
        <span className="truncate max-sm:sr-only">{name}</span>
      </Link>
    </>
  )
}
