'use client'

import { useEffect, useState } from 'react'
import { pairQuery } from '#components/rates/pair-path.ts'
import { Snippet } from '#components/site/snippet.tsx'
import type { Pair } from '#lib/rates/pairs.ts'

/** The same price for a program, and the same chart for a page of somebody else's. */
export function RateSnippets({ pair }: { pair: Pair }) {
  const [origin, setOrigin] = useState('https://causeway.example')
  useEffect(() => setOrigin(window.location.origin), [])
  const call = `curl '${origin}/api/v1/rates/current?${pairQuery(pair)}'`
  const frame = `<iframe src="${origin}/embed/rates/${pair.base}/${pair.quote}"
  title="${pair.base} in ${pair.quote}" width="100%" height="420"
  style="border: 0" loading="lazy"></iframe>`
  return (
    <section aria-labelledby="elsewhere" className="mt-10">
      <h2 id="elsewhere" className="text-lg">
        Use it elsewhere
      </h2>
      <p className="mt-1 max-w-150 text-sm text-ink-2">
        No key is needed, and every page may read it.{' '}
        <a href="/docs/api/rates" className="rounded-sm text-tide underline underline-offset-4">
          Every call
        </a>{' '}
        is in the reference. The chart sets no cookie; it takes{' '}
        <code className="font-mono text-xs whitespace-nowrap">?range=7d</code> and{' '}
        <code className="font-mono text-xs whitespace-nowrap">?theme=dark</code>.
      </p>
      <div className="mt-4 grid items-start gap-5 lg:grid-cols-2">
        <Snippet title="Read the price" copy="Copy the call" label="The call" text={call} />
        <Snippet title="Show the chart" copy="Copy the frame" label="The frame" text={frame} />
      </div>
    </section>
  )
}
