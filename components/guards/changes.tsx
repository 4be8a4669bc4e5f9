'use client'

import { FailureNotice } from '#components/account/failure-notice.tsx'
import type { ApiFailure } from '#components/onramp/api.ts'
import { Button } from '#components/ui/button.tsx'
import { diffGuards } from '#lib/guards/diff.ts'
import type { Guard } from '#lib/guards/schema.ts'
import { sentenceOf } from '#lib/guards/sentences.ts'

type ChangesProps = {
  saved: Guard[]
  edited: Guard[]
  /** Whether every rule is whole. */
  whole: boolean
  busy: boolean
  failure: ApiFailure | null
  onSave: () => void
  onDiscard: () => void
}

/** What saving would change, line by line, and the press that saves it. */
export function Changes({ saved, edited, whole, busy, failure, onSave, onDiscard }: ChangesProps) {
  return (
    <div className="flex flex-col gap-4 px-5 pb-5">
      <ul aria-label="Changes" className="flex flex-col gap-1 text-sm">
        {diffGuards(saved, edited).map(({ before, after }, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is made anew with each change, and the same line may be in it twice.
          <li key={n}>
            {before && (
              <p className="flex gap-2 text-brick">
                <span aria-hidden="true">−</span>
                <span className="sr-only">Without: </span>
                <del className="decoration-brick/50">{sentenceOf(before)}</del>
              </p>
            )}
            {after && (
              <p className="flex gap-2 text-moss">
                <span aria-hidden="true">+</span>
                <span className="sr-only">With: </span>
                <ins className="no-underline">{sentenceOf(after)}</ins>
              </p>
            )}
          </li>
        ))}
      </ul>
      {failure && <FailureNotice failure={failure} />}
      <div className="flex flex-wrap gap-2">
        <Button onClick={onSave} busy={busy} disabled={!whole}>
          Save these rules
        </Button>
        <Button variant="secondary" onClick={onDiscard} disabled={busy}>
          Discard
        </Button>
      </div>
      {!whole && <p className="text-sm text-ink-2">A rule is not whole yet. Mend the one marked red first.</p>}
    </div>
  )
}
