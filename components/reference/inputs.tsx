import { RefreshCw } from 'lucide-react'
import { useId } from 'react'
import type { InputLine } from '#components/reference/request-of.ts'
import { cx } from '#components/ui/cx.ts'

const control =
  'w-full rounded-sm border border-edge bg-raised px-2.5 font-mono text-base text-ink transition-colors sm:text-[0.8125rem]'

type InputsProps = {
  lines: InputLine[]
  body: string | null
  onType: (name: string, value: string) => void
  onFreshKey: () => void
}

/** The form of a console: a line for each parameter, and the body as it is sent. */
export function ConsoleInputs({ lines, body, onType, onFreshKey }: InputsProps) {
  const id = useId()
  return (
    <div className="grid gap-3 p-4">
      {lines.map(({ name, label, hint, required, value }) => (
        <div key={name} className="grid gap-1 sm:grid-cols-[9.5rem_1fr] sm:items-start sm:gap-3">
          <label htmlFor={`${id}-${name}`} className="text-[0.8125rem] leading-4.5 sm:pt-1">
            <span className="font-mono">{label}</span>
            <span className="block text-xs text-ink-3">
              {hint}
              {required ? '' : ', optional'}
            </span>
          </label>
          <span className="flex gap-1.5">
            <input
              id={`${id}-${name}`}
              value={value}
              onChange={(event) => onType(name, event.target.value)}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              className={cx(control, 'h-9')}
            />
            {name === 'Idempotency-Key' && (
              <button
                type="button"
                title="Make a new key"
                aria-label="Make a new key"
                onClick={onFreshKey}
                className="inline-grid size-9 shrink-0 place-items-center rounded-sm border border-edge text-ink-2 hover:bg-sunk"
              >
                <RefreshCw aria-hidden="true" className="size-3.5" />
              </button>
            )}
          </span>
        </div>
      ))}
      {body !== null && (
        <div className="grid gap-1">
          <label htmlFor={`${id}-body`} className="text-[0.8125rem]">
            Body
          </label>
          <textarea
            id={`${id}-body`}
            value={body}
            onChange={(event) => onType('body', event.target.value)}
            rows={Math.min(body.split('\n').length + 1, 12)}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            className={cx(control, 'resize-y py-2 leading-5.5')}
          />
        </div>
      )}
    </div>
  )
}
