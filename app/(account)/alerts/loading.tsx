import { AccountPage } from '#components/account/account-page.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'

export default function Loading() {
  return (
    <AccountPage title="Price alerts" lead="Be told once, when a price rises or falls to where you draw the line.">
      <div aria-busy="true">
        <Skeleton className="mb-4 h-9 w-64" />
        <Skeleton className="h-60 w-full rounded-md" />
      </div>
    </AccountPage>
  )
}
