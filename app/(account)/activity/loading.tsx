import { Skeleton } from '#components/ui/skeleton.tsx'

export default function Loading() {
  return (
    <main id="main" aria-busy="true" className="mx-auto w-full max-w-220 px-4 py-8 sm:px-6 sm:py-12">
      <h1 className="text-xl">Activity</h1>
      <p className="mt-1 mb-5 text-ink-2">Everything you bought, and where it is.</p>
      <Skeleton className="mb-4 h-9 w-64" />
      <Skeleton className="h-72 w-full rounded-md" />
    </main>
  )
}
