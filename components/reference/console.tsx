'use client'

import { SlidersHorizontal } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { AnswerCard } from '#components/reference/answer-card.tsx'
import { Code } from '#components/reference/code.tsx'
import { ConsoleInputs } from '#components/reference/inputs.tsx'
import { bodyText, type Inputs, inputLines, missing, requestOf } from '#components/reference/request-of.ts'
import { curlSample } from '#components/reference/samples/curl.ts'
import { pythonSample } from '#components/reference/samples/python.ts'
import { typescriptSample } from '#components/reference/samples/typescript.ts'
import { useCall } from '#components/reference/use-call.ts'
import { type Language, useShared } from '#components/reference/values.tsx'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { cx } from '#components/ui/cx.ts'
import type { Operation } from '#lib/openapi/reference.ts'

const languages: { name: Language; label: string }[] = [
  { name: 'curl', label: 'curl' },
  { name: 'typescript', label: 'TypeScript' },
  { name: 'python', label: 'Python' },
]
const samples = { curl: curlSample, typescript: typescriptSample, python: pythonSample }

/** One operation as code in three languages, with a form to change it, a button that runs it here, and its answers. */
export function OperationConsole({ operation }: { operation: Operation }) {
  const { values, learn, language, setLanguage } = useShared()
  const [typed, setTyped] = useState<Inputs>({})
  const [freshKey, setFreshKey] = useState('')
  const [open, setOpen] = useState(false)
  useEffect(() => setFreshKey(crypto.randomUUID()), [])

  const lines = inputLines(operation, typed, values, freshKey)
  const body = bodyText(operation, typed, values)
  const request = requestOf(operation, lines, body, values.origin)
  const text = samples[language](request)
  const lacking = missing(operation, lines)
  const { call, send } = useCall(useCallback((answer: unknown) => learn(operation.id, answer), [learn, operation.id]))
  // Stripe's door takes what Stripe has signed, and nobody else can.
  const runs = !operation.security.includes('stripeSignature')

  return (
    <div className="grid min-w-0 gap-3">
      <div className="overflow-hidden rounded-md border border-line bg-raised shadow-card">
        <div className="flex h-11 items-center gap-1 border-line border-b pr-2 pl-2">
          <fieldset aria-label="Language" className="flex">
            {languages.map(({ name, label }) => (
              <button
                key={name}
                type="button"
                aria-pressed={name === language}
                onClick={() => setLanguage(name)}
                className={cx(
                  'h-8 rounded-sm px-2.5 text-xs transition-colors',
                  name === language ? 'bg-sunk font-medium text-ink' : 'text-ink-3 hover:text-ink',
                )}
              >
                {label}
              </button>
            ))}
          </fieldset>
          <span className="flex-1" />
          <CopyButton text={text} label="Copy the call" />
        </div>
        <Code label={`The call: ${operation.summary}`} text={text} language={language} className="max-h-88" />
        {runs && (
          <div className="border-line border-t">
            {open && (
              <ConsoleInputs
                lines={lines}
                body={body}
                onType={(name, value) => setTyped((before) => ({ ...before, [name]: value }))}
                onFreshKey={() => {
                  setFreshKey(crypto.randomUUID())
                  setTyped(({ 'Idempotency-Key': _, ...others }) => others)
                }}
              />
            )}
            <div className={cx('flex flex-wrap items-center gap-2 p-2.5', open && 'border-line border-t')}>
              <Button
                size="sm"
                busy={call.state === 'running'}
                disabled={lacking !== undefined}
                onClick={() => send(request)}
                aria-label={`Run: ${operation.summary}`}
              >
                Run
              </Button>
              {(lines.length > 0 || body !== null) && (
                <Button variant="quiet" size="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
                  <SlidersHorizontal aria-hidden="true" className="size-3.5" />
                  Change it
                </Button>
              )}
              <p aria-live="polite" className="min-w-40 flex-1 text-xs text-ink-3">
                {call.state === 'unreachable'
                  ? 'No answer came: this site could not be reached.'
                  : (lacking ?? note(operation))}
              </p>
            </div>
          </div>
        )}
      </div>
      <AnswerCard name={operation.summary} examples={operation.examples} call={call} />
    </div>
  )
}

/** What running it does, where it does more than to look. */
function note({ id }: Operation): string {
  if (id === 'createOnrampSession')
    return 'Begins a real purchase here. Nobody is charged before they pay at its checkoutUrl.'
  if (id === 'adoptOnrampSession') return 'Moves the purchase into the account you are signed in to.'
  return 'Calls this site.'
}
