import type postgres from 'postgres'
import { AnsweredInvitation } from '#lib/rooms/schema.ts'
import { type StoredAnswer, toCall, toInvitation } from '#lib/rooms/stored.ts'

/** The answer of a command about an invitation, as the API shows it. */
export function toAnswered([row]: postgres.Row[]): AnsweredInvitation {
  // Cast: what private.answered_json() makes.
  const stored = row?.answer as StoredAnswer | undefined
  return AnsweredInvitation.parse(
    stored && { invitation: toInvitation(stored.invitation), call: stored.call && toCall(stored.call) },
  )
}
