import type { Metadata } from 'next'
import { ReceiptPage } from '#components/receipts/receipt-page.tsx'

export const metadata: Metadata = {
  title: 'Receipt',
  robots: { index: false, follow: false },
}

export default async function Receipt({ params }: { params: Promise<{ receiptId: string }> }) {
  const { receiptId } = await params
  return (
    <main id="main" className="mx-auto w-full max-w-180 px-4 py-6 sm:py-10 print:max-w-none print:p-0">
      <ReceiptPage key={receiptId} id={receiptId} />
    </main>
  )
}
