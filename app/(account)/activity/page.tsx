import type { Metadata } from 'next'
import { signOutHere } from '#app/(account)/actions.ts'
import { AccountActivity } from '#app/(account)/activity/account-activity.tsx'
import { GuestActivity } from '#components/activity/guest-activity.tsx'
import { SignOutForm } from '#components/auth/sign-out-form.tsx'
import { requestPerson } from '#lib/auth/request-actor.ts'

export const metadata: Metadata = { title: 'Activity', referrer: 'same-origin', robots: { index: false } }

type ActivityPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function ActivityPage({ searchParams }: ActivityPageProps) {
  const person = await requestPerson()
  const { status, cursor } = await searchParams
  return (
    <main id="main" className="mx-auto w-full max-w-220 px-4 py-8 sm:px-6 sm:py-12">
      <div className="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-xl">Activity</h1>
          <p className="mt-1 text-ink-2">Everything you bought, and where it is.</p>
        </div>
        {person && <SignOutForm name={person.actor.email ?? person.address ?? 'this account'} action={signOutHere} />}
      </div>
      {person ? <AccountActivity actor={person.actor} status={one(status)} cursor={one(cursor)} /> : <GuestActivity />}
    </main>
  )
}

/** A parameter that is given twice is given by nobody we know. */
function one(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}
