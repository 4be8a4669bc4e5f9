import { AccountPage } from '#components/account/account-page.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'

export default function Loading() {
  return (
    <AccountPage title="Payments" lead="What you and your agents proposed to pay, and what became of it.">
      <div aria-busy="true">
        <Skeleton className="mb-5 h-28 w-full rounded-md" />
        <Skeleton className="h-96 w-full rounded-md" />
      </div>
    </AccountPage>
  )
}
