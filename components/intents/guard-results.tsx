import { Check, Clock, type LucideIcon, MessageCircleQuestionMark, X } from 'lucide-react'
import { cx } from '#components/ui/cx.ts'
import type { GuardResult } from '#lib/intents/schema.ts'

const looks: Record<GuardResult['outcome'], { icon: LucideIcon; style: string; word: string }> = {
  pass: { icon: Check, style: 'bg-moss-soft text-moss', word: 'Passes' },
  wait: { icon: Clock, style: 'bg-tide-soft text-tide', word: 'Waits' },
  ask: { icon: MessageCircleQuestionMark, style: 'bg-lamp-soft text-lamp', word: 'Asks you' },
  refuse: { icon: X, style: 'bg-brick-soft text-brick', word: 'Refuses' },
}

const names: Record<string, string> = {
  budget: 'Budget',
  rate: 'Rate',
  single_payment: 'Single payment',
  recipients: 'Recipients',
  approval: 'Approval',
  new_recipient: 'New recipient',
  duplicate: 'Duplicate',
  hours: 'Hours',
  screening: 'Screening',
  standing_approval: 'Approved beforehand',
}

/** What each guard made of a payment, and why; all of them, whatever the first one said. */
export function GuardResults({ results }: { results: GuardResult[] }) {
  if (results.length === 0) {
    return <p className="text-sm text-ink-2">No guard was set, so a person is asked about every payment.</p>
  }
  return (
    <ul className="divide-y divide-line">
      {results.map((result, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is fixed when the payment is proposed, and has no other key.
        <GuardLine key={index} result={result} />
      ))}
    </ul>
  )
}

function GuardLine({ result }: { result: GuardResult }) {
  const { icon: Icon, style, word } = looks[result.outcome]
  return (
    <li className="flex gap-3 py-2.5 first:pt-0 last:pb-0">
      <span aria-hidden="true" className={cx('mt-0.5 grid size-6 shrink-0 place-items-center rounded-full', style)}>
        <Icon className="size-3.5" strokeWidth={2.5} />
      </span>
      <div className="min-w-0 flex-1 text-sm">
        <p className="flex flex-wrap justify-between gap-x-3">
          <span className="font-medium">
            {names[result.guard] ?? result.guard}
            {result.scope === 'person' && <span className="font-normal text-ink-3"> · all your wallets</span>}
          </span>
          <span className="text-ink-2">{word}</span>
        </p>
        <p className="text-ink-2">{result.reason}</p>
        {result.used !== null && result.limit !== null && <Numbers result={result} />}
      </div>
    </li>
  )
}

/** How much of what the guard allows was gone before this payment. */
function Numbers({ result }: { result: GuardResult }) {
  const money = result.guard === 'budget' ? '$' : ''
  return (
    <p className="mt-0.5 text-xs text-ink-3 tabular-nums">
      {money}
      {result.used} of {money}
      {result.limit} used before it, {money}
      {result.remaining} left
    </p>
  )
}
