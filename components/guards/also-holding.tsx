import type { Route } from 'next'
import Link from 'next/link'
import type { Guard } from '#lib/guards/schema.ts'
import { sentenceOf } from '#lib/guards/sentences.ts'

/** The rules for everything a person has, which hold beside an agent's own. */
export function AlsoHolding({ guards }: { guards: Guard[] }) {
  return (
    <p className="mb-6 text-sm text-ink-2">
      {guards.length > 0
        ? `For all your wallets: ${guards.map(sentenceOf).join(' ')} `
        : 'No rules hold for all your wallets together. '}
      <Link
        href={'/guards' as Route}
        className="rounded-sm text-tide underline underline-offset-4 hover:text-tide-strong"
      >
        {guards.length > 0 ? 'Change those' : 'Set some'}
      </Link>
    </p>
  )
}
