import { ArrowLeft } from 'lucide-react'
import type { Metadata, Route } from 'next'
import Link from 'next/link'
import { requirePerson } from '#app/(account)/require-person.ts'
import { orNotFound } from '#app/or-not-found.ts'
import { IntentView } from '#components/intents/intent-view.tsx'
import { getIntent } from '#lib/intents/get.ts'

export const metadata: Metadata = { title: 'Payment', referrer: 'same-origin', robots: { index: false } }

export default async function IntentPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const actor = await requirePerson(`/intents/${id}`)
  const intent = await orNotFound(getIntent(actor, id))
  return (
    <main id="main" className="mx-auto w-full max-w-280 px-4 py-6 sm:px-6 sm:py-8">
      <Link
        href={'/intents' as Route}
        prefetch={false}
        className="mb-4 inline-flex items-center gap-1.5 rounded-sm text-sm text-ink-2 hover:text-ink"
      >
        <ArrowLeft aria-hidden="true" className="size-4" /> Payments
      </Link>
      <IntentView key={id} intent={intent} />
    </main>
  )
}
