import { AccountPage } from '#components/account/account-page.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'

export default function Loading() {
  return (
    <AccountPage
      title="Agents"
      lead="Software that pays for you, each from a wallet of its own and within the guards you set."
    >
      <div aria-busy="true" className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        <Skeleton className="h-36 w-full rounded-md" />
        <Skeleton className="h-36 w-full rounded-md" />
      </div>
    </AccountPage>
  )
}
