import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { acceptRate, forecastNow, saveMarkup } from '#app/(operator)/operate/actions.ts'
import { requireOperator } from '#app/(operator)/operate/require-operator.ts'
import { HeldRates } from '#components/operate/held-rates.tsx'
import { ForecastNow, RateForecasts } from '#components/operate/rate-forecasts.tsx'
import { RateGaps } from '#components/operate/rate-gaps.tsx'
import { RatePairs } from '#components/operate/rate-pairs.tsx'
import { RateSources } from '#components/operate/rate-sources.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { listForecasts } from '#lib/operate/forecasts.ts'
import { type DeskPair, listDeskPairs, listHeldRates, listRateGaps, listRateSources } from '#lib/operate/rates.ts'
import { freshMinutes } from '#lib/rates/pairs.ts'

export const metadata: Metadata = { title: 'Rates' }

export default async function RatesDeskPage() {
  const actor = await requireOperator()
  const [sources, pairs, held, gaps, forecasts] = await Promise.all([
    listRateSources({ actor }),
    listDeskPairs({ actor }),
    listHeldRates({ actor }),
    listRateGaps({ actor }),
    listForecasts({ actor }),
  ])
  return (
    <main id="main" className="flex flex-col gap-8">
      <h1 className="sr-only">Rates</h1>
      <Stale pairs={pairs} />
      <Section title="Sources">
        {sources.length === 0 ? (
          <Notice tone="attention" title="Nobody was asked yet">
            The worker asks every ten minutes. If nothing shows up here, it does not run: start it with npm run worker,
            or on Vercel see that its crons are called.
          </Notice>
        ) : (
          <RateSources sources={sources} />
        )}
      </Section>
      <Section title="Prices">
        <RatePairs pairs={pairs} save={saveMarkup} />
      </Section>
      <Section title="Held prices of 7 days">
        {held.length === 0 ? (
          <Notice tone="arrived" title="Nothing was held">
            A price that moves too far at once, or that another source contradicts, is held, and you are told.
          </Notice>
        ) : (
          <HeldRates held={held} accept={acceptRate} />
        )}
      </Section>
      <Section title="Gaps of 7 days">
        {gaps.length === 0 ? (
          <Notice tone="arrived" title="No ten minutes are missing">
            What is missing is fetched from CoinGecko’s history each hour.
          </Notice>
        ) : (
          <RateGaps gaps={gaps} pairs={pairs.length} />
        )}
      </Section>
      <Section title="Forecasts" action={<ForecastNow action={forecastNow} />}>
        {forecasts.length === 0 ? (
          <Notice tone="info" title="Nothing was foretold yet">
            Each night at 22:00 UTC every pair is forecast from its past year, and how good that has been is kept beside
            it.
          </Notice>
        ) : (
          <RateForecasts forecasts={forecasts} />
        )}
      </Section>
    </main>
  )
}

function Section({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-3">
      <div className="flex items-center justify-between gap-3">
        <h2 className="text-base">{title}</h2>
        {action}
      </div>
      {children}
    </section>
  )
}

/** What buyers are told at this moment, where a price is missing. */
function Stale({ pairs }: { pairs: DeskPair[] }) {
  const stale = pairs.filter(({ fresh }) => !fresh)
  if (stale.length === 0) return null
  return (
    <Notice tone="failed" title={stale.length === pairs.length ? 'No quotes are given' : 'Some quotes are not given'}>
      {stale.length === pairs.length ? 'No pair has a' : `${listOf(stale)}: there is no`} price from the last{' '}
      {freshMinutes} minutes. Buyers are told why, and purchases that were agreed go on. It ends by itself with the next
      price.
    </Notice>
  )
}

const listOf = (pairs: DeskPair[]): string => pairs.map(({ base, quote }) => `${base} in ${quote}`).join(', ')
