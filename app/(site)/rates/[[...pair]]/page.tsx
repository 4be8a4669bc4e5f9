import type { Metadata } from 'next'
import { allPairs, firstPair, pairOf } from '#components/rates/pair-path.ts'
import { RatesView } from '#components/rates/rates-view.tsx'
import { rateAssets } from '#lib/rates/pairs.ts'

type Props = { params: Promise<{ pair?: string[] }> }

export const dynamicParams = false

export function generateStaticParams(): { pair: string[] }[] {
  return [{ pair: [] }, ...allPairs.map(({ base, quote }) => ({ pair: [base, quote] }))]
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { pair: [base, quote] = [] } = await params
  const pair = pairOf(base, quote) ?? firstPair
  return {
    title: `${rateAssets[pair.base].label} in ${pair.quote}`,
    description: `What ${pair.base} costs in ${pair.quote}, how old that price is, where it was, and a forecast with its record.`,
  }
}

export default function Rates() {
  return (
    <main id="main" className="mx-auto w-full max-w-280 px-4 py-6 sm:px-6 sm:py-10">
      <RatesView />
      <noscript>
        <p className="mt-4 text-sm text-ink-2">Prices change by the minute, so this page needs JavaScript.</p>
      </noscript>
    </main>
  )
}
