'use client'

import { useEffect, useState } from 'react'
import { Code } from '#components/reference/code.tsx'
import type { Answer, Call } from '#components/reference/use-call.ts'
import { Badge } from '#components/ui/badge.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import type { Example } from '#lib/openapi/reference.ts'

const live = 'live'

/** What came back when it was run, or what the documents say comes back: each answer and each refusal. */
export function AnswerCard({ name, examples, call }: { name: string; examples: Example[]; call: Call }) {
  const [chosen, setChosen] = useState(examples[0]?.label ?? '')
  const answered = call.state === 'answered'
  useEffect(() => {
    if (answered) setChosen(live)
  }, [answered])

  const shown = chosen === live && answered ? call.answer : undefined
  const example = examples.find(({ label }) => label === chosen) ?? examples[0]
  const text = shown ? shown.text : (example?.text ?? '')
  return (
    <div className="overflow-hidden rounded-md border border-line bg-raised">
      <div className="flex h-11 items-center gap-2 border-line border-b pr-2 pl-2.5">
        <select
          aria-label={`Answers of ${name}`}
          value={shown ? live : (example?.label ?? '')}
          onChange={(event) => setChosen(event.target.value)}
          className="field-sizing-content h-7 min-w-0 max-w-64 rounded-sm bg-transparent px-1.5 font-mono text-sm text-ink-2 hover:bg-sunk sm:text-xs"
        >
          {answered && <option value={live}>What came back</option>}
          {examples.map(({ label }) => (
            <option key={label} value={label}>
              {label}
            </option>
          ))}
        </select>
        <span className="flex-1" />
        {shown ? (
          <span className="flex items-center gap-2 text-xs whitespace-nowrap text-ink-3 tabular-nums">
            <StatusBadge answer={shown} />
            {shown.milliseconds} ms
          </span>
        ) : (
          <span className="text-xs text-ink-3">Example</span>
        )}
        <CopyButton text={text} label="Copy the answer" />
      </div>
      {text === '' ? (
        <p className="p-4 text-sm text-ink-3">No body.</p>
      ) : (
        <Code
          label={`The answer of ${name}`}
          text={text}
          language={isJson(shown, example) ? 'json' : 'plain'}
          className="max-h-88 bg-surface"
        />
      )}
      {shown && (
        <details className="border-line border-t text-sm">
          <summary className="px-4 py-2.5 text-xs text-ink-2 hover:text-ink">Headers ({shown.headers.length})</summary>
          <dl className="grid gap-1.5 px-4 pb-4 font-mono text-xs">
            {shown.headers.map(([header, value]) => (
              <div key={header} className="grid gap-x-3 sm:grid-cols-[11rem_1fr]">
                <dt className="text-ink-3">{header}</dt>
                <dd className="min-w-0 break-words">{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </div>
  )
}

function StatusBadge({ answer: { status, statusText } }: { answer: Answer }) {
  const words = statusText ? `${status} ${statusText}` : String(status)
  return (
    <span role="status">
      <Badge tone={status < 400 ? 'arrived' : status < 500 ? 'attention' : 'failed'}>{words}</Badge>
    </span>
  )
}

function isJson(shown: Answer | undefined, example: Example | undefined): boolean {
  const type = shown ? shown.headers.find(([name]) => name === 'content-type')?.[1] : example?.type
  return type?.includes('json') ?? false
}
