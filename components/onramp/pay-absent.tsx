import type { Route } from 'next'
import type { ReactNode } from 'react'
import type { ApiFailure } from '#components/onramp/api.ts'
import { Card } from '#components/ui/card.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'

/** No payment to show here. Which of the reasons it is cannot be told apart, on purpose: a guess must learn nothing. */
export function PayMissing({ hadSecret }: { hadSecret: boolean }) {
  return (
    <Absent title="No payment can be shown here">
      <ul className="list-disc space-y-1.5 pl-5">
        {hadSecret ? (
          <li>The link may have been cut short: it is whole only with everything after the # sign.</li>
        ) : (
          <li>
            The link has no key after its # sign. Open it in the browser you paid in, or copy the whole link from there.
          </li>
        )}
        <li>If the payment is in your account, sign in to see it.</li>
        <li>The payment’s number in the link may be mistyped.</li>
      </ul>
      <p className="mt-4">A payment you made is not affected: it goes on whether or not anyone watches.</p>
      <div className="mt-6 flex flex-wrap gap-2">
        <LinkButton href={'/sign-in' as Route} prefetch={false}>
          Sign in
        </LinkButton>
        <LinkButton href="/buy" variant="secondary" prefetch={false}>
          Buy
        </LinkButton>
      </div>
    </Absent>
  )
}

/** Causeway does not answer, before anything could be shown. */
export function PayUnreachable({ failure }: { failure: ApiFailure }) {
  return (
    <Absent title="Your payment cannot be loaded just now">
      <Notice tone="attention" title={failure.detail} announce>
        Your payment is not affected. This page tries again by itself.
      </Notice>
    </Absent>
  )
}

function Absent({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card className="mx-auto w-full max-w-130 p-6 sm:p-8">
      <h1 className="text-lg">{title}</h1>
      <div className="mt-3 text-sm text-ink-2">{children}</div>
    </Card>
  )
}

/** The shape of the page while it loads, line by line where the real lines will be. */
export function PaySkeleton() {
  return (
    <Card className="grid md:grid-cols-[1fr_19rem]" aria-busy="true">
      <div className="p-5 sm:p-8">
        <h1 className="sr-only">Your payment</h1>
        <Skeleton className="h-6 w-32" />
        <div className="mt-4 min-h-44 space-y-2 sm:min-h-32">
          <Skeleton className="h-6 w-full max-w-100" />
          <Skeleton className="h-6 w-3/5 max-w-60" />
          <Skeleton className="mt-3 h-4 w-4/5 max-w-80" />
        </div>
        <Skeleton className="h-11 w-36" />
        <div className="mt-7 space-y-8">
          {['a', 'b', 'c', 'd', 'e'].map((key) => (
            <div key={key} className="flex items-center gap-3.5 pt-1.5">
              <Skeleton className="size-6 rounded-full!" />
              <Skeleton className="h-4 w-36" />
            </div>
          ))}
        </div>
      </div>
      <div className="space-y-4 border-line border-t bg-surface p-5 max-md:rounded-b-md sm:p-8 md:rounded-r-md md:border-t-0 md:border-l">
        {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
          <Skeleton key={key} className="h-4 w-full" />
        ))}
      </div>
    </Card>
  )
}
