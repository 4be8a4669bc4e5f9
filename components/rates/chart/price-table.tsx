'use client'

import type { Moment } from '#components/rates/chart/moments.ts'
import { momentWords } from '#components/rates/chart/words.ts'
import { historyPath, type RangeName, ranges } from '#components/rates/ranges.ts'
import { showRate } from '#components/rates/show-rate.ts'
import { serverTime } from '#components/rates/use-live.ts'
import { useLocale } from '#components/ui/use-locale.ts'
import { useNow } from '#components/ui/use-now.ts'
import type { Pair } from '#lib/rates/pairs.ts'

const every: Record<RangeName, string> = { '24h': 'hour', '7d': 'six hours', '30d': 'day', '1y': 'week' }

/** The chart as a table, for whoever would rather read it: every so many of its prices, the newest first. */
export function PriceTable({ pair, range, moments }: { pair: Pair; range: RangeName; moments: Moment[] }) {
  const locale = useLocale()
  const now = useNow()
  const words = momentWords(range, locale)
  const { tableEvery, seconds } = ranges[range]
  const prices = moments.filter(({ price }) => price !== null).toReversed()
  const first = (prices[0]?.time ?? 0) - seconds
  const rows = prices.filter(({ time }, index) => time >= first && index % tableEvery === 0)
  return (
    <details className="mt-1 text-sm">
      <summary className="w-fit cursor-pointer rounded-sm text-xs text-ink-3 hover:text-ink">
        The same as a table
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable without a mouse. */}
      <section aria-label="The prices" tabIndex={0} className="mt-2 max-h-80 overflow-y-auto rounded-sm">
        <table className="w-full text-left tabular-nums">
          <caption className="pb-2 text-left text-ink-3">
            {`${pair.base} in ${pair.quote}, one price for every ${every[range]} of the last ${ranges[range].words}.`}
          </caption>
          <thead className="sticky top-0 bg-raised text-ink-3">
            <tr>
              <th className="py-1 font-normal">{range === '1y' ? 'Day (UTC)' : 'When'}</th>
              <th className="py-1 pr-2 text-right font-normal">Price</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {rows.map(({ time, price, exact }) => (
              <tr key={time}>
                <td className="py-1">{words.exact(time)}</td>
                <td className="py-1 pr-2 text-right">{showRate(exact ?? price ?? 0, pair.quote, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {now !== null && (
        <a
          href={historyPath(pair, range, serverTime(now))}
          className="mt-2 inline-block rounded-sm text-xs text-tide underline underline-offset-4"
        >
          Every price, as JSON
        </a>
      )}
    </details>
  )
}
