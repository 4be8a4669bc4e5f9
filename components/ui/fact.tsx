import type { ReactNode } from 'react'

/** One row of a list of facts in two columns: what it is, and what it is here. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="flex min-h-7 items-center text-ink-3">{label}</dt>
      <dd className="flex min-h-7 min-w-0 items-center">{children}</dd>
    </>
  )
}
