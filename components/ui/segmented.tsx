import type { ReactNode } from 'react'
import { cx } from '#components/ui/cx.ts'

export type SegmentedOption<Value extends string> = { value: Value; label: ReactNode; detail?: ReactNode }

type SegmentedProps<Value extends string> = {
  /** Said by screen readers before the options. */
  legend: string
  name: string
  value: Value
  options: SegmentedOption<Value>[]
  onChange: (value: Value) => void
  disabled?: boolean
}

/** A choice between a few things, all visible. Radio buttons underneath, so arrow keys work as everywhere. */
export function Segmented<Value extends string>({
  legend,
  name,
  value,
  options,
  onChange,
  disabled = false,
}: SegmentedProps<Value>) {
  return (
    <fieldset disabled={disabled} className="min-w-0">
      <legend className="sr-only">{legend}</legend>
      <div className="grid auto-cols-fr grid-flow-col gap-1 rounded-md bg-sunk p-1">
        {options.map((option) => (
          <label
            key={option.value}
            className={cx(
              'relative flex min-h-10 cursor-pointer flex-col items-center justify-center rounded-sm px-3 py-1.5 text-center text-sm transition-colors',
              'has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-tide',
              option.value === value ? 'bg-lifted font-medium text-ink shadow-card' : 'text-ink-2 hover:text-ink',
            )}
          >
            {/* The radio lies invisible above the words, so that both it and they can be pressed. */}
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="absolute inset-x-0 top-0 h-1.5 cursor-pointer opacity-0"
            />
            <span>{option.label}</span>
            {option.detail && <span className="text-xs font-normal text-ink-2">{option.detail}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
