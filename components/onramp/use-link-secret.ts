'use client'

import { useEffect, useState } from 'react'

/** A secret is 43 characters long. Anything shorter is a place in the page, such as where the skip link leads. */
const secretForm = /^[\w-]{20,200}$/

/**
 * The secret in this page's link: from the fragment, else kept in this browser from before. Null when there is none, so that
 * the cookie of a signed-in owner decides; undefined until it has been looked for.
 */
export function useLinkSecret(kept: () => string | null): string | null | undefined {
  const [secret, setSecret] = useState<string | null>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is kept is looked up anew each time, not followed.
  useEffect(() => {
    const read = () => {
      const fragment = window.location.hash.slice(1)
      setSecret((before) => (secretForm.test(fragment) ? fragment : (before ?? kept())))
    }
    read()
    window.addEventListener('hashchange', read)
    return () => window.removeEventListener('hashchange', read)
  }, [])
  return secret
}
