import { AccountPage } from '#components/account/account-page.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'

export default function Loading() {
  return (
    <AccountPage title="Contacts" lead="Whom you and your agents pay by name. Only you can add one or take one away.">
      <Skeleton className="h-60 w-full rounded-md" />
    </AccountPage>
  )
}
