import { AccountPage } from '#components/account/account-page.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'

export default function Loading() {
  return (
    <AccountPage title="Dashboard" lead="What needs you, what there is, and what was spent.">
      <div aria-busy="true">
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-3">
          <Skeleton className="h-30 w-full rounded-md" />
          <Skeleton className="h-30 w-full rounded-md" />
          <Skeleton className="h-30 w-full rounded-md" />
        </div>
        <div className="mt-4 grid grid-cols-1 gap-4 lg:grid-cols-3">
          <Skeleton className="h-72 w-full rounded-md lg:col-span-2" />
          <Skeleton className="h-72 w-full rounded-md" />
        </div>
        <Skeleton className="mt-6 h-80 w-full rounded-md" />
      </div>
    </AccountPage>
  )
}
