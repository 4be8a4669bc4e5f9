'use client'

import { type MouseEvent, type ReactNode, useEffect, useRef } from 'react'
import { ratesPath } from '#components/rates/pair-path.ts'
import { showRate } from '#components/rates/show-rate.ts'
import type { Live } from '#components/rates/use-live.ts'
import { cx } from '#components/ui/cx.ts'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { useLocale } from '#components/ui/use-locale.ts'
import { type Pair, rateAssetCodes, rateAssets, rateCurrencies, rateCurrencyCodes } from '#lib/rates/pairs.ts'
import type { RateAssets } from '#lib/rates/schema.ts'

/** Five assets with what each costs, and three currencies. Links, so that each pair has an address to keep and to send. */
export function PairSwitch({ pair, assets }: { pair: Pair; assets: Live<RateAssets> }) {
  const locale = useLocale()
  const strip = useRef<HTMLElement>(null)
  // On a phone the strip is wider than the screen, and what is looked at may lie beyond its edge.
  useEffect(() => {
    const chosen = strip.current?.querySelector(`[data-asset="${pair.base}"]`)
    if (strip.current && chosen instanceof HTMLElement) {
      strip.current.scrollLeft = chosen.offsetLeft - (strip.current.clientWidth - chosen.offsetWidth) / 2
    }
  }, [pair.base])
  return (
    <div className="flex flex-col gap-3 lg:flex-row lg:items-center">
      <nav
        ref={strip}
        aria-label="Asset"
        className="relative -mx-4 min-w-0 flex-1 overflow-x-auto px-4 py-1 sm:mx-0 sm:px-0"
      >
        <ul className="flex w-max gap-2 lg:grid lg:w-full lg:grid-cols-5">
          {rateAssetCodes.map((base) => {
            const here = base === pair.base
            const current = assets.body?.pairs.find((each) => each.base === base && each.quote === pair.quote)?.current
            return (
              <li key={base} data-asset={base}>
                <PairLink
                  to={{ base, quote: pair.quote }}
                  here={here}
                  className={cx(
                    'block min-w-34 rounded-md border px-3.5 py-2 transition-colors',
                    here ? 'border-tide bg-tide-soft' : 'border-line bg-raised hover:border-edge',
                  )}
                >
                  <span className="flex items-baseline justify-between gap-3">
                    <span className={cx('text-sm font-medium', here && 'text-tide')}>{base}</span>
                    <span className="truncate text-xs text-ink-3">{rateAssets[base].label}</span>
                  </span>
                  <span className="mt-0.5 flex h-5 items-center text-sm text-ink-2 tabular-nums">
                    {current ? (
                      showRate(current.price, pair.quote, locale)
                    ) : assets.body || assets.failure ? (
                      <span className="text-ink-3">No price</span>
                    ) : (
                      <Skeleton className="h-3.5 w-20" />
                    )}
                  </span>
                </PairLink>
              </li>
            )
          })}
        </ul>
      </nav>
      <nav aria-label="Currency">
        <ul className="grid grid-cols-3 gap-1 rounded-md bg-sunk p-1 lg:w-48">
          {rateCurrencyCodes.map((quote) => {
            const here = quote === pair.quote
            return (
              <li key={quote}>
                <PairLink
                  to={{ base: pair.base, quote }}
                  here={here}
                  title={rateCurrencies[quote].label}
                  className={cx(
                    'flex min-h-10 items-center justify-center rounded-sm text-sm transition-colors',
                    here ? 'bg-lifted font-medium text-ink shadow-card' : 'text-ink-2 hover:text-ink',
                  )}
                >
                  {quote}
                </PairLink>
              </li>
            )
          })}
        </ul>
      </nav>
    </div>
  )
}

type PairLinkProps = { to: Pair; here: boolean; title?: string; className: string; children: ReactNode }

/** Changes the address in place: every pair is the same page with other numbers in it, so nothing is loaded anew. */
function PairLink({ to, here, title, className, children }: PairLinkProps) {
  const href = ratesPath(to)
  const go = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return
    event.preventDefault()
    if (!here) window.history.pushState(null, '', href)
  }
  return (
    <a href={href} title={title} aria-current={here ? 'page' : undefined} onClick={go} className={className}>
      {children}
    </a>
  )
}
