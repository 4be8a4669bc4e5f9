import type { Route } from 'next'
import Link from 'next/link'
import { AccountLink } from '#components/site/account-link.tsx'
import { Mark } from '#components/site/mark.tsx'
import { NavLink } from '#components/site/nav-link.tsx'
import { PhoneMenu } from '#components/site/phone-menu.tsx'
import { cx } from '#components/ui/cx.ts'

/** The top of every page. Static HTML; only its last link asks who is signed in. */
export function Header({ wide = false }: { wide?: boolean }) {
  return (
    <header data-screen-only className="border-line border-b">
      <div className={cx('mx-auto flex h-16 w-full items-center gap-1 px-4 sm:px-6', wide ? 'max-w-360' : 'max-w-280')}>
        <Link
          href="/"
          prefetch={false}
          className="mr-2 flex items-center gap-2 rounded-sm font-semibold tracking-tight sm:mr-5"
        >
          <Mark className="size-6 text-tide" />
          {/* On a narrow phone the mark stands for the name. */}
          <span className="max-[26.5rem]:sr-only">Causeway</span>
        </Link>
        <nav aria-label="Main" className="flex min-w-0 flex-1 items-center">
          <NavLink href={'/buy' as Route}>Buy</NavLink>
          <NavLink href={'/rates' as Route}>Rates</NavLink>
          <NavLink href={'/agents' as Route} className="max-sm:hidden">
            Agents
          </NavLink>
          <NavLink href={'/activity' as Route} className="max-sm:hidden">
            Activity
          </NavLink>
        </nav>
        <AccountLink />
        <PhoneMenu />
      </div>
    </header>
  )
}
