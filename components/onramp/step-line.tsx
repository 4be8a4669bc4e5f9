import { cx } from '#components/ui/cx.ts'

export const steps = ['amount', 'wallet', 'review'] as const
export type Step = (typeof steps)[number]

const names: Record<Step, string> = { amount: 'Amount', wallet: 'Wallet', review: 'Review' }

/** The three steps as a level line that fills. */
export function StepLine({ step }: { step: Step }) {
  const reached = steps.indexOf(step)
  return (
    <ol className="grid grid-cols-3 gap-1.5" aria-label="Steps">
      {steps.map((each, index) => (
        <li
          key={each}
          aria-current={each === step ? 'step' : undefined}
          className={cx('text-xs transition-colors', index <= reached ? 'text-ink' : 'text-ink-3')}
        >
          <span
            className={cx('mb-1.5 block h-1 rounded-full transition-colors', index <= reached ? 'bg-tide' : 'bg-line')}
          />
          {names[each]}
        </li>
      ))}
    </ol>
  )
}
