import type { ReactNode } from 'react'

/** Names and values, two columns where there is room. */
export function Facts({ facts }: { facts: [name: string, value: ReactNode][] }) {
  return (
    <dl className="grid gap-x-8 gap-y-3 text-sm sm:grid-cols-2">
      {facts.map(([name, value]) => (
        <div key={name} className="min-w-0">
          <dt className="text-xs text-ink-3">{name}</dt>
          <dd className="mt-0.5 break-words tabular-nums">{value ?? '—'}</dd>
        </div>
      ))}
    </dl>
  )
}
