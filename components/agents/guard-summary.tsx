import { Check, Hand } from 'lucide-react'
import type { Guard } from '#lib/guards/schema.ts'
import { sentenceOf } from '#lib/guards/sentences.ts'

type GuardSummaryProps = {
  /** What holds for this agent, and what holds for every wallet of its person. */
  own: Guard[]
  everywhere: Guard[]
}

/** What an agent may do, in sentences. */
export function GuardSummary({ own, everywhere }: GuardSummaryProps) {
  if (own.length + everywhere.length === 0) {
    return (
      <p className="flex gap-2.5 text-sm text-ink-2">
        <Hand aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-lamp" />
        <span>No guards yet, so it asks you before every payment. Set some, and it pays small things by itself.</span>
      </p>
    )
  }
  return (
    <div className="flex flex-col gap-4">
      {own.length > 0 && <Sentences guards={own} />}
      {everywhere.length > 0 && (
        <div>
          <h3 className="mb-1.5 text-xs font-medium text-ink-3">For all your wallets</h3>
          <Sentences guards={everywhere} />
        </div>
      )}
    </div>
  )
}

function Sentences({ guards }: { guards: Guard[] }) {
  return (
    <ul className="flex flex-col gap-1.5 text-sm">
      {guards.map((guard, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: guards have no id but their place, and the same may stand there twice.
        <li key={index} className="flex gap-2.5">
          <Check aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-moss" />
          <span className="min-w-0 break-words">{sentenceOf(guard)}</span>
        </li>
      ))}
    </ul>
  )
}
