import { AccountPage } from '#components/account/account-page.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'

export default function Loading() {
  return (
    <AccountPage above={<Skeleton className="h-5 w-20" />} title={<Skeleton className="h-9 w-64" />}>
      <div aria-busy="true" className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_23rem]">
        <Skeleton className="h-120 w-full rounded-md" />
        <Skeleton className="h-80 w-full rounded-md" />
      </div>
    </AccountPage>
  )
}
