import type { Metadata } from 'next'
import { PayStatus } from '#components/onramp/pay-status.tsx'

export const metadata: Metadata = {
  title: 'Your payment',
  robots: { index: false, follow: false },
}

export default async function Pay({ params }: { params: Promise<{ sessionId: string }> }) {
  const { sessionId } = await params
  return (
    <main id="main" className="mx-auto w-full max-w-224 px-4 py-6 sm:px-6 sm:py-12">
      <PayStatus key={sessionId} id={sessionId} />
    </main>
  )
}
