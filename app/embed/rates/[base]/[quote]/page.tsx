import type { Metadata } from 'next'
import { EmbeddedRate } from '#components/rates/embedded-rate.tsx'
import { allPairs, firstPair, pairOf } from '#components/rates/pair-path.ts'
import { rateAssets } from '#lib/rates/pairs.ts'

type Props = { params: Promise<{ base: string; quote: string }> }

export const dynamicParams = false

export function generateStaticParams(): { base: string; quote: string }[] {
  return allPairs
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { base, quote } = await params
  const pair = pairOf(base, quote) ?? firstPair
  return { title: `${rateAssets[pair.base].label} in ${pair.quote}`, robots: { index: false } }
}

export default async function Embedded({ params }: Props) {
  const { base, quote } = await params
  return (
    <main id="main" data-embedded className="flex h-dvh min-h-75 w-full flex-col bg-raised p-4">
      <EmbeddedRate pair={pairOf(base, quote) ?? firstPair} />
    </main>
  )
}
