'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** The reader's locale; `en-US` in the HTML from the server, so that what was sent and what is first drawn agree. */
export function useLocale(): string {
  return useSyncExternalStore(
    never,
    () => navigator.language,
    () => 'en-US',
  )
}
