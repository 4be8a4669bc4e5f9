import { Skeleton } from '#components/ui/skeleton.tsx'

export default function Loading() {
  return (
    <main id="main" aria-busy="true" className="mx-auto w-full max-w-280 px-4 py-6 sm:px-6 sm:py-8">
      <h1 className="sr-only">Payment link</h1>
      <Skeleton className="mt-9 h-96 w-full rounded-md" />
    </main>
  )
}
