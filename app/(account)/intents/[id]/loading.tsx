import { Card } from '#components/ui/card.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'

export default function Loading() {
  return (
    <main id="main" aria-busy="true" className="mx-auto w-full max-w-280 px-4 py-6 sm:px-6 sm:py-8">
      <h1 className="sr-only">Payment</h1>
      <Skeleton className="mb-4 h-5 w-24" />
      <Card className="grid md:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="space-y-5 p-5 sm:p-8">
          <Skeleton className="h-6 w-24" />
          <Skeleton className="h-16 w-full" />
          <Skeleton className="h-64 w-full" />
        </div>
        <div className="space-y-5 border-line border-t bg-surface p-5 sm:p-8 md:border-t-0 md:border-l">
          <Skeleton className="h-12 w-32" />
          <Skeleton className="h-16 w-full" />
          <Skeleton className="h-40 w-full" />
        </div>
      </Card>
    </main>
  )
}
