'use client'

import { useState } from 'react'
import { FailureNotice } from '#components/account/failure-notice.tsx'
import { useSend } from '#components/account/use-send.ts'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { controlStyle } from '#components/ui/input.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { Guard, PolicyReading } from '#lib/guards/schema.ts'
import { sentenceOf } from '#lib/guards/sentences.ts'

type PolicyBoxProps = { onAdd: (guards: Guard[]) => void; onReplace: (guards: Guard[]) => void }

/** A policy in one's own words, read into rules to look at. Only a press puts them among the rules, and only saving saves them. */
export function PolicyBox({ onAdd, onReplace }: PolicyBoxProps) {
  const [text, setText] = useState('')
  const [reading, setReading] = useState<PolicyReading | null>(null)
  const { send, busy, failure, forget } = useSend<PolicyReading>()

  async function read() {
    setReading(null)
    setReading(await send({ method: 'POST', path: '/api/v1/guards/policy', body: { text } }))
  }
  function take(use: (guards: Guard[]) => void) {
    use((reading?.understood ?? []).map(({ guard }) => guard))
    setReading(null)
    setText('')
  }

  return (
    <div className="flex flex-col gap-4 px-5 pb-5">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void read()
        }}
        className="flex flex-col gap-3"
      >
        <Field label="What may it pay?" hint="It is read into rules for you to look at. Nothing is saved by reading.">
          {(control) => (
            <textarea
              {...control}
              value={text}
              rows={3}
              maxLength={2000}
              onChange={(event) => {
                setText(event.target.value)
                setReading(null)
                forget()
              }}
              placeholder="At most $100 a day and $25 per payment. Ask me above $10 and before paying anybody new."
              className={`${controlStyle} resize-y py-2.5`}
            />
          )}
        </Field>
        <Button
          type="submit"
          variant="secondary"
          size="sm"
          busy={busy}
          disabled={text.trim() === ''}
          className="self-start"
        >
          Read it
        </Button>
      </form>
      {failure && <FailureNotice failure={failure} />}
      {reading && <Preview reading={reading} onAdd={() => take(onAdd)} onReplace={() => take(onReplace)} />}
    </div>
  )
}

type PreviewProps = { reading: PolicyReading; onAdd: () => void; onReplace: () => void }

function Preview({ reading: { understood, notUnderstood, by }, onAdd, onReplace }: PreviewProps) {
  const count = `${understood.length} ${understood.length === 1 ? 'rule' : 'rules'}`
  return (
    <div role="status" className="flex flex-col gap-3">
      {understood.length > 0 && (
        <div className="rounded-md border border-line">
          <ul className="divide-y divide-line">
            {understood.map(({ text, guard }, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a reading never changes, and the same words may be in it twice.
              <li key={n} className="px-3.5 py-2.5 text-sm">
                <p className="text-ink-3">“{text}”</p>
                <p className="font-medium">{sentenceOf(guard)}</p>
              </li>
            ))}
          </ul>
          <p className="border-line border-t px-3.5 py-2 text-xs text-ink-3">
            {by === 'model'
              ? 'Read by fixed rules and a language model, which may use only amounts and names that you wrote.'
              : 'Read by fixed rules, without a language model.'}
          </p>
        </div>
      )}
      {notUnderstood.length > 0 && (
        <Notice tone="attention" title="Not understood, and no rule">
          <ul className="list-disc pl-4">
            {notUnderstood.map((words) => (
              <li key={words}>“{words}”</li>
            ))}
          </ul>
          <p className="mt-1">Say it in another way, or add the rule below by hand.</p>
        </Notice>
      )}
      {understood.length > 0 && (
        <div className="flex flex-wrap gap-2">
          <Button size="sm" onClick={onAdd}>
            Add {count}
          </Button>
          <Button size="sm" variant="secondary" onClick={onReplace}>
            Use {count} instead of all others
          </Button>
        </div>
      )}
    </div>
  )
}
