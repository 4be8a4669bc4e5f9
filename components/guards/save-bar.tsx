'use client'

import { FailureNotice } from '#components/account/failure-notice.tsx'
import type { ApiFailure } from '#components/onramp/api.ts'
import { Button } from '#components/ui/button.tsx'

type SaveBarProps = {
  changes: number
  /** Whether every rule is whole. */
  whole: boolean
  busy: boolean
  failure: ApiFailure | null
  onSave: () => void
  onDiscard: () => void
}

/** That there is something unsaved, in sight wherever one is on the page, with the press that saves it. */
export function SaveBar({ changes, whole, busy, failure, onSave, onDiscard }: SaveBarProps) {
  return (
    <div className="sticky bottom-0 z-10 -mx-4 mt-6 border-line border-t bg-raised px-4 py-3 shadow-card sm:-mx-6 sm:px-6 lg:mx-0 lg:rounded-t-md lg:border-x">
      {failure && (
        <div className="mb-3">
          <FailureNotice failure={failure} />
        </div>
      )}
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p role="status" className="text-sm">
          <span className="font-medium">
            {changes} {changes === 1 ? 'change is' : 'changes are'} not saved.
          </span>{' '}
          {!whole && <span className="text-brick">A rule is not whole yet: mend the one marked red.</span>}
        </p>
        <div className="flex gap-2">
          <Button size="sm" variant="secondary" onClick={onDiscard} disabled={busy}>
            Discard
          </Button>
          <Button size="sm" onClick={onSave} busy={busy} disabled={!whole}>
            Save these rules
          </Button>
        </div>
      </div>
    </div>
  )
}
