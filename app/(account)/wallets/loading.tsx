import { AccountPage } from '#components/account/account-page.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'

export default function Loading() {
  return (
    <AccountPage title="Wallets" lead="Where your money is: with your agents, and in wallets only you can sign for.">
      <div aria-busy="true" className="grid gap-6 lg:grid-cols-2">
        <Skeleton className="h-60 w-full rounded-md" />
        <Skeleton className="h-60 w-full rounded-md" />
      </div>
    </AccountPage>
  )
}
