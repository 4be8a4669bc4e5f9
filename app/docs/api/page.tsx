import type { Metadata } from 'next'
import Link from 'next/link'
import { pageOf, reference } from '#app/docs/api/reference.ts'
import { Guide } from '#components/reference/guide.tsx'

export const metadata: Metadata = {
  title: 'API reference',
  description: 'Every call of the Causeway API, with code that runs.',
}

export default function ApiReference() {
  return (
    <>
      <h1 className="mb-8 text-xl tracking-tight sm:text-2xl">API reference</h1>
      <Guide description={reference.description} schemes={reference.schemes} />
      <h2 className="text-lg">The calls</h2>
      <ul className="mt-4 grid gap-3 sm:grid-cols-2 2xl:grid-cols-3">
        {reference.groups.map((group) => (
          <li key={group.slug}>
            <Link
              href={pageOf(group)}
              className="block h-full rounded-md border border-line bg-raised p-4 transition-colors hover:border-edge"
            >
              <span className="flex items-baseline justify-between gap-3">
                <span className="font-medium">{group.name}</span>
                <span className="text-xs text-ink-3 tabular-nums">
                  {group.operations.length} {group.operations.length === 1 ? 'call' : 'calls'}
                </span>
              </span>
              <span className="mt-1 block text-sm text-ink-2">{group.description}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
