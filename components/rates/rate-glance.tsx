'use client'

import { ArrowRight } from 'lucide-react'
import Link from 'next/link'
import { useMemo, useState } from 'react'
import { firstPair, pairQuery, ratesPath } from '#components/rates/pair-path.ts'
import { PriceNow } from '#components/rates/price-now.tsx'
import { historyPath } from '#components/rates/ranges.ts'
import { Sparkline } from '#components/rates/sparkline.tsx'
import { useLive } from '#components/rates/use-live.ts'
import { Card } from '#components/ui/card.tsx'
import { cx } from '#components/ui/cx.ts'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { type RateAsset, rateAssetCodes, rateAssets } from '#lib/rates/pairs.ts'
import type { CurrentRate, RateHistory, RateStats } from '#lib/rates/schema.ts'

/** What one asset costs now and where that was in a day, small: a line without a library, so that it costs a page nothing. */
export function RateGlance() {
  const [base, setBase] = useState<RateAsset>(firstPair.base)
  const pair = useMemo(() => ({ base, quote: firstPair.quote }), [base])
  const past = useMemo(() => historyPath(pair, '24h', Date.now(), 1), [pair])
  const current = useLive<CurrentRate>(`/api/v1/rates/current?${pairQuery(pair)}`, 60)
  const history = useLive<RateHistory>(past, 300)
  const stats = useLive<RateStats>(`/api/v1/rates/stats?${pairQuery(pair)}&period=24h`, 300)
  return (
    <Card className="p-4 sm:p-5">
      <div className="flex items-start justify-between gap-3">
        <fieldset className="-ml-1 flex min-w-0 flex-wrap gap-0.5">
          <legend className="sr-only">Asset</legend>
          {rateAssetCodes.map((code) => (
            <label
              key={code}
              title={rateAssets[code].label}
              className={cx(
                'relative cursor-pointer rounded-sm px-2 py-1 text-xs transition-colors has-focus-visible:outline-2 has-focus-visible:outline-tide',
                code === base ? 'bg-sunk font-medium text-ink' : 'text-ink-3 hover:text-ink',
              )}
            >
              <input
                type="radio"
                name="glance"
                value={code}
                checked={code === base}
                onChange={() => setBase(code)}
                className="absolute inset-x-0 top-0 h-1 cursor-pointer opacity-0"
              />
              {code}
            </label>
          ))}
        </fieldset>
        <Link
          href={ratesPath(pair)}
          prefetch={false}
          className="flex shrink-0 items-center gap-1 rounded-sm py-1 text-xs text-tide underline-offset-4 hover:underline"
        >
          All rates
          <ArrowRight aria-hidden="true" className="size-3.5" />
        </Link>
      </div>
      <div className="mt-3">
        <PriceNow pair={pair} current={current} change={stats.body?.changePercent ?? null} range="24h" compact />
      </div>
      <div className="mt-3 h-24">
        {history.body ? (
          <Sparkline history={history.body} current={current.body} />
        ) : history.failure ? (
          <p className="flex h-full items-center justify-center rounded-sm bg-sunk text-sm text-ink-3">
            No history to show now
          </p>
        ) : (
          <Skeleton className="h-full w-full opacity-40" />
        )}
      </div>
    </Card>
  )
}
