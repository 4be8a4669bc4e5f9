import { CircleAlert } from 'lucide-react'
import { type ReactNode, useId } from 'react'

export type FieldControlProps = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined }

type FieldProps = {
  label: ReactNode
  /** What to type, said before anything is wrong. */
  hint?: ReactNode
  /** What is wrong and how to mend it; replaces the hint, and is announced. */
  error?: ReactNode
  /** Sits on the label's line, at its end. */
  aside?: ReactNode
  /** Keeps one line free beneath, so that an error moves nothing. */
  reserve?: boolean
  children: (control: FieldControlProps) => ReactNode
}

/** A label, a control and the line beneath it, tied together for screen readers. */
export function Field({ label, hint, error, aside, reserve = false, children }: FieldProps) {
  const id = useId()
  const below = error ?? hint
  return (
    <div>
      <div className="mb-1.5 flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="text-sm font-medium text-ink">
          {label}
        </label>
        {aside}
      </div>
      {children({
        id,
        'aria-describedby': below ? `${id}-below` : undefined,
        'aria-invalid': error ? true : undefined,
      })}
      <div id={`${id}-below`} aria-live="polite" className={reserve ? 'min-h-6.5' : undefined}>
        {error ? (
          <p className="flex gap-1.5 pt-1.5 text-sm text-brick">
            <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
            <span>{error}</span>
          </p>
        ) : (
          hint && <p className="pt-1.5 text-sm text-ink-3">{hint}</p>
        )}
      </div>
    </div>
  )
}
