import { Skeleton } from '#components/ui/skeleton.tsx'

export default function Loading() {
  return (
    <main id="main" aria-busy="true" className="mx-auto w-full max-w-240 px-4 py-6 sm:px-6 sm:py-12">
      <h1 className="sr-only">Payment link</h1>
      <Skeleton className="h-120 w-full rounded-md" />
    </main>
  )
}
