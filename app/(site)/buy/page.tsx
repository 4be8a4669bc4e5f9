import type { Metadata } from 'next'
import { BuyCard } from '#components/onramp/buy-card.tsx'

export const metadata: Metadata = {
  title: 'Buy',
  description: 'Buy MUSD on Mezo or USDC with a card, and see every fee before you pay.',
}

export default function Buy() {
  return (
    <main id="main" className="mx-auto w-full max-w-115 px-4 py-6 sm:py-12">
      <h1 className="sr-only">Buy stablecoins with a card</h1>
      <BuyCard />
      <noscript>
        <p className="mt-4 text-sm text-ink-2">Prices change by the minute, so this page needs JavaScript.</p>
      </noscript>
    </main>
  )
}
