import { ArrowLeft } from 'lucide-react'
import type { Metadata, Route } from 'next'
import Link from 'next/link'
import { requirePerson } from '#app/(account)/require-person.ts'
import { orNotFound } from '#app/or-not-found.ts'
import { LiveRefresh } from '#components/activity/live-refresh.tsx'
import { OwnLink } from '#components/links/own-link.tsx'
import { getOwnLink } from '#lib/links/get-own.ts'

export const metadata: Metadata = { title: 'Link', referrer: 'same-origin', robots: { index: false } }

export default async function OwnLinkPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const actor = await requirePerson(`/links/${id}`)
  const link = await orNotFound(getOwnLink(actor, id))
  return (
    <main id="main" className="mx-auto w-full max-w-280 px-4 py-6 sm:px-6 sm:py-8">
      <LiveRefresh seconds={link.endedAt === null ? 3 : 15} />
      <Link
        href={'/links' as Route}
        prefetch={false}
        className="mb-4 inline-flex items-center gap-1.5 rounded-sm text-sm text-ink-2 hover:text-ink"
      >
        <ArrowLeft aria-hidden="true" className="size-4" /> Links
      </Link>
      <OwnLink link={link} />
    </main>
  )
}
