import type { ApiFailure } from '#components/onramp/api.ts'
import { Notice } from '#components/ui/notice.tsx'

/** That something was not done, or may have been, and what to do about it. */
export function FailureNotice({ failure }: { failure: ApiFailure }) {
  return (
    <Notice tone="failed" title={failure.unclear ? 'No clear answer came' : failure.title} announce>
      {failure.unclear ? 'It may have been done. Pressing again is safe: nothing is done twice.' : failure.detail}
    </Notice>
  )
}
