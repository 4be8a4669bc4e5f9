'use client'

import { ArrowDownRight, ArrowRight, ArrowUpRight } from 'lucide-react'
import { PriceAge } from '#components/rates/price-age.tsx'
import { type RangeName, ranges } from '#components/rates/ranges.ts'
import { showChange, showRate } from '#components/rates/show-rate.ts'
import type { Live } from '#components/rates/use-live.ts'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { Notice } from '#components/ui/notice.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { useLocale } from '#components/ui/use-locale.ts'
import { type Pair, rateAssets } from '#lib/rates/pairs.ts'
import type { CurrentRate } from '#lib/rates/schema.ts'

type PriceNowProps = {
  pair: Pair
  current: Live<CurrentRate>
  /** From the beginning of the range until now, in per cent. */
  change: string | number | null
  range: RangeName
  /** Where there is little room: no heading of its own, and fewer words. */
  compact?: boolean
}

/** What the asset costs, how that changed, and how old it is. It keeps its height while numbers come and go. */
export function PriceNow({ pair, current, change, range, compact = false }: PriceNowProps) {
  const locale = useLocale()
  const { body, failure, retry } = current
  const Heading = compact ? 'p' : 'h1'
  const size = compact ? 'text-xl' : 'text-2xl'
  return (
    <div>
      <Heading className="flex items-baseline gap-2 text-base font-medium">
        {rateAssets[pair.base].label}
        <span className="text-sm font-normal text-ink-3">
          {pair.base} in {pair.quote}
        </span>
      </Heading>
      <div
        className={cx(
          'mt-1 flex gap-x-4 gap-y-1',
          compact ? 'min-h-9 flex-wrap items-end' : 'min-h-19 flex-col sm:min-h-12 sm:flex-row sm:items-end',
        )}
      >
        {body ? (
          <data
            value={`${body.price} ${pair.quote}`}
            className={cx('font-semibold tracking-tight tabular-nums', size, failure && 'text-ink-2')}
          >
            {showRate(body.price, pair.quote, locale)}
          </data>
        ) : failure ? (
          <span className={cx('font-semibold tracking-tight text-ink-3', size)}>No price</span>
        ) : (
          <Skeleton className={cx('mb-1 max-w-full', compact ? 'h-7 w-44' : 'h-9 w-64')} />
        )}
        {body && change !== null && <Change percent={Number(change)} range={range} />}
      </div>
      <div className={cx('mt-1.5', compact ? 'min-h-6' : 'min-h-11 sm:min-h-6')}>
        {body ? (
          <PriceAge rate={body} short={compact} />
        ) : (
          !failure && <Skeleton className="mt-1.5 h-4 w-72 max-w-full" />
        )}
      </div>
      {failure && compact && <p className="text-sm text-ink-3">{title(failure.code, body !== null)}</p>}
      {failure && !compact && (
        <Notice
          tone={failure.code === 'rate_missing' ? 'info' : 'failed'}
          title={title(failure.code, body !== null)}
          announce
          className="mt-3"
          action={
            failure.code === 'rate_missing' ? undefined : (
              <Button variant="secondary" size="sm" onClick={retry}>
                Ask again
              </Button>
            )
          }
        >
          {failure.detail} This page asks again by itself.
        </Notice>
      )}
    </div>
  )
}

function title(code: string, known: boolean): string {
  if (code === 'rate_missing') return 'There is no price of this pair yet.'
  return known ? 'The price is not being updated just now.' : 'The price could not be loaded.'
}

/** A change in words, a direction and a colour. */
export function Change({ percent, range }: { percent: number; range: RangeName }) {
  const locale = useLocale()
  const written = showChange(percent, locale)
  const still = !/^[+−]/.test(written)
  const Icon = still ? ArrowRight : percent > 0 ? ArrowUpRight : ArrowDownRight
  return (
    <span
      className={cx(
        'mb-1 inline-flex items-center gap-1 text-sm font-medium tabular-nums',
        still ? 'text-ink-2' : percent > 0 ? 'text-moss' : 'text-brick',
      )}
    >
      <Icon aria-hidden="true" className="size-4" />
      {written}
      <span className="font-normal text-ink-3">in {range === '1y' ? 'a year' : ranges[range].words}</span>
    </span>
  )
}
