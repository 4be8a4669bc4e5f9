import { forgetSessions, savedSessions } from '#components/onramp/saved-sessions.ts'

/** Answers after which the browser need not keep the secret: it is the account's now, another's, or gone. */
const settled = new Set([204, 404, 409])

async function adopt({ id, secret }: { id: string; secret: string }): Promise<string | undefined> {
  try {
    const response = await fetch(`/api/v1/onramp/sessions/${encodeURIComponent(id)}/adoption`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ secret }),
    })
    return settled.has(response.status) ? id : undefined
  } catch {
    return undefined
  }
}

/**
 * Moves what was bought as a guest in this browser to the account that is signed in, and forgets the secrets that have
 * served. One that did not get through stays, and is tried again on the next visit. Resolves to how many were settled.
 */
export async function adoptSessions(): Promise<number> {
  const ids = (await Promise.all(savedSessions().map(adopt))).filter((id) => id !== undefined)
  if (ids.length > 0) forgetSessions(ids)
  return ids.length
}
