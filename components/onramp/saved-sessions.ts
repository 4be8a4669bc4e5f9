export type SavedSession = {
  id: string
  secret: string
  /** Where it was bought to, so that the next purchase can offer the address and notice a look-alike. */
  walletAddress?: string
}

const place = 'causeway.sessions'
const most = 50

/** The sessions this browser holds the secrets of, newest first. Storage that is full, blocked or spoiled reads as none. */
export function savedSessions(): SavedSession[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isSavedSession) : []
  } catch {
    return []
  }
}

/** Keeps a session's secret in this browser. A browser that refuses loses nothing but convenience: the link still works. */
export function saveSession(session: SavedSession): void {
  const earlier = savedSessions().find((kept) => kept.id === session.id)
  const others = savedSessions().filter((kept) => kept.id !== session.id)
  try {
    localStorage.setItem(place, JSON.stringify([{ ...earlier, ...session }, ...others].slice(0, most)))
  } catch {
    return
  }
}

/** The secret of a session, if this browser has it. */
export function savedSecret(id: string): string | null {
  return savedSessions().find((kept) => kept.id === id)?.secret ?? null
}

/** Forgets the secrets of these sessions: an account has them now, or they serve nobody any more. */
export function forgetSessions(ids: string[]): void {
  try {
    localStorage.setItem(place, JSON.stringify(savedSessions().filter((kept) => !ids.includes(kept.id))))
  } catch {
    return
  }
}

function isSavedSession(value: unknown): value is SavedSession {
  if (typeof value !== 'object' || value === null) return false
  const { id, secret } = value as Partial<SavedSession>
  return typeof id === 'string' && typeof secret === 'string'
}
