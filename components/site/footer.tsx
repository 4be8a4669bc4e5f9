import type { Route } from 'next'
import Link from 'next/link'
import { Mark } from '#components/site/mark.tsx'
import { cx } from '#components/ui/cx.ts'

const linkStyle = 'rounded-sm hover:text-ink underline-offset-4 hover:underline'

/** The foot of every page: what Causeway is not, and where the rest is. */
export function Footer({ wide = false }: { wide?: boolean }) {
  return (
    <footer data-screen-only className="mt-auto border-line border-t">
      <div
        className={cx(
          'mx-auto flex w-full flex-col gap-6 px-4 py-8 text-sm text-ink-3 sm:flex-row sm:items-start sm:justify-between sm:px-6',
          wide ? 'max-w-360' : 'max-w-280',
        )}
      >
        <div className="flex max-w-120 gap-3">
          <Mark className="mt-0.5 size-5 shrink-0" />
          <p>
            Open source, under Apache 2.0. Card payments are taken by Stripe; Causeway never sees a card number and
            never holds the keys of your wallet.
          </p>
        </div>
        <nav aria-label="Footer" className="flex gap-5">
          <Link href={'/buy' as Route} prefetch={false} className={linkStyle}>
            Buy
          </Link>
          <Link href={'/rates' as Route} prefetch={false} className={linkStyle}>
            Rates
          </Link>
          <Link href={'/activity' as Route} prefetch={false} className={linkStyle}>
            Activity
          </Link>
          <Link href={'/docs/api' as Route} prefetch={false} className={linkStyle}>
            API
          </Link>
          <a href="/api/health" className={linkStyle}>
            Health
          </a>
        </nav>
      </div>
    </footer>
  )
}
