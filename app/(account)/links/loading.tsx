import { AccountPage } from '#components/account/account-page.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'

export default function Loading() {
  return (
    <AccountPage title="Links" lead="Ask anybody to pay you, from any wallet, by a link or a code.">
      <div aria-busy="true">
        <Skeleton className="mb-4 h-9 w-64" />
        <Skeleton className="h-72 w-full rounded-md" />
      </div>
    </AccountPage>
  )
}
