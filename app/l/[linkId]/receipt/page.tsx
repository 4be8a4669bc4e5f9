import { ArrowLeft } from 'lucide-react'
import type { Metadata, Route } from 'next'
import Link from 'next/link'
import { connection } from 'next/server'
import { orNotFound } from '#app/or-not-found.ts'
import { LinkReceipt } from '#components/links/link-receipt.tsx'
import { getLinkReceipt } from '#lib/links/receipt.ts'

export const metadata: Metadata = { title: 'Receipt', robots: { index: false, follow: false } }

export default async function LinkReceiptPage({ params }: { params: Promise<{ linkId: string }> }) {
  await connection()
  const { linkId } = await params
  const receipt = await orNotFound(getLinkReceipt({ role: 'anon' }, linkId))
  return (
    <main id="main" className="mx-auto w-full max-w-180 px-4 py-6 sm:py-10 print:max-w-none print:p-0">
      <Link
        href={`/l/${linkId}` as Route}
        prefetch={false}
        data-screen-only
        className="mb-4 inline-flex items-center gap-1.5 rounded-sm text-sm text-ink-2 hover:text-ink"
      >
        <ArrowLeft aria-hidden="true" className="size-4" /> The link
      </Link>
      <LinkReceipt receipt={receipt} />
    </main>
  )
}
