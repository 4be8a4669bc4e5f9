'use client'

import { Clock, TriangleAlert } from 'lucide-react'
import { showAge } from '#components/rates/show-rate.ts'
import { sourceName } from '#components/rates/source-name.ts'
import { serverTime } from '#components/rates/use-live.ts'
import { cx } from '#components/ui/cx.ts'
import { formatExact } from '#components/ui/format-time.ts'
import { useLocale } from '#components/ui/use-locale.ts'
import { useNow } from '#components/ui/use-now.ts'
import { freshMinutes } from '#lib/rates/pairs.ts'
import type { CurrentRate } from '#lib/rates/schema.ts'

type Aged = Pick<CurrentRate, 'at' | 'freshUntil' | 'stale' | 'sources' | 'spreadBasisPoints'>

/** How old a price is, by the server’s clock, and who said it; plainly, once it is too old to be quoted. */
export function PriceAge({ rate, short = false }: { rate: Aged; short?: boolean }) {
  const locale = useLocale()
  const now = useNow()
  const age = now === null ? 0 : Math.max(0, (serverTime(now) - Date.parse(rate.at)) / 1000)
  const stale = rate.stale || (now !== null && serverTime(now) >= Date.parse(rate.freshUntil))
  const Icon = stale ? TriangleAlert : Clock
  return (
    <p className={cx('flex items-start gap-1.5 text-sm', stale ? 'text-lamp' : 'text-ink-3')}>
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span className="tabular-nums">
        {stale ? 'Stale: seen ' : 'Seen '}
        <time dateTime={rate.at} title={formatExact(new Date(rate.at), locale)}>
          {showAge(age)}
        </time>
        {!short && ` by ${sourcesOf(rate)}`}
        {stale && !short && (age < freshMinutes * 60 ? filledIn : tooOld)}
      </span>
    </p>
  )
}

const tooOld = `. Prices older than ${freshMinutes} minutes are not quoted; the next one is on its way.`
const filledIn = '. It was filled in afterwards, and is not quoted; the next one is on its way.'

function sourcesOf({ sources, spreadBasisPoints }: Aged): string {
  const list = sources.map(sourceName).join(' and ')
  if (sources.length < 2) return list
  return `${list}, ${spreadBasisPoints === 0 ? 'who agree' : `${(spreadBasisPoints / 100).toFixed(2)}% apart`}`
}
