import { AccountPage } from '#components/account/account-page.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'

export default function Loading() {
  return (
    <AccountPage above={<Skeleton className="h-5 w-20" />} title={<Skeleton className="h-9 w-56" />}>
      <div aria-busy="true" className="grid items-start gap-8 lg:grid-cols-[15rem_minmax(0,1fr)]">
        <Skeleton className="h-40 w-full rounded-md max-lg:hidden" />
        <div className="mx-auto flex min-h-[calc(100dvh-18rem)] w-full max-w-180 flex-col justify-between">
          <Skeleton className="h-60 w-full rounded-md" />
          <Skeleton className="h-14 w-full rounded-md" />
        </div>
      </div>
    </AccountPage>
  )
}
