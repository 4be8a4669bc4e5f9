'use client'

import { useShared } from '#components/reference/values.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'

/** Where the API of this very site is. */
export function BaseUrl() {
  const { values } = useShared()
  return (
    <p className="flex w-fit max-w-full items-center gap-2 rounded-md border border-line bg-raised py-1 pr-1.5 pl-3 font-mono text-sm text-ink">
      <span className="min-w-0 break-all">{values.origin}</span>
      <CopyButton text={values.origin} label="Copy the address" />
    </p>
  )
}
