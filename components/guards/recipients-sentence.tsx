'use client'

import { useState } from 'react'
import { ChoiceBlank } from '#components/guards/blanks.tsx'
import { namesOf, withNames } from '#components/guards/draft.ts'
import { cx } from '#components/ui/cx.ts'
import { controlStyle } from '#components/ui/input.tsx'
import type { Guard } from '#lib/guards/schema.ts'

type RecipientsSentenceProps = {
  guard: Extract<Guard, { type: 'recipients' }>
  wrong: boolean
  onChange: (guard: Guard) => void
}

const modes = [
  ['allow', 'Pays only'],
  ['block', 'Never pays'],
] as const

/** Whom it may or may not pay: whole addresses and domains, one on each line. */
export function RecipientsSentence({ guard, wrong, onChange }: RecipientsSentenceProps) {
  // As it is typed, lines that are still empty too.
  const [typed, setTyped] = useState(namesOf(guard).join('\n'))
  return (
    <>
      <ChoiceBlank
        label="Only these, or all but these"
        value={guard.mode}
        options={modes}
        onChoice={(mode) => onChange({ ...guard, mode })}
      />
      <span className="min-w-0">these addresses and domains</span>
      <textarea
        aria-label="Addresses and domains, one on each line"
        aria-invalid={wrong || undefined}
        value={typed}
        rows={Math.min(8, Math.max(2, typed.split('\n').length))}
        placeholder={'0x…\nshop.example'}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        onChange={(event) => {
          setTyped(event.target.value)
          const names = event.target.value.split(/[\s,]+/).filter((name) => name !== '')
          onChange(withNames(guard, names))
        }}
        className={cx(controlStyle, 'block basis-full resize-y px-2.5 py-2 font-mono text-sm! break-all')}
      />
    </>
  )
}
