import { BellPlus } from 'lucide-react'
import type { Route } from 'next'
import { pairQuery } from '#components/rates/pair-path.ts'
import { Card } from '#components/ui/card.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import type { Pair } from '#lib/rates/pairs.ts'

/** The way to being told of a price instead of looking for it. */
export function AlertInvite({ pair }: { pair: Pair }) {
  return (
    <section aria-labelledby="alert">
      <Card className="p-5 sm:p-6">
        <h2 id="alert" className="text-lg">
          Rather be told?
        </h2>
        <p className="mt-1 text-sm text-ink-2">
          Name a price of {pair.base}. When it is reached you get an email, or your server a webhook, once.
        </p>
        <LinkButton
          href={`/alerts?${pairQuery(pair)}` as Route}
          variant="secondary"
          size="sm"
          prefetch={false}
          className="mt-4"
        >
          <BellPlus aria-hidden="true" className="size-4" />
          Set a price alert
        </LinkButton>
      </Card>
    </section>
  )
}
