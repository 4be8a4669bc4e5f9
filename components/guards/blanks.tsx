import type { ComponentProps } from 'react'
import { cx } from '#components/ui/cx.ts'
import { controlStyle } from '#components/ui/input.tsx'

const blank = 'h-9! w-auto! px-2! text-center tabular-nums font-medium'

type TextBlankProps = Omit<ComponentProps<'input'>, 'onChange'> & { label: string; onText: (text: string) => void }

/** A place in a sentence that is written into. */
export function TextBlank({ label, onText, className, ...rest }: TextBlankProps) {
  return (
    <input
      {...rest}
      aria-label={label}
      autoComplete="off"
      onChange={(event) => onText(event.target.value)}
      className={cx(controlStyle, blank, className)}
    />
  )
}

type DollarBlankProps = { label: string; value: string; wrong: boolean; onText: (text: string) => void }

/** An amount of dollars in a sentence. */
export function DollarBlank({ label, value, wrong, onText }: DollarBlankProps) {
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap">
      <span aria-hidden="true">$</span>
      <TextBlank
        label={`${label}, in dollars`}
        value={value}
        inputMode="decimal"
        size={Math.max(6, value.length)}
        aria-invalid={wrong || undefined}
        onText={(text) => onText(text.trim())}
      />
    </span>
  )
}

type CountBlankProps = { label: string; value: number | undefined; wrong: boolean; onCount: (count: number) => void }

/** A whole number in a sentence; NaN while there is none. */
export function CountBlank({ label, value, wrong, onCount }: CountBlankProps) {
  const text = value === undefined || Number.isNaN(value) ? '' : String(value)
  return (
    <TextBlank
      label={label}
      value={text}
      inputMode="numeric"
      size={Math.max(4, text.length)}
      aria-invalid={wrong || undefined}
      onText={(typed) => onCount(/^\d{1,6}$/.test(typed.trim()) ? Number(typed) : Number.NaN)}
    />
  )
}

type ChoiceBlankProps<Value extends string> = {
  label: string
  value: Value
  options: readonly (readonly [Value, string])[]
  onChoice: (value: Value) => void
}

/** A place in a sentence where one of a few words stands. */
export function ChoiceBlank<Value extends string>({ label, value, options, onChoice }: ChoiceBlankProps<Value>) {
  return (
    <select
      aria-label={label}
      value={value}
      // Cast: the options are these values and no others.
      onChange={(event) => onChoice(event.target.value as Value)}
      className={cx(controlStyle, blank, 'pr-1! text-left!')}
    >
      {options.map(([each, words]) => (
        <option key={each} value={each}>
          {words}
        </option>
      ))}
    </select>
  )
}
