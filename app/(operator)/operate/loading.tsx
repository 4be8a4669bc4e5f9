import { Skeleton } from '#components/ui/skeleton.tsx'

const rows = Array.from({ length: 9 }, (_, index) => `row ${index}`)

export default function Loading() {
  return (
    <main id="main" aria-busy="true">
      <h1 className="sr-only">Loading</h1>
      <Skeleton className="mb-4 h-9 w-64" />
      <div className="rounded-md border border-line bg-raised">
        {rows.map((row) => (
          <div key={row} className="flex h-10 items-center gap-6 border-line border-b px-3 last:border-b-0">
            <Skeleton className="h-3.5 w-20" />
            <Skeleton className="h-3.5 w-28" />
            <Skeleton className="h-3.5 w-24 max-sm:hidden" />
            <Skeleton className="h-3.5 flex-1 max-sm:hidden" />
          </div>
        ))}
      </div>
    </main>
  )
}
